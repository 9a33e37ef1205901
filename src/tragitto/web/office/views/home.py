"""What waits today: calls with their counts, the sorting desk, terms that run out, troubles."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.agenda import queries as agenda
from tragitto.employers.queries.tallies import by_case
from tragitto.kernel import clock
from tragitto.records import queries as records
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.views.calls import lines

#: Terms that end within a fortnight are shown, at most so many.
SOON, MOST = timedelta(weeks=2), 15


@require_safe
@for_office
def home(request: OfficeRequest) -> HttpResponse:
    """The first page of the day."""
    now = clock.now()
    due = agenda.due(actor=request.actor, before=now + SOON)
    shown = list(due[:MOST])
    subjects = by_case(actor=request.actor, codes=[deadline.subject for deadline in shown])
    page = {
        "now": now,
        "lines": lines(request),
        "due": [(deadline, subjects.get(deadline.subject)) for deadline in shown],
        "due_count": due.count(),
        "desk_count": records.desk(actor=request.actor).count(),
        "troubles": records.open_troubles(actor=request.actor),
    }
    return render(request, "office/home.html", page)
