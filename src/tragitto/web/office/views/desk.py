"""The sorting desk and a message: what waits, what it proves, where a person puts it, its files."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from tragitto.employers import permissions as filing_permissions
from tragitto.employers import queries as filings
from tragitto.employers import takers
from tragitto.employers.models import Expression
from tragitto.kernel import clock
from tragitto.kernel.refusals import NotFound
from tragitto.kernel.texts import in_language
from tragitto.records import actions, permissions, queries
from tragitto.records.models import Message
from tragitto.records.queries import dossiers
from tragitto.records.registries import Suggestion
from tragitto.schemes import queries as schemes
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.finding import found
from tragitto.web.office.forms.desk import AsideForm, ByHandForm, SuggestedForm, TakeUpForm
from tragitto.web.office.handing import download
from tragitto.web.office.paging import page_of
from tragitto.web.office.refusing import attempt
from tragitto.web.office.unfit import why_no_filing

READERS = ("officer", "reviewer", "administrator")
SORTERS = ("officer", "administrator")


@require_safe
@for_office(*READERS)
def sorting(request: OfficeRequest) -> HttpResponse:
    """Messages that wait for a person, with why, and what has failed."""
    page = page_of(queries.desk(actor=request.actor), request)
    waiting = [(message, queries.why_at_the_desk(message)) for message in page]
    troubles = queries.open_troubles(actor=request.actor)
    return render(request, "office/sorting.html", {"page": page, "waiting": waiting, "troubles": troubles})


@require_safe
@for_office(*READERS)
def message(request: OfficeRequest, code: str) -> HttpResponse:
    """A message in full: what it proves, its files, where it stands and what may be done with it."""
    shown = found(queries.get_for, request.actor, code)
    return render(request, "office/message.html", _page(request, shown))


@require_POST
@for_office(*SORTERS)
def place(request: OfficeRequest, code: str) -> HttpResponse:
    """Put a message where a suggestion says."""
    shown = found(queries.get_for, request.actor, code)
    form = SuggestedForm(request.POST, suggestions=_suggestions(shown, _calls(request)))
    _refuse_unfit(form, shown)
    return _done_or_shown(request, shown, {"placing": form}, lambda: actions.place(
        message=shown, taker=form.chosen.taker, choice=form.chosen.choice, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*SORTERS)
def place_by_hand(request: OfficeRequest, code: str) -> HttpResponse:
    """Put a message under a call that a person names."""
    shown = found(queries.get_for, request.actor, code)
    form = ByHandForm(request.POST, calls=_calls(request))
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


@require_safe
@for_office(*READERS)
def message_raw(request: OfficeRequest, code: str) -> HttpResponse:
    """The message as it came, as a file to save."""
    shown = found(queries.get_for, request.actor, code)
    return download(queries.letter(shown), f"{shown.code}.eml")


@require_safe
@for_office(*READERS)
def attachment(request: OfficeRequest, code: str, file: str) -> HttpResponse:
    """A file that came with a message, to save; never opened by the browser."""
    shown = found(queries.attachment_for, request.actor, file)
    if shown.message.code != code:
        raise Http404
    return download(shown.document, shown.name)


def _done_or_shown(
    request: OfficeRequest, shown: Message, forms_of_page: dict[str, forms.Form], act: Callable[[], object]
) -> HttpResponse:
    (form,) = forms_of_page.values()
    status = attempt(form, act)
    if status == HTTPStatus.SEE_OTHER:
        return redirect("office:message", shown.code)
    shown = found(queries.get_for, request.actor, shown.code)
    page = {**_page(request, shown), **forms_of_page, "form": form}
    return render(request, "office/message.html", page, status=status)


def _page(request: OfficeRequest, shown: Message) -> dict[str, object]:
    calls = _calls(request)
    return {
        "message": shown,
        "why": queries.why_at_the_desk(shown),
        "files": dossiers.files_of(shown),
        "filings": dossiers.filings_of(shown),
        "troubles": dossiers.troubles_of(shown),
        "may_sort": permissions.may_sort(request.actor),
        "unfit": why_no_filing(shown),
        "filed_to": _filed_to(request, shown),
        "placing": SuggestedForm(suggestions=_suggestions(shown, calls)),
        "by_hand": ByHandForm(calls=calls),
        "aside": AsideForm(),
        "taking_up": TakeUpForm(),
    }


def _filed_to(request: OfficeRequest, shown: Message) -> Expression | None:
    """The filing this message became or was added to, as far as this person may see it."""
    try:
        return filings.get_for(actor=request.actor, code=queries.place_of(shown))
    except NotFound:
        return None


def _refuse_unfit(form: forms.Form, shown: Message) -> None:
    if why := why_no_filing(shown):
        form.is_valid()
        form.add_error(None, why)


def _calls(request: OfficeRequest) -> list[tuple[str, str]]:
    """The published calls under which this person may place a message, one query each."""
    language = get_language() or "it"
    published = [line.call for line in schemes.catalogue(actor=request.actor) if line.call.published_at]
    own = [call for call in published if filing_permissions.may(request.actor, "expression.receive", call)]
    return [(call.code, in_language(call.title, language)) for call in own]


def _suggestions(shown: Message, calls: list[tuple[str, str]]) -> list[Suggestion]:
    """Where the house thinks it belongs, as far as it is under one of these calls: others are not told."""
    own = {code for code, _title in calls}
    return [each for each in queries.suggestions(shown) if each.choice.get("call") in own]
