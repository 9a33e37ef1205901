"""The calls as published: their list, one with all it is made of, the picture of its journey."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragitto.employers.queries.tallies import Tally, tallies
from tragitto.schemes import drawing, queries
from tragitto.schemes.models import Call, Stage, Step
from tragitto.schemes.rules import Opening
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.finding import found
from tragitto.web.office.paging import page_of


@dataclass(frozen=True)
class Line:
    """A call with its windows and how its filings stand."""

    call: Call
    openings: tuple[Opening, ...]
    counts: Tally


@require_safe
@for_office
def calls(request: OfficeRequest) -> HttpResponse:
    """All calls, drafts included, with how their filings stand."""
    return render(request, "office/calls.html", {"page": page_of(lines(request), request)})


@require_safe
@for_office
def call(request: OfficeRequest, code: str) -> HttpResponse:
    """One call: as approved, windows, conditions, forms, gaps and choices, who does what, its journey."""
    shown = found(queries.get_call, request.actor, code)
    page = {
        "call": shown,
        "contents": queries.contents(shown),
        "duties": [
            duty for duty in queries.duties(shown.scheme) if duty.region_id in (None, shown.region_id)
        ],
        "journey": _journey(shown),
    }
    return render(request, "office/call.html", page)


@require_safe
@for_office
def journey_picture(request: OfficeRequest, code: str) -> HttpResponse:
    """The journey of a call as a picture, in the language of the page."""
    shown = found(queries.get_call, request.actor, code)
    picture = drawing.as_svg(queries.journey_spec(shown.journey), language=get_language() or "it")
    return HttpResponse(picture, content_type="image/svg+xml")


def lines(request: OfficeRequest) -> list[Line]:
    """Each call with its windows and its tally: four queries, however many."""
    counts = tallies(actor=request.actor)
    return [
        Line(line.call, line.openings, counts.get(line.call.pk, Tally()))
        for line in queries.catalogue(actor=request.actor)
    ]


def _journey(shown: Call) -> list[tuple[Stage, list[Step]]]:
    leaving: dict[int, list[Step]] = defaultdict(list)
    for step in queries.steps(shown.journey):
        leaving[step.source_id or 0].append(step)
    return [(stage, leaving[stage.pk]) for stage in queries.stages(shown.journey)]
