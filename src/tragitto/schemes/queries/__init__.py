"""Questions about what is published: calls, their windows, forms, duties and journeys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from tragitto.accounts.models import Organisation
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes import permissions, rules
from tragitto.schemes.models import (
    Amendment,
    Call,
    Choice,
    Criterion,
    Duty,
    Form,
    Gap,
    Profile,
    Scheme,
    Window,
)
from tragitto.schemes.queries.acts import (
    amendments,
    as_corrected,
    checks_missing,
    form_spec,
    forms_on_offer,
    linkable,
    links_ever,
    obstacles,
    problems_of,
    regions_to_draft,
    related_links,
    spec_of,
    unfinished,
    verifications,
    whole_of,
)
from tragitto.schemes.queries.arrangements import (
    enquiries_of,
    filing_of,
    hand_overs_of,
    review_of,
    takes_online,
)
from tragitto.schemes.queries.journeys import (
    current_journey,
    entry,
    journey_spec,
    journeys_named,
    newest_journeys,
    stages,
    steps,
)
from tragitto.schemes.queries.rosters import (
    keepers_of,
    roster_of,
    roster_schemes,
    scheme_with_roster,
    schemes_with_roster,
)
from tragitto.schemes.queries.selections import selection_of, selection_spec
from tragitto.schemes.vocabulary import AmendmentKind, CallStatus, DutyKind, Section

__all__ = [
    "CallContents",
    "CallLine",
    "all_calls",
    "amendments",
    "as_corrected",
    "call_for_address",
    "catalogue",
    "checks_missing",
    "contents",
    "current_journey",
    "duties",
    "duty_holders",
    "enquiries_of",
    "entry",
    "filing_of",
    "form_fields",
    "form_named",
    "form_spec",
    "forms_on_offer",
    "get_call",
    "hand_overs_of",
    "journey_spec",
    "journeys_named",
    "keepers_of",
    "linkable",
    "links_ever",
    "newest_journeys",
    "obstacles",
    "openings",
    "problems_of",
    "profiles",
    "published_calls",
    "regions_to_draft",
    "related_links",
    "review_of",
    "roster_of",
    "roster_schemes",
    "scheme_with_roster",
    "schemes_with_roster",
    "section",
    "selection_of",
    "selection_spec",
    "spec_of",
    "stages",
    "steps",
    "takes_online",
    "unfinished",
    "verifications",
    "visible_to",
    "whole_of",
    "window_of",
]


def visible_to(actor: Actor) -> QuerySet[Call]:
    """The calls this actor may know to exist: the published and closed ones, and for offices the drafts."""
    if permissions.may_read_drafts(actor):
        return Call.objects.all()
    return Call.objects.exclude(status=CallStatus.DRAFT)


def published_calls(on: datetime | None = None) -> list[Call]:
    """Published calls with scheme, region and publisher, by code; with ``on`` only those out by then.

    One query, however many calls.
    """
    calls = Call.objects.filter(status=CallStatus.PUBLISHED)
    if on is not None:
        calls = calls.filter(published_at__lte=on)
    return [*calls.select_related("scheme", "region", "publisher").order_by("code")]


def all_calls(actor: Actor) -> list[Call]:
    """Every call the actor may know of, drafts included for offices, by scheme and code; one query."""
    calls = visible_to(actor).select_related("scheme", "region", "publisher")
    return [*calls.order_by("scheme__code", "code")]


def get_call(actor: Actor, code: str) -> Call:
    """The call of this code; raises ``NotFound`` when there is none or the actor may not know it."""
    calls = visible_to(actor).select_related("scheme", "region", "publisher", "journey")
    if (call := calls.filter(code=code).first()) is None:
        raise NotFound(code)
    return call


def call_for_address(address: str, at: datetime) -> Call | None:
    """The published call that takes filings at ``address``; None when there is none.

    Where several calls share a mailbox, the one with a window open at ``at``, else the one whose last
    window closed latest before ``at`` (a late filing is still a filing), else the first in code.
    """
    calls = [
        *Call.objects.filter(mailbox__iexact=address, status=CallStatus.PUBLISHED)
        .select_related("scheme", "region", "publisher", "journey")
        .order_by("code")
    ]
    if not calls:
        return None
    open_ones = [call for call in calls if window_of(call, at)]
    if open_ones:
        return open_ones[0]
    over = [(last, call) for call in calls if (last := _last_end(call)) <= at]
    return max(over, key=lambda pair: pair[0])[1] if over else calls[0]


def openings(call: Call) -> list[rules.Opening]:
    """The windows of ``call`` as they now hold, extensions counted in; two queries."""
    moved = {
        amendment.window_number: amendment.closes_at
        for amendment in call.amendments.filter(kind=AmendmentKind.EXTENSION).order_by("number")
    }
    return [
        rules.Opening(window.number, window.opens_at, moved.get(window.number) or window.closes_at)
        for window in call.windows.order_by("number")
    ]


def window_of(call: Call, instant: datetime) -> rules.Opening | None:
    """The window that takes a filing made at ``instant``, extensions counted in, or None."""
    return rules.window_at(openings(call), instant)


def section(call: Call, name: Section) -> dict[str, str]:
    """The text of a section as it now holds, in four languages; one query."""
    text: dict[str, str] = dict(call.texts.get(name, {}))
    for amendment in call.amendments.filter(kind=AmendmentKind.CORRECTION).order_by("number"):
        text = {**text, **amendment.texts.get(name, {})}
    return text


def form_named(call: Call, code: str) -> Form:
    """The form of the call; raises ``NotFound``."""
    if (form := call.forms.filter(code=code).first()) is None:
        raise NotFound(code)
    return form


def form_fields(call: Call, code: str) -> list[rules.Slot]:
    """Every place to write in the form, with its exact name in the PDF; raises ``NotFound``."""
    return rules.slots(form_spec(form_named(call, code)))


def duties(scheme: Scheme) -> QuerySet[Duty]:
    """Who does what in the scheme, duty by duty, holders named or not; one query."""
    rows = Duty.objects.filter(scheme=scheme).select_related("organisation", "region")
    return rows.order_by("duty", "region__code", "organisation__code")


def duty_holders(call: Call, duty: DutyKind) -> list[Organisation]:
    """The organisations that hold ``duty`` for this call: its region's, else those of the whole scheme."""
    rows = duties(call.scheme).filter(duty=duty, organisation__isnull=False)
    here = [row.organisation for row in rows if row.region_id == call.region_id]
    whole = [row.organisation for row in rows if row.region_id is None]
    return [organisation for organisation in here or whole if organisation is not None]


def reviewing_office(call: Call) -> Organisation:
    """The organisation to which the cases of the call belong: who reviews it, the publisher if it is one of
    several or nobody is named. One query.
    """
    reviewers = duty_holders(call, DutyKind.REVIEWS) or [call.publisher]
    return call.publisher if call.publisher in reviewers else reviewers[0]


def profiles(scheme: Scheme) -> list[Profile]:
    """The profiles of the scheme in their published order; one query."""
    return [*scheme.profiles.order_by("position")]


def _last_end(call: Call) -> datetime:
    return max(opening.closes_at for opening in openings(call))


@dataclass(frozen=True)
class CallLine:
    """A call as lists show it, with its windows as they now hold."""

    call: Call
    openings: tuple[rules.Opening, ...]


@dataclass(frozen=True)
class CallContents:
    """What a call is made of, as its page shows it."""

    openings: tuple[rules.Opening, ...]
    criteria: tuple[Criterion, ...]
    forms: tuple[Form, ...]
    gaps: tuple[Gap, ...]
    choices: tuple[Choice, ...]
    amendments: tuple[Amendment, ...]


def catalogue(*, actor: Actor) -> list[CallLine]:
    """The calls the actor may know, drafts first, then the latest published. Three queries, however many."""
    calls = (
        visible_to(actor)
        .select_related("scheme", "region", "publisher")
        .prefetch_related("windows", "amendments")
        .order_by(F("published_at").desc(nulls_first=True), "code")
    )
    return [CallLine(call, _as_they_hold(call.windows.all(), call.amendments.all())) for call in calls]


def contents(call: Call) -> CallContents:
    """The parts of ``call`` in their written order. Six queries."""
    amendments = tuple(call.amendments.order_by("number"))
    return CallContents(
        openings=_as_they_hold(call.windows.all(), amendments),
        criteria=tuple(call.criteria.order_by("position")),
        forms=tuple(call.forms.order_by("pk")),
        gaps=tuple(call.gaps.order_by("path")),
        choices=tuple(call.choices.order_by("pk")),
        amendments=amendments,
    )


def _as_they_hold(windows: Iterable[Window], amendments: Iterable[Amendment]) -> tuple[rules.Opening, ...]:
    moved = {
        amendment.window_number: amendment.closes_at
        for amendment in sorted(amendments, key=lambda amendment: amendment.number)
        if amendment.kind == AmendmentKind.EXTENSION
    }
    return tuple(
        rules.Opening(window.number, window.opens_at, moved.get(window.number) or window.closes_at)
        for window in sorted(windows, key=lambda window: window.number)
    )
