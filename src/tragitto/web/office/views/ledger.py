"""What happened, newest first: the whole ledger, or the history of one thing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.ledger import queries
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.looking import LedgerForm
from tragitto.web.parts.paging import page_of


@require_safe
@for_office
def ledger(request: OfficeRequest) -> HttpResponse:
    """The latest entries, or the history of the thing asked for."""
    form = LedgerForm(request.GET)
    subject = str(form.asked()["subject"] or "").strip()
    actor = request.actor
    entries = queries.history(actor=actor, subject=subject) if subject else queries.latest(actor=actor)
    page = {"filters": form, "subject": subject, "page": page_of(entries, request, size=50)}
    return render(request, "office/ledger.html", page)
