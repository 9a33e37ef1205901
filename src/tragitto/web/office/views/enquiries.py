"""Requests for information: what waits, one of them with all that may be done about it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.accounts import queries as accounts
from tragitto.employers import actions
from tragitto.employers.models import Enquiry
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.queries.enquiries import EnquiryPage
from tragitto.kernel import clock
from tragitto.schemes import queries as schemes
from tragitto.web.office import enquiry_page
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.enquiring import (
    AnswerForm,
    AssignForm,
    CloseForm,
    ContactForm,
    TelephonedForm,
)
from tragitto.web.parts.enquiring import new_key
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

PEOPLE = ("officer", "administrator")
TABS = ("", "mine", "nobody", "overdue", "over")


@require_safe
@for_office(*PEOPLE)
def enquiries(request: OfficeRequest) -> HttpResponse:
    """The requests of this office: what was passed on first, then what is due first."""
    now, whose = clock.now(), request.GET.get("whose", "")
    whose = whose if whose in TABS else ""
    rows = page_of(queries.waiting(actor=request.actor, at=now, whose=whose), request)
    shown = {
        "page": rows,
        "names": accounts.names_of(row.manager for row in rows),
        "tally": queries.tally(actor=request.actor, at=now),
        "whose": whose,
        "calls": queries.asked_calls(request.actor),
        "now": now,
    }
    return render(request, "office/enquiries.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*PEOPLE)
def write_down(request: OfficeRequest, code: str) -> HttpResponse:
    """Write down a request that came by telephone; the same form twice is one request."""
    call = found(queries.asked_call, request.actor, code)
    begun = {"key": new_key(), "language": (get_language() or "it").split("-")[0]}
    form = TelephonedForm(request.POST or None, call=call, initial=begun)
    status, made = HTTPStatus.OK, list[Enquiry]()
    if request.method == "POST":
        status = attempt(form, lambda: made.append(actions.enquire(
            call=call, asking=form.asking(), key=form.cleaned_data["key"],
            actor=request.actor, at=clock.now(),
        )))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("Written down: it is given and called back like any other."))
            return redirect("office:enquiry", made[0].code)
    return render(request, "office/enquiry_telephoned.html", {"call": call, "form": form}, status=status)


@require_safe
@for_office(*PEOPLE)
def enquiry(request: OfficeRequest, code: str) -> HttpResponse:
    """One request: who asks what, what was said, what is to be done by when."""
    return render(request, "office/enquiry.html", _shown(request, _page(request, code)))


@require_POST
@for_office(*PEOPLE)
def contact(request: OfficeRequest, code: str) -> HttpResponse:
    """Write down that somebody spoke with the enterprise, or tried to."""
    form = ContactForm(request.POST, now=clock.now())
    return _done_or_shown(request, code, "contacting", form, lambda page: actions.record_contact(
        enquiry=page.enquiry, said=form.said(), actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*PEOPLE)
def answer(request: OfficeRequest, code: str) -> HttpResponse:
    """Answer in writing, perhaps with an invitation to file."""
    form = AnswerForm(request.POST)

    def act(page: EnquiryPage) -> object:
        verb = actions.convert if form.cleaned_data["invites"] else actions.answer
        text = form.cleaned_data["text"]
        return verb(enquiry=page.enquiry, text=text, actor=request.actor, at=clock.now())

    done = _done_or_shown(request, code, "answering", form, act)
    if done.status_code == HTTPStatus.FOUND:
        leaves = _("The text leaves by e-mail now and stands in the log.")
        by_hand = _("The text stands in the log. This house sends no mail: send it yourself.")
        messages.success(request, leaves if settings.CAN_SEND_MAIL else by_hand)
    return done


@require_POST
@for_office(*PEOPLE)
def needs(request: OfficeRequest, code: str) -> HttpResponse:
    """Write down what the enterprise needs."""
    page = _page(request, code)
    rows = enquiry_page.needs_form(page, schemes.profiles(page.enquiry.scheme), request.POST)
    form = forms.Form(request.POST)
    if not rows.is_valid():
        return _with(request, page, {"needing": rows, "form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    told = [need for row in rows if (need := row.need())]
    status = attempt(form, lambda: actions.record_needs(
        enquiry=page.enquiry, needs=told, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if status != HTTPStatus.SEE_OTHER:
        return _with(request, page, {"needing": rows, "form": form}, status)
    return redirect("office:enquiry", code)


@require_POST
@for_office(*PEOPLE)
def assign(request: OfficeRequest, code: str) -> HttpResponse:
    """Give the request to another account manager."""
    managers = queries.may_manage(request.actor.organisation, on=timezone.localdate(clock.now()))
    form = AssignForm(request.POST, managers=managers)
    return _done_or_shown(request, code, "assigning", form, lambda page: actions.assign(
        enquiry=page.enquiry, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office("officer")
def take(request: OfficeRequest, code: str) -> HttpResponse:
    """Take the request oneself."""
    return _done_or_shown(request, code, "taking", forms.Form(request.POST), lambda page: actions.assign(
        enquiry=page.enquiry, manager=request.actor.code, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*PEOPLE)
def close(request: OfficeRequest, code: str) -> HttpResponse:
    """Close the request with a reason."""
    form = CloseForm(request.POST)
    return _done_or_shown(request, code, "closing", form, lambda page: actions.close_enquiry(
        enquiry=page.enquiry, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


def _page(request: OfficeRequest, code: str) -> EnquiryPage:
    return found(queries.enquiry_page, actor=request.actor, code=code)


def _shown(request: OfficeRequest, page: EnquiryPage) -> dict[str, object]:
    return enquiry_page.page_of(page, request.actor, clock.now(), request.GET.get("template", ""))


def _with(
    request: OfficeRequest, page: EnquiryPage, sent: dict[str, Any], status: HTTPStatus
) -> HttpResponse:
    return render(request, "office/enquiry.html", {**_shown(request, page), **sent}, status=status)


def _done_or_shown(
    request: OfficeRequest, code: str, name: str, form: forms.Form, act: Callable[[EnquiryPage], object]
) -> HttpResponse:
    page = _page(request, code)
    status = attempt(form, lambda: act(page))
    if status == HTTPStatus.SEE_OTHER:
        return redirect("office:enquiry", code)
    return _with(request, _page(request, code), {name: form, "form": form}, status)
