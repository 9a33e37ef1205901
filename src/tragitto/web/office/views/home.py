"""What waits today: calls with their counts, the sorting desk, terms that run out, troubles."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragitto.agenda import queries as agenda
from tragitto.employers.queries.tallies import by_case
from tragitto.kernel import clock
from tragitto.records import permissions
from tragitto.records import queries as records
from tragitto.web.office import terms
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.views.calls import lines

#: Terms that end within a fortnight are shown, at most so many.
SOON, MOST = timedelta(weeks=2), 15


@require_safe
@for_office
def home(request: OfficeRequest) -> HttpResponse:
    """The first page of the day."""
    now = clock.now()
    past = agenda.due(actor=request.actor, before=now)
    ahead = agenda.due(actor=request.actor, since=now, before=now + SOON)
    over, soon = list(past[:MOST]), list(ahead[:MOST])
    subjects = by_case(actor=request.actor, codes=[deadline.subject for deadline in (*over, *soon)])
    page = {
        "now": now,
        "lines": lines(request),
        "over": [(deadline, subjects.get(deadline.subject)) for deadline in over],
        "over_count": past.count(),
        "soon": [(deadline, subjects.get(deadline.subject)) for deadline in soon],
        "soon_count": ahead.count(),
        "terms": terms.titles(timezone.localdate(now), get_language() or "it"),
        "desk_count": records.desk(actor=request.actor).count(),
        "troubles": records.open_troubles(actor=request.actor),
        "may_sort": permissions.may_sort(request.actor),
    }
    return render(request, "office/home.html", page)
