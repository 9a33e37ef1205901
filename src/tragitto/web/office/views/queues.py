"""The queue of a call in the order of arrival, and the list of those admitted."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tragitto.agenda import queries as agenda
from tragitto.agenda.models import Deadline
from tragitto.employers import queries
from tragitto.employers.queries import QueueRow
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.vocabulary import Outcome
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.reviewing import QueueForm
from tragitto.web.office.lateness import is_late
from tragitto.web.office.views.calls import lines
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file, as_table
from tragitto.web.parts.paging import page_of

SHOWN: dict[str, Callable[[QueueRow], bool]] = {
    "": lambda row: True,
    "to_review": lambda row: not row.expression.case.is_closed,
    "admitted": lambda row: row.expression.case.outcome == Outcome.ADMITTED,
    "refused": lambda row: row.expression.case.outcome in (Outcome.REFUSED, Outcome.INADMISSIBLE),
    "late": lambda row: is_late(row.findings),
}


@require_safe
@for_office
def queue(request: OfficeRequest) -> HttpResponse:
    """The queue of the call with most left to review."""
    published = [line for line in lines(request) if line.call.published_at]
    if not published:
        return redirect("office:calls")
    busiest = max(published, key=lambda line: (line.sight.is_own, line.counts.to_review))
    return redirect("office:call_queue", busiest.call.code)


@require_safe
@for_office
def call_queue(request: OfficeRequest, code: str) -> HttpResponse:
    """The expressions under a call, strictly in the order of arrival, each with what is missing."""
    call = found(schemes.get_call, request.actor, code)
    form = QueueForm(request.GET)
    rows = queries.queue(actor=request.actor, call=call)
    shown = [row for row in rows if SHOWN[form.asked()["show"] or ""](row)]
    page = {
        "call": call,
        "filters": form,
        "page": page_of(shown, request),
        "lines": lines(request),
        "due": _most_urgent(request),
        "now": clock.now(),
    }
    return render(request, "office/queue.html", page)


@require_safe
@for_office
def admitted(request: OfficeRequest, code: str) -> HttpResponse:
    """Who was admitted under a call, in the order of arrival, with the positions they open."""
    call = found(schemes.get_call, request.actor, code)
    rows = page_of(queries.admitted(actor=request.actor, call=call), request)
    return render(request, "office/admitted.html", {"call": call, "page": rows})


@require_safe
@for_office
def admitted_file(request: OfficeRequest, code: str) -> HttpResponse:
    """The same list as a table to save, one line for each position."""
    call = found(schemes.get_call, request.actor, code)
    zone, language = ZoneInfo(call.zone), get_language() or "it"
    table = [[_("Code"), _("Place since"), _("Employer"), _("Codice fiscale"), _("Profile"), _("Seats")]]
    for each in queries.admitted(actor=request.actor, call=call):
        since = each.place_instant.astimezone(zone).isoformat() if each.place_instant else ""
        about = [each.code, since, each.employer.name, each.employer.codice_fiscale]
        table += [
            [*about, in_language(position.profile.title, language), str(position.seats or "")]
            for position in each.open_positions  # type: ignore[attr-defined]  # prefetched by `admitted`
        ]
    return as_file(as_table(table), f"{call.code}-admitted.csv", "text/csv; charset=utf-8")


def _most_urgent(request: OfficeRequest) -> dict[str, Deadline]:
    """The first open term of each case the actor's organisation must see to. One query."""
    return {deadline.subject: deadline for deadline in reversed(list(agenda.due(actor=request.actor)))}
