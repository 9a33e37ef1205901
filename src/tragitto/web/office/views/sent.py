"""Messages of ours: where each stands, what is proven of each addressee, what a person may do about it."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tragitto.employers.queries import pages as filings
from tragitto.kernel import clock
from tragitto.records import actions, permissions, queries
from tragitto.records.models import Outgoing
from tragitto.records.queries import dossiers, sent_mail
from tragitto.records.vocabulary import OutgoingState
from tragitto.web.office import proofs
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.sending import ResendForm, SettleForm
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

READERS = ("officer", "reviewer", "administrator")
SENDERS = ("officer", "administrator")


@require_safe
@for_office(*READERS)
def sent(request: OfficeRequest) -> HttpResponse:
    """The messages of this office, the latest first, with the proof for each addressee."""
    page = page_of(sent_mail.with_receipts(actor=request.actor), request)
    overdue = sent_mail.overdue(actor=request.actor, at=clock.now())
    hidden = filings.hidden_messages(actor=request.actor, outgoing=page)
    shown = {"page": page, "rows": proofs.shown(page, overdue), "hidden": hidden}
    return render(request, "office/sent.html", shown)


@require_safe
@for_office(*READERS)
def outgoing(request: OfficeRequest, code: str) -> HttpResponse:
    """One message of ours, its proofs, what people decided about it; 403 where its case hides it."""
    shown = found(sent_mail.outgoing_for, request.actor, code)
    if filings.hidden_messages(actor=request.actor, outgoing=[shown]):
        raise PermissionDenied
    return render(request, "office/outgoing.html", _page(request, shown))


@require_POST
@for_office(*SENDERS)
def resend(request: OfficeRequest, code: str) -> HttpResponse:
    """Send a message again that was refused or may have been lost."""
    shown = found(sent_mail.outgoing_for, request.actor, code)
    form = ResendForm(request.POST)
    return _done_or_shown(request, shown, {"resending": form}, lambda: actions.resend(
        outgoing=shown, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*SENDERS)
def settle(request: OfficeRequest, code: str) -> HttpResponse:
    """Write down what was done about a message that went wrong."""
    shown = found(sent_mail.outgoing_for, request.actor, code)
    form = SettleForm(request.POST)
    return _done_or_shown(request, shown, {"settling": form}, lambda: actions.settle(
        outgoing=shown, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


def _done_or_shown(
    request: OfficeRequest, shown: Outgoing, forms_of_page: dict[str, forms.Form], act: Callable[[], object]
) -> HttpResponse:
    (form,) = forms_of_page.values()
    status = attempt(form, act)
    if status == HTTPStatus.SEE_OTHER:
        return redirect("office:outgoing", shown.code)
    shown = found(sent_mail.outgoing_for, request.actor, shown.code)
    page = {**_page(request, shown), **forms_of_page, "form": form}
    return render(request, "office/outgoing.html", page, status=status)


def _page(request: OfficeRequest, shown: Outgoing) -> dict[str, object]:
    overdue = sent_mail.overdue(actor=request.actor, at=clock.now())
    troubles = dossiers.troubles_of(shown.message)
    may_act = permissions.may_send(request.actor, shown.mailbox.organisation.code)
    return {
        "it": proofs.shown([shown], overdue)[0],
        "troubles": troubles,
        "interventions": sent_mail.interventions_of(shown),
        "may_resend": may_act and shown.state in (OutgoingState.REFUSED, OutgoingState.UNCERTAIN),
        "may_settle": may_act and bool(troubles),
        "letter": queries.letter(shown.message),
        "resending": ResendForm(),
        "settling": SettleForm(),
    }
