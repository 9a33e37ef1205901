"""What a round waits for after its meetings: rankings, score sheets, offers."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from tragitto.selection.models import Match, Meeting, Offer, Ranking, Round, ScoreSheet
from tragitto.selection.queries.pairing import unsettled
from tragitto.selection.queries.rankings import Side, rankings_of
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.queries.runs import newest
from tragitto.selection.vocabulary import MeetingState, RunKind


def rounds_that_wait() -> list[Round]:
    """The rounds that go on and in which rankings were asked for, the oldest first. One query."""
    going_on = Round.objects.published().filter(closed_at=None, rank_by__isnull=False)
    return list(going_on.select_related("scheme", "rules").order_by("rank_by", "pk"))


def not_sent(round: Round, *, at: datetime) -> list[Side]:
    """The posts and people that may rank and have sent nothing, posts first. Two queries."""
    return [each for each in rankings_of(round, at=at) if each.pairs and not each.is_sent]


def is_matched(round: Round) -> bool:
    """Whether a match was run, so that rankings are closed for good. One query."""
    return newest(round, RunKind.MATCH) is not None


def has_ranked(round: Round, side: Side) -> bool:
    """Whether this side has sent its ranking by now. One query."""
    theirs = Ranking.objects.filter(round=round, post=side.post, candidate=side.candidate)
    return theirs.filter(sent_at__isnull=False).exists()


def posts_without_sheets(round: Round, *, at: datetime) -> set[int]:
    """The posts (keys) with a meeting that is over and whose score sheet was not sent. One query."""
    sent = ScoreSheet.objects.filter(meeting=OuterRef("pk"), sent_at__isnull=False)
    over = Meeting.objects.filter(
        ~Exists(sent),
        shortlisted__post__round=round,
        shortlisted__post__left_at=None,
        ends_at__lte=at,
        state__in=[MeetingState.PLANNED, MeetingState.HELD],
    )
    return set(over.order_by("pk").values_list("shortlisted__post", flat=True))


def to_come(round: Round, *, at: datetime) -> int:
    """How many meetings of the round are still to come. One query."""
    planned = Meeting.objects.filter(day__round=round, state=MeetingState.PLANNED, starts_at__gt=at)
    return planned.count()


def offer_due_at(match: Match) -> datetime | None:
    """By when the firm makes its offer, as the rules of the round say; None where they say nothing.

    The match comes with its post, round and rules.
    """
    days = rules_of(match.post.round).offer_within_days
    return match.matched_at + timedelta(days=days) if days else None


def without_offer(round: Round) -> list[Match]:
    """The matches that stand and under which no offer is open or accepted, the oldest first. One query."""
    waiting = Offer.objects.filter(match=OuterRef("pk"), answer="")
    parts = ("post__round__rules", "post__position__expression__call")
    return list(unsettled(round).filter(~Exists(waiting)).select_related(*parts).order_by("matched_at", "pk"))
