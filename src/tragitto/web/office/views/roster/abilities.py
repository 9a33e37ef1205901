"""What people can do: their texts tidied, their papers compared, and who waits for that."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.candidates.actions import describing_confirming, describing_tidying
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries import abilities, people
from tragitto.candidates.queries.abilities import Stated
from tragitto.candidates.rules.abilities import mark_of
from tragitto.candidates.vocabulary import Proof
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes.queries import roster_of, roster_schemes
from tragitto.schemes.vocabulary import RosterDutyKind
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.abilities import DiplomaForm, PaperForm, SkillPaperForm, TidyForm
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

CONFIRMERS = ("officer", "reviewer")
#: The part of the person's page to which these pages lead back.
PART = "abilities"


@require_safe
@for_office(*CONFIRMERS)
def papers(request: OfficeRequest) -> HttpResponse:
    """The people whose papers wait for somebody to compare them, the longest wait first."""
    waiting = abilities.papers_to_check(request.actor, roster_schemes(request.actor, RosterDutyKind.KEEPS))
    shown = {"page": page_of(waiting, request), "part": PART, "tab": "papers"}
    return render(request, "office/roster/abilities_papers.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*CONFIRMERS)
def tidy(request: OfficeRequest, code: str, kind: str, row: str) -> HttpResponse:
    """The person's words about themselves, a profile or work done, and the office's text beside them."""
    person = found(people.kept_for, request.actor, code)
    text = found(abilities.text_of, person, kind, row)
    form = TidyForm(request.POST or None, initial={"text": text.tidied, "mark": mark_of(text.words)})
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: _tidied(request, person, text, form))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Saved: firms read this text."))
            return _back(person)
    shown = {"candidate": person, "text": text, "form": form, "part": PART, "tab": "person"}
    return render(request, "office/roster/abilities_tidy.html", shown, status=status)


def _tidied(request: OfficeRequest, person: Candidate, text: abilities.OwnText, form: forms.Form) -> None:
    said = {"text": form.cleaned_data["text"].strip(), "mark": form.cleaned_data["mark"]}
    if text.row is None:
        describing_tidying.tidy_about(candidate=person, **said, actor=request.actor, at=clock.now())
    else:
        describing_tidying.tidy(row=text.row, **said, actor=request.actor, at=clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*CONFIRMERS)
def confirm(request: OfficeRequest, code: str, kind: str, row: str) -> HttpResponse:
    """What the person says of a skill, a diploma or a language, the photo of its paper, and what it says."""
    person = found(people.kept_for, request.actor, code)
    stated = found(abilities.statement_of, person, kind, row, timezone.localdate(clock.now()))
    form = _FORMS[kind](request, person, stated)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: _CONFIRM[kind](request, stated, form))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Confirmed: it counts as shown from now on."))
            return _back(person)
    shown = {
        "candidate": person,
        "stated": stated,
        "kind": kind,
        "row": row,
        "form": form,
        "part": PART,
        "tab": "person",
    }
    return render(request, "office/roster/abilities_confirm.html", shown, status=status)


@require_POST
@for_office(*CONFIRMERS)
def take_back(request: OfficeRequest, code: str, kind: str, row: str) -> HttpResponse:
    """Take a confirmation back: the statement counts as said only."""
    person = found(people.kept_for, request.actor, code)
    stated = found(abilities.statement_of, person, kind, row, timezone.localdate(clock.now()))
    describing_confirming.take_back(statement=stated.row, actor=request.actor, at=clock.now())
    messages.success(request, _("Taken back: it no longer counts as shown."))
    return _back(person)


def _back(person: Candidate) -> HttpResponse:
    return redirect(f"{reverse('office:roster_person', args=[person.code])}#{PART}")


def _needed(stated: Stated[Any, Any]) -> list[str]:
    """What stands on every certificate of a standard."""
    spec = stated.spec
    if not spec or not spec.standard:
        return []
    return ["certificate", "valid_until"] if spec.valid_months else ["certificate"]


def _paper_form(form: type[PaperForm]) -> "_MakesForm":
    def made(request: OfficeRequest, person: Candidate, stated: Stated[Any, Any]) -> forms.Form:
        row = stated.row
        initial = {
            "certificate": row.certificate, "valid_until": row.valid_until, "mark": stated.mark,
        }  # fmt: skip
        return form(request.POST or None, initial=initial, needs=_needed(stated))

    return made


def _diploma_form(request: OfficeRequest, person: Candidate, stated: Stated[Any, Any]) -> forms.Form:
    language = get_language() or "it"
    levels = [
        (each.code, _("{title} · European level {eqf}").format(
            title=in_language(each.title, language), eqf=each.eqf
        ))
        for each in roster_of(person.scheme_id).diplomas
    ]  # fmt: skip
    initial = {"level_code": stated.row.level_code, "mark": stated.mark}
    return DiplomaForm(request.POST or None, initial=initial, levels=levels)


def _confirm_skill(request: OfficeRequest, stated: Stated[Any, Any], form: Any) -> None:
    describing_confirming.confirm_skill(
        skill=stated.row, paper=form.paper, proof=Proof(form.cleaned_data["proof"]),
        mark=form.cleaned_data["mark"], actor=request.actor, at=clock.now(),
    )  # fmt: skip


def _confirm_diploma(request: OfficeRequest, stated: Stated[Any, Any], form: Any) -> None:
    said = form.cleaned_data
    describing_confirming.confirm_diploma(
        diploma=stated.row, level_code=said["level_code"], mark=said["mark"], actor=request.actor,
        at=clock.now(),
    )  # fmt: skip


def _confirm_language(request: OfficeRequest, stated: Stated[Any, Any], form: Any) -> None:
    describing_confirming.confirm_language(
        language=stated.row, paper=form.paper, mark=form.cleaned_data["mark"], actor=request.actor,
        at=clock.now(),
    )  # fmt: skip


type _MakesForm = Callable[[OfficeRequest, Candidate, Stated[Any, Any]], forms.Form]
_FORMS: dict[str, _MakesForm] = {
    abilities.SKILL: _paper_form(SkillPaperForm),
    abilities.DIPLOMA: _diploma_form,
    abilities.LANGUAGE: _paper_form(PaperForm),
}
_CONFIRM: dict[str, Callable[[OfficeRequest, Stated[Any, Any], Any], None]] = {
    abilities.SKILL: _confirm_skill,
    abilities.DIPLOMA: _confirm_diploma,
    abilities.LANGUAGE: _confirm_language,
}
