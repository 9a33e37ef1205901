"""The sorting desk: what waits, why, and where a person puts it."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.employers import queries as filings
from tragitto.employers import takers
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.records import actions, permissions, queries, words
from tragitto.records.models import Message
from tragitto.records.queries import files
from tragitto.records.registries import Suggestion
from tragitto.records.vocabulary import MessageState, Problem
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.desk import AsideForm, ByHandForm, SuggestedForm, TakeUpForm
from tragitto.web.office.message_page import (
    calls_of,
    page_of_message,
    printed_form_of,
    suggestions_for,
)
from tragitto.web.office.unfit import why_no_filing
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

READERS = ("officer", "reviewer", "administrator")
SORTERS = ("officer", "administrator")


@require_safe
@for_office(*READERS)
def sorting(request: OfficeRequest) -> HttpResponse:
    """Messages that wait for a person, with why, and what has failed."""
    page = page_of(queries.desk(actor=request.actor), request)
    shown = {
        "page": page,
        "waiting": [(message, queries.why_at_the_desk(message)) for message in page],
        "troubles": queries.open_troubles(actor=request.actor),
        "may_sort": permissions.may_sort(request.actor),
    }
    return render(request, "office/sorting.html", shown)


@require_safe
@for_office(*SORTERS)
def suggestion(request: OfficeRequest, code: str) -> HttpResponse:
    """Where one message of the desk most likely belongs, to be filled into its row."""
    message = found(queries.get_for, request.actor, code)
    waiting = printed_form_of(message)
    best = None if waiting else _best(request, message)
    shown = {
        "message": message,
        "best": best,
        "waiting": waiting,
        "why_not": best and _why_not(message, best),
    }
    return render(request, "office/suggestion.html", shown)


@require_POST
@for_office(*SORTERS)
def accept(request: OfficeRequest, code: str) -> HttpResponse:
    """Put a message where its first suggestion says, as it was shown; then back to what waits."""
    message = found(queries.get_for, request.actor, code)
    best = None if printed_form_of(message) else _best(request, message)
    if best is None or best.where_code != request.POST.get("where"):
        messages.warning(request, _("The suggestion has changed meanwhile: look at the message yourself."))
        return redirect("office:message", message.code)
    if why_not := _why_not(message, best):
        messages.warning(request, why_not)
        return redirect("office:message", message.code)
    if not _accept(request, message, best):
        return redirect("office:message", message.code)
    return redirect(f"{reverse('office:sorting')}#waiting")


@require_POST
@for_office(*SORTERS)
def place(request: OfficeRequest, code: str) -> HttpResponse:
    """Put a message where a suggestion says."""
    shown = found(queries.get_for, request.actor, code)
    form = SuggestedForm(request.POST, suggestions=suggestions_for(shown, calls_of(request.actor)))
    _refuse_unfit(form, shown)
    return _done_or_shown(request, shown, {"placing": form}, lambda: actions.place(
        message=shown, taker=form.chosen.taker, choice=form.chosen.choice, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*SORTERS)
def place_by_hand(request: OfficeRequest, code: str) -> HttpResponse:
    """Put a message under a call that a person names."""
    shown = found(queries.get_for, request.actor, code)
    form = ByHandForm(request.POST, calls=calls_of(request.actor))
    _refuse_unfit(form, shown)
    return _done_or_shown(request, shown, {"by_hand": form}, lambda: actions.place(
        message=shown, taker=takers.NAME, choice=form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*SORTERS)
def set_aside(request: OfficeRequest, code: str) -> HttpResponse:
    """Say that a message needs no place, and why."""
    shown = found(queries.get_for, request.actor, code)
    form = AsideForm(request.POST)
    return _done_or_shown(request, shown, {"aside": form}, lambda: actions.set_aside(
        message=shown, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*SORTERS)
def take_up(request: OfficeRequest, code: str) -> HttpResponse:
    """Bring a message that was set aside back to the desk."""
    shown = found(queries.get_for, request.actor, code)
    form = TakeUpForm(request.POST)
    return _done_or_shown(request, shown, {"taking_up": form}, lambda: actions.take_up(
        message=shown, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*SORTERS)
def try_again(request: OfficeRequest, code: str) -> HttpResponse:
    """Do now what failed with a message: its next step, or its reading where it could not be read."""
    message = found(queries.get_for, request.actor, code)
    if files.has_trouble(message, [Problem.WORKER_DIED]):
        # What has ended its process again and again would end this one too.
        messages.error(request, str(words.PROBLEMS[Problem.WORKER_DIED]))
        return redirect("office:message", message.code)
    try:
        if message.due is None:
            message = actions.read_again(message=message, actor=request.actor, at=clock.now(), by_job=False)
        message = actions.carry_through(message=message, actor=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, " ".join(str(finding.text) for finding in refusal.findings))
        return redirect("office:message", message.code)
    if message.due:
        messages.warning(request, _("It failed again. The house goes on trying by itself."))
    else:
        messages.success(request, _("Done: it has come through all steps now."))
    return redirect("office:message", message.code)


def _best(request: OfficeRequest, message: Message) -> Suggestion | None:
    """The strongest suggestion that this person may accept as it stands."""
    if message.state != MessageState.SORTING or why_no_filing(message):
        return None
    offered = suggestions_for(message, calls_of(request.actor))
    return next((one for one in offered if one.taker), None)


def _why_not(message: Message, best: Suggestion) -> str:
    """Why it takes more than one key to place it there."""
    return str(filings.why_not_at_once(message, best.choice))


def _accept(request: OfficeRequest, message: Message, best: Suggestion) -> bool:
    """Place it there, and say so; what speaks against it is said just as well."""
    try:
        actions.place(
            message=message, taker=best.taker, choice=best.choice, actor=request.actor, at=clock.now()
        )
    except Refusal as refusal:
        messages.error(request, " ".join(str(finding.text) for finding in refusal.findings))
        return False
    said = _("{subject} ({code}) was placed: {where}. {reason}")
    subject = message.subject or _("(no subject)")
    told = {"subject": subject, "code": message.code, "where": best.label, "reason": best.reason}
    messages.success(request, said.format(**told))
    return True


def _done_or_shown(
    request: OfficeRequest, shown: Message, forms_of_page: dict[str, forms.Form], act: Callable[[], object]
) -> HttpResponse:
    (form,) = forms_of_page.values()
    status = attempt(form, act)
    if status == HTTPStatus.SEE_OTHER:
        return redirect("office:message", shown.code)
    shown = found(queries.get_for, request.actor, shown.code)
    page = {**page_of_message(request, shown), **forms_of_page, "form": form}
    return render(request, "office/message.html", page, status=status)


def _refuse_unfit(form: forms.Form, shown: Message) -> None:
    if why := why_no_filing(shown):
        form.is_valid()
        form.add_error(None, why)
