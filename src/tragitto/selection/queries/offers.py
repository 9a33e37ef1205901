"""Offers: of a round, of a person, of firms, and those whose term is over."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from tragitto.candidates.models import Candidate
from tragitto.kernel.refusals import NotFound
from tragitto.selection.models import Match, Offer, Round

_PARTS = (
    "match__candidate",
    "match__post__round__rules",
    "match__post__round__scheme",
    "match__post__position__profile",
    "match__post__position__expression__employer",
    "match__post__position__expression__call__region",
)


def offers_of(round: Round) -> QuerySet[Offer]:
    """The offers of the round, the newest first. One query."""
    found = Offer.objects.filter(match__post__round=round).select_related(*_PARTS)
    return found.order_by("-made_at", "pk")


def offer_in(round: Round, code: str) -> Offer:
    """The offer of this code in the round; raises `NotFound`. One query."""
    found = offers_of(round).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def own_offers(candidate: Candidate) -> QuerySet[Offer]:
    """What the person was offered, the newest first. One query."""
    found = Offer.objects.filter(match__candidate=candidate).select_related(*_PARTS)
    return found.order_by("-made_at", "pk")


def own_offer(candidate: Candidate, code: str) -> Offer:
    """The offer of this code to the person; raises `NotFound`. One query."""
    found = own_offers(candidate).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def offers_of_firms(employers: Collection[str]) -> QuerySet[Offer]:
    """What these firms (codes) offered, the newest first. One query."""
    theirs = Offer.objects.filter(match__post__position__expression__employer__code__in=list(employers))
    return theirs.select_related(*_PARTS).order_by("-made_at", "pk")


def offer_of_firms(employers: Collection[str], code: str) -> Offer:
    """The offer of this code of one of these firms; raises `NotFound`. One query."""
    found = offers_of_firms(employers).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def matches_of_firms(employers: Collection[str]) -> QuerySet[Match]:
    """Whom these firms (codes) were matched with, the newest first, each with its offers. Two queries."""
    parts = [each.removeprefix("match__") for each in _PARTS]
    theirs = Match.objects.filter(post__position__expression__employer__code__in=list(employers))
    made = Prefetch("offers", Offer.objects.order_by("-made_at", "pk"))
    whole = theirs.select_related(*parts, "shortlisted__invitation").prefetch_related(made)
    return whole.order_by("-matched_at", "pk")


def match_of_firms(employers: Collection[str], code: str) -> Match:
    """The match of this code of one of these firms; raises `NotFound`. Two queries."""
    found = matches_of_firms(employers).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def lapsing(at: datetime) -> QuerySet[Offer]:
    """Open offers whose term is over, the oldest first. One query."""
    late = Offer.objects.filter(answer="", due_at__lt=at)
    return late.select_related("match__post__round").order_by("due_at", "pk")
