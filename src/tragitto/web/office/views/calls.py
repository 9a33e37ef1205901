"""The calls as published: their list, one with all it is made of, the picture of its journey."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragitto.employers.queries.tallies import Tally, tallies
from tragitto.kernel import clock
from tragitto.schemes import drawing, permissions, queries
from tragitto.schemes.models import Call, Stage, Step
from tragitto.schemes.rules import Opening
from tragitto.schemes.vocabulary import CallStatus
from tragitto.web.office import obstacles, terms
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.publishing import ExtendForm
from tragitto.web.office.owners import Sight, sights
from tragitto.web.office.views.acts_story import story
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of


@dataclass(frozen=True)
class Line:
    """A call with its windows and how its filings stand."""

    call: Call
    openings: tuple[Opening, ...]
    counts: Tally
    sight: Sight


@require_safe
@for_office
def calls(request: OfficeRequest) -> HttpResponse:
    """All calls, drafts included, with how their filings stand."""
    page = {"page": page_of(lines(request), request), "may_begin": permissions.drafts(request.actor)}
    return render(request, "office/calls.html", page)


@require_safe
@for_office
def call(request: OfficeRequest, code: str) -> HttpResponse:
    """One call: as approved, windows, conditions, forms, gaps and choices, who does what, its journey."""
    shown = found(queries.get_call, request.actor, code)
    return render(request, "office/call.html", page_of_call(request, shown))


@require_safe
@for_office
def journey_picture(request: OfficeRequest, code: str) -> HttpResponse:
    """The journey of a call as a picture, in the language of the page."""
    shown = found(queries.get_call, request.actor, code)
    picture = drawing.as_svg(queries.journey_spec(shown.journey), language=get_language() or "it")
    return HttpResponse(picture, content_type="image/svg+xml")


def page_of_call(request: OfficeRequest, shown: Call) -> dict[str, object]:
    """What the page of a call shows, with the forms of its publisher for those who may publish."""
    contents = queries.contents(shown)
    page: dict[str, object] = {
        "call": shown,
        "contents": contents,
        "duties": [
            duty for duty in queries.duties(shown.scheme) if duty.region_id in (None, shown.region_id)
        ],
        "journey": _journey(shown),
        "terms": terms.titles(timezone.localdate(clock.now()), get_language() or "it"),
        "may_publish": permissions.may_publish(request.actor, shown),
        "may_copy": permissions.drafts(request.actor),
        "story": story(shown),
    }
    if not page["may_publish"]:
        return page
    if shown.status == CallStatus.DRAFT:
        language = get_language() or "it"
        page["obstacles"] = obstacles.sentences(shown, contents.gaps, request.actor, language)
    return {
        **page,
        "texts": acts_words.SECTIONS.items(),
        "extending": ExtendForm(call=shown, openings=contents.openings),
    }


def lines(request: OfficeRequest) -> list[Line]:
    """Each call with its windows and its tally, as far as it is this office's: five queries, however many."""
    counts = tallies(actor=request.actor)
    catalogue = queries.catalogue(actor=request.actor)
    seen = sights([line.call for line in catalogue], request.standing)
    return [
        Line(line.call, line.openings, counts.get(line.call.pk, Tally()), seen[line.call.pk])
        for line in catalogue
    ]


def _journey(shown: Call) -> list[tuple[Stage, list[Step]]]:
    leaving: dict[int, list[Step]] = defaultdict(list)
    for step in queries.steps(shown.journey):
        leaving[step.source_id or 0].append(step)
    return [(stage, leaving[stage.pk]) for stage in queries.stages(shown.journey)]
