"""Handing admitted filings over: what would go and what not, what went to whom, taking it back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.accounts import queries as people
from tragitto.cases import actions as cases
from tragitto.cases import permissions
from tragitto.cases import queries as handed
from tragitto.cases.models import HandOver
from tragitto.employers import actions, queries
from tragitto.employers.queries import Preview
from tragitto.kernel import clock
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.hand_overs import HandOverForm, RecallForm
from tragitto.web.office.hand_over_words import facts_in_words
from tragitto.web.office.owners import sights
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import download
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

WRITERS = ("officer", "reviewer")
VERB = "case.hand_over"


@require_safe
@for_office
def hand_overs(request: OfficeRequest, code: str) -> HttpResponse:
    """What the call hands over to whom, and what this office has handed over under it."""
    call = found(schemes.get_call, request.actor, code)
    page = {
        "call": call,
        "promises": queries.promises(call),
        "page": page_of(handed.hand_overs_under(actor=request.actor, call=call), request),
        "may_hand_over": permissions.may(request.actor, VERB, call),
        "sight": sights([call], request.standing)[call.pk],
    }
    return render(request, "office/hand_overs.html", page)


@require_safe
@for_office(*WRITERS)
def prepare(request: OfficeRequest, code: str, duty: str, recipient: str) -> HttpResponse:
    """What would be handed over now: which filings, which facts, what is left out and why."""
    call, shown = _previewed(request, code, duty, recipient)
    return render(request, "office/hand_overs_prepare.html", _preparation(request, call, shown))


@require_POST
@for_office(*WRITERS)
def make(request: OfficeRequest, code: str, duty: str, recipient: str) -> HttpResponse:
    """Hand over what was looked at."""
    call = found(schemes.get_call, request.actor, code)
    form, made = HandOverForm(request.POST), list[HandOver]()
    status = attempt(form, lambda: made.append(found(
        actions.hand_over, call=call, duty=duty, recipient=recipient, seal=form.cleaned_data["seal"],
        actor=request.actor, at=clock.now(),
    )))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("Handed over: the recipient sees it from now on."))
        return redirect("office:hand_over", made[0].code)
    call, shown = _previewed(request, code, duty, recipient)
    page = {**_preparation(request, call, shown), "failed": form}
    return render(request, "office/hand_overs_prepare.html", page, status=status)


@require_safe
@for_office
def hand_over(request: OfficeRequest, code: str) -> HttpResponse:
    """One package: to whom, which filings, who of the recipient looked at what."""
    return render(request, "office/hand_overs_one.html", _page(request, _found(request, code)))


@require_safe
@for_office(*WRITERS)
def package(request: OfficeRequest, code: str) -> HttpResponse:
    """The package as it was handed over, as one file."""
    made = _found(request, code)
    return download(made.package, f"{made.code}.zip")


@require_POST
@for_office(*WRITERS)
def recall(request: OfficeRequest, code: str) -> HttpResponse:
    """Take a package back, with the reason that the recipient reads."""
    made, form = _found(request, code), RecallForm(request.POST)
    status = attempt(form, lambda: cases.recall_hand_over(
        hand_over=made, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        said = _("Recalled: the recipient opens nothing of it any more, and reads your reason.")
        messages.success(request, said)
        return redirect("office:hand_over", code)
    page = {**_page(request, _found(request, code)), "recalling": form, "form": form}
    return render(request, "office/hand_overs_one.html", page, status=status)


def _previewed(request: OfficeRequest, code: str, duty: str, recipient: str) -> tuple[Call, Preview]:
    call = found(schemes.get_call, request.actor, code)
    return call, found(queries.preview, actor=request.actor, call=call, duty=duty, recipient=recipient)


def _preparation(request: OfficeRequest, call: Call, shown: Preview) -> dict[str, object]:
    return {
        "call": call,
        "shown": shown,
        "facts": facts_in_words(call, shown.spec.facts, get_language() or "it"),
        "consent": facts_in_words(call, filter(None, [shown.spec.consent]), get_language() or "it"),
        "form": HandOverForm(initial={"seal": shown.seal}),
        "may_hand_over": permissions.may(request.actor, VERB, call),
    }


def _found(request: OfficeRequest, code: str) -> HandOver:
    """A package that the actor's own office made."""
    return found(handed.get_made, actor=request.actor, code=code)


def _page(request: OfficeRequest, made: HandOver) -> dict[str, object]:
    use = page_of(handed.use_of(actor=request.actor, hand_over=made), request)
    items = list(handed.items_of(actor=request.actor, hand_over=made))
    codes = {made.made_by, made.accepted_by, made.recalled_by, *(entry.actor for entry in use)}
    is_open = made.recalled_at is None
    return {
        "it": made,
        "items": items,
        "reopened": [item for item in items if item.case.outcome != "admitted"],
        "use": use,
        "names": people.names_of(codes),
        "consent": facts_in_words(made.call, filter(None, [made.basis["consent"]]), get_language() or "it"),
        "may_recall": is_open and permissions.may(request.actor, VERB, made.call),
        "recalling": RecallForm(),
    }
