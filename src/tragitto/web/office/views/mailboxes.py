"""The mailboxes of the office: when each was fetched, whether all of it is here, what guards the files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.kernel import clock
from tragitto.records import queries, trusted_list
from tragitto.records.queries import boxes, files
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto_pec import scan


@require_safe
@for_office("officer", "reviewer", "administrator")
def mailboxes(request: OfficeRequest) -> HttpResponse:
    """Every mailbox this office reads, and what the house needs to judge what comes in."""
    open_troubles = list(queries.open_troubles(actor=request.actor))
    trusted, now = trusted_list.summary(), clock.now()
    page = {
        "boxes": boxes.boxes(actor=request.actor),
        "troubles": boxes.troubles_of_files(open_troubles),
        "has_scanner": files.has_scanner(),
        "last_check": boxes.last_check(),
        "reads_scans": scan.can_read(),
        "trusted": trusted,
        "is_stale": trusted is not None and trusted.is_stale(now),
    }
    return render(request, "office/mailboxes.html", page)
