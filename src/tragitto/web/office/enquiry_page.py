"""The page of one request for information: what is shown, and the forms of what may be done about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language

from tragitto.employers import permissions
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.queries.enquiries import EnquiryPage
from tragitto.employers.rules.lists import division_titles, province_names
from tragitto.employers.vocabulary import EnquiryState
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Profile
from tragitto.schemes.pack import TemplateSpec
from tragitto.web.office.forms.enquiring import (
    AnswerForm,
    AssignForm,
    CloseForm,
    ContactForm,
    NeedForm,
    NeedsForm,
)

_PREFIX = "needs"


@dataclass(frozen=True)
class Beginning:
    """A text to begin with: its code, its title, and the text filled in for this enterprise."""

    code: str
    title: str
    text: str


def page_of(page: EnquiryPage, actor: Actor, at: datetime, template: str = "") -> dict[str, object]:
    """What the template shows, with empty forms; `template` = the text that the answer begins with."""
    enquiry, language = page.enquiry, get_language() or "it"
    profiles = schemes.profiles(enquiry.scheme)
    titles = {each.code: in_language(each.title, language) for each in profiles}
    beginnings = list(beginnings_of(page))
    begun = next((each.text for each in beginnings if each.code == template), "")
    managers = queries.may_manage(enquiry.organisation.code, on=timezone.localdate(at))
    return {
        "it": page,
        "enquiry": enquiry,
        "manager": page.names.get(enquiry.manager, enquiry.manager),
        "province": province_names().get(enquiry.province, enquiry.province),
        "sector": division_titles().get(enquiry.division, ""),
        "wanted": [{**line, "title": titles.get(line["profile"], line["profile"])} for line in enquiry.needs],
        "beginnings": beginnings,
        "now": at,
        "may_answer": permissions.may_answer(actor, enquiry) and enquiry.state != EnquiryState.CLOSED,
        "is_mine": enquiry.manager == actor.code,
        "may_take": actor.code in {each.code for each in managers} and enquiry.manager != actor.code,
        "contacting": ContactForm(now=at),
        "answering": AnswerForm(initial={"text": begun}),
        "needing": needs_form(page, profiles),
        "assigning": AssignForm(managers=[each for each in managers if each.code != enquiry.manager]),
        "closing": CloseForm(),
    }


def needs_form(
    page: EnquiryPage, profiles: list[Profile], data: Mapping[str, Any] | None = None
) -> "forms.BaseFormSet[NeedForm]":
    """The rows of what the enterprise needs: those written down, and two more."""
    known = {"profiles": profiles, "language": get_language() or "it"}
    return NeedsForm(data, initial=page.enquiry.needs, form_kwargs=known, prefix=_PREFIX)


def beginnings_of(page: EnquiryPage) -> Iterable[Beginning]:
    """The texts of the call an answer may begin with, in the language of the enterprise, filled in."""
    enquiry = page.enquiry
    spec = schemes.enquiries_of(enquiry.call) if enquiry.call else None
    shown = get_language() or "it"
    for template in spec.templates if spec else ():
        yield Beginning(template.code, in_language(template.title, shown), _filled(template, page))


def _filled(template: TemplateSpec, page: EnquiryPage) -> str:
    enquiry = page.enquiry
    text = in_language(template.text, enquiry.language)
    for place, value in {
        "{enterprise}": enquiry.enterprise_name,
        "{contact}": enquiry.contact_name,
        "{manager}": page.names.get(enquiry.manager, enquiry.organisation.name),
    }.items():
        # A name that ends in a full stop needs no second one behind it.
        text = text.replace(f"{place}.", f"{value.removesuffix('.')}.").replace(place, value)
    return text
