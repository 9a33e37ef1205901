"""The score sheets of a post at the desk: what its firm sent about each person it met."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.candidates.actions.looking import look_at_many
from tragitto.kernel import clock
from tragitto.selection.queries.rounds import post_for, round_for
from tragitto.selection.queries.sheets import sheets_read
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.parts.finding import found


@require_safe
@for_office
def sheets(request: OfficeRequest, code: str, post: str) -> HttpResponse:
    """What was sent about each person whom the firm of this post met; that it was read is written down."""
    of = found(round_for, request.actor, code)
    which = found(post_for, of, post)
    read = sheets_read(which)
    look_at_many(
        candidates=sorted({each.meeting.candidate.code for each in read if each.sheet is not None}),
        what="score_sheet",
        actor=request.actor,
        at=clock.now(),
    )
    page = {"round": of, "tab": "rankings", "post": which, "sheets": read, "now": clock.now()}
    return render(request, "office/selection/sheets.html", page)
