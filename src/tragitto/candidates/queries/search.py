"""Searching the roster: who is found, how many, in which order, page after page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, FloatField, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from tragitto.accounts.models import Organisation
from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    ListEntry,
    Registration,
    RosterList,
    SearchRow,
)
from tragitto.candidates.permissions import may_with_roster
from tragitto.candidates.queries.wording import asked
from tragitto.candidates.rules.criteria import Criteria
from tragitto.candidates.rules.facts import wanted
from tragitto.candidates.rules.lexemes import named
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme
from tragitto.schemes.vocabulary import RosterDutyKind, RosterStatus

#: People on a page.
SIZE = 25
#: Counting further takes longer than it tells; so many can still be put in order one by one.
MOST_COUNTED = 5_000


@dataclass(frozen=True)
class Found:
    """One page of people: how many there are (`is_more`: than were counted), and the people on either side
    of whom the pages before and after it stand.
    """

    people: Sequence[Candidate]
    total: int
    is_more: bool
    before: str
    after: str


def matching(actor: Actor, scheme: Scheme, criteria: Criteria) -> QuerySet[SearchRow]:
    """Those on the roster of `scheme` whom `criteria` mean, in no order; raises `NotFound` for whoever does
    not keep it. Two queries before its own when words were given, else one.

    Registrations that were merged into others are meant only where their status is asked for by name.
    """
    if not may_with_roster(actor, "roster.search", scheme):
        raise NotFound(scheme.code)
    rows = SearchRow.objects.filter(scheme=scheme)
    if criteria.status:
        rows = rows.filter(status__in=criteria.status)
    else:
        rows = rows.exclude(status=RosterStatus.MERGED)
    for group in wanted(criteria):
        rows = rows.filter(facts__contains=group) if len(group) == 1 else rows.filter(facts__overlap=group)
    if criteria.available_by:
        rows = rows.filter(Q(available_from=None) | Q(available_from__lte=criteria.available_by))
    if criteria.expiring_by:
        rows = rows.filter(expires_on__lte=criteria.expiring_by)
    rows = _of_words(_of_lists(rows, actor, criteria), named(criteria.name))
    return _of_words(rows, asked(criteria.words, scheme))


def page(
    *, actor: Actor, scheme: Scheme, criteria: Criteria, after: str = "", before: str = "", size: int = SIZE
) -> Found:
    """The people whom `criteria` mean, longest waiting first or best fitting first: the page that follows the
    person of the code `after`, or that stands before `before`; the first one where neither is known.

    So many that they are not counted come longest waiting first in any case. Seven queries, three more with
    words, one more for another page than the first, however many people.
    """
    rows = matching(actor, scheme, criteria)
    counted = list(rows.values_list("place_at", "pk")[: MOST_COUNTED + 1])
    mark = SearchRow.objects.filter(scheme=scheme, candidate__code=after or before)
    marked = mark.values_list("place_at", "pk").first() if after or before else None
    side = _Side(marked, is_back=bool(before and not after), size=size)
    if len(counted) > MOST_COUNTED:
        keys, has_before, has_after = side.of_many(rows)
    else:
        in_order = _by_fit(rows, criteria.words, scheme) if criteria.by_fit else sorted(counted)
        keys, has_before, has_after = side.of_few([pk for *_place, pk in in_order])
    people = _people(keys)
    return Found(
        people=people,
        total=min(len(counted), MOST_COUNTED),
        is_more=len(counted) > MOST_COUNTED,
        before=people[0].code if people and has_before else "",
        after=people[-1].code if people and has_after else "",
    )


def codes(actor: Actor, scheme: Scheme, criteria: Criteria, *, most: int) -> list[str]:
    """The codes of all whom `criteria` mean, longest waiting first, but no more than `most`. As `matching`,
    and one query.
    """
    rows = matching(actor, scheme, criteria).order_by("place_at", "pk")
    return list(rows.values_list("candidate__code", flat=True)[:most])


def registrars(scheme: Scheme) -> list[tuple[str, str]]:
    """Codes and names of the organisations that register people on this roster, by name. One query."""
    registering = Organisation.objects.filter(
        roster_duties__scheme=scheme, roster_duties__duty=RosterDutyKind.REGISTERS
    )
    return list(registering.order_by("name", "pk").values_list("code", "name"))


@dataclass(frozen=True)
class _Side:
    """The page on one side of the person who stands at `mark`: who is on it, and whether others stand before
    and after them.
    """

    mark: tuple[datetime, int] | None
    is_back: bool
    size: int

    def of_few(self, in_order: Sequence[int]) -> tuple[Sequence[int], bool, bool]:
        """Of people all known in their order."""
        place = in_order.index(self.mark[1]) if self.mark and self.mark[1] in in_order else None
        if place is not None and self.is_back:
            first, last = max(0, place - self.size), place
        else:
            first = 0 if place is None else place + 1
            last = min(first + self.size, len(in_order))
        return in_order[first:last], first > 0, last < len(in_order)

    def of_many(self, rows: QuerySet[SearchRow]) -> tuple[Sequence[int], bool, bool]:
        """Of so many that only the page itself is read, along the index of their places."""
        if self.mark is not None:
            at, key = self.mark
            # The index is walked from the mark on; those level with it are sorted out one by one.
            rows = rows.filter(
                Q(place_at__lte=at) & (Q(place_at__lt=at) | Q(pk__lt=key))
                if self.is_back
                else Q(place_at__gte=at) & (Q(place_at__gt=at) | Q(pk__gt=key))
            )
        order = ("-place_at", "-pk") if self.is_back else ("place_at", "pk")
        found = list(rows.order_by(*order).values_list("pk", flat=True)[: self.size + 1])
        has_more, found = len(found) > self.size, found[: self.size]
        if self.is_back:
            return found[::-1], has_more, True
        return found, self.mark is not None, has_more


def _by_fit(rows: QuerySet[SearchRow], words: str, scheme: Scheme) -> list[tuple[Any, ...]]:
    """The best fitting first, and among those who fit alike the longest waiting."""
    fit = RawSQL("-ts_rank(words, %s::tsquery)", [asked(words, scheme)], FloatField())
    return sorted(rows.annotate(fit=fit).values_list("fit", "place_at", "pk"))


def _people(keys: Sequence[int]) -> list[Candidate]:
    """These people as the list shows them, in this order. Four queries."""
    profiles = CandidateProfile.objects.select_related("profile").order_by("position")
    registered = Registration.objects.filter(ended_at=None).select_related("organisation")
    rows = Candidate.objects.filter(pk__in=keys).select_related("identity", "search_row")
    known = {
        each.pk: each
        for each in rows.prefetch_related(
            Prefetch("profiles", profiles, to_attr="wished"),
            Prefetch("registrations", registered, to_attr="registered"),
            "languages",
        )
    }
    return [known[key] for key in keys]


def _of_lists(rows: QuerySet[SearchRow], actor: Actor, criteria: Criteria) -> QuerySet[SearchRow]:
    lists = RosterList.objects.visible_to(actor)
    entries = ListEntry.objects.filter(candidate=OuterRef("pk"))
    if criteria.on_list:
        rows = rows.filter(Exists(entries.filter(roster_list__in=lists.filter(code=criteria.on_list))))
    if criteria.without:
        rows = rows.filter(~Exists(entries.filter(roster_list__in=lists.filter(code__in=criteria.without))))
    return rows


def _of_words(rows: QuerySet[SearchRow], asked: str) -> QuerySet[SearchRow]:
    return rows.filter(RawSQL("words @@ %s::tsquery", [asked], BooleanField())) if asked else rows
