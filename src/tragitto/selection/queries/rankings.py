"""Whom a post may rank and where a person may go, what each has said, and what a score sheet asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from tragitto.candidates import words
from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import ON_ROSTER, Answer
from tragitto.kernel.texts import Text
from tragitto.schemes.queries import roster_of
from tragitto.selection.models import (
    Meeting,
    Ranking,
    RankingLine,
    Round,
    RoundPost,
    ScoreSheet,
    Shortlisted,
)
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import MeetingState, SheetGroup

#: What a page of rankings reads beside a pair.
_PARTS = (
    "candidate",
    "invitation",
    "post__round__rules",
    "post__position__profile",
    "post__position__expression__employer",
    "post__position__expression__call__region",
)


@dataclass(frozen=True)
class SheetLine:
    """A line of a score sheet: a requirement of the post, or a general line of the rules."""

    code: str
    title: Text
    group: SheetGroup


@dataclass(frozen=True)
class Side:
    """A post or a person of the round, how many pairs it may rank, and its ranking if it has begun one."""

    post: RoundPost | None
    candidate: Candidate | None
    pairs: int
    ranking: Ranking | None

    @property
    def is_sent(self) -> bool:
        """Whether the ranking was sent."""
        return self.ranking is not None and self.ranking.sent_at is not None


def sheet_lines(meeting: Meeting) -> list[SheetLine]:
    """What the employer scores at a meeting: what the post asks for, then the lines of the rules.

    The meeting comes with its post, round and rules. One query.
    """
    return lines_asked(meeting.shortlisted.post)


def lines_asked(post: RoundPost) -> list[SheetLine]:
    """The lines of the score sheets of a post, which comes with its round and rules. One query."""
    roster = roster_of(post.round.scheme_id)
    titles = {each.code: each.title for each in roster.skills}
    levels = sorted(post.least_levels.items())
    asked = [(f"level:{tongue}", _level_title(tongue, level)) for tongue, level in levels]
    asked += [(f"skill:{code}", titles.get(code, {"it": code})) for code in post.must_skills]
    asked += [(f"licence:{code}", titles.get(code, {"it": code})) for code in post.must_licences]
    found = [SheetLine(code, title, SheetGroup.REQUIREMENT) for code, title in asked]
    general = rules_of(post.round).sheet
    return [*found, *(SheetLine(each.code, each.title, SheetGroup.GENERAL) for each in general)]


def rankable(round: Round, *, at: datetime) -> QuerySet[Shortlisted]:
    """The pairs of the round that may be ranked at `at`, in the order of posts and places. One query.

    The person said yes, is on the roster, and either the two have met, or they could not without the
    person's doing: no time was found, the firm did not come, the office cancelled. Whoever missed or
    cancelled the meeting themselves and took no other is not among them; who meets later is not yet.
    """
    last = Meeting.objects.filter(shortlisted=OuterRef("pk")).order_by("-pk")
    lost = Q(last_state=MeetingState.CANDIDATE_MISSED) | Q(
        last_state=MeetingState.CANCELLED, last_by=F("candidate__account")
    )
    to_come = Q(last_state=MeetingState.PLANNED, last_starts__gt=at)
    found = standing(round).annotate(
        last_state=Subquery(last.values("state")[:1]),
        last_by=Subquery(last.values("state_by")[:1]),
        last_starts=Subquery(last.values("starts_at")[:1]),
    )
    found = found.filter(Q(last_state=None) | ~(lost | to_come))
    return found.select_related(*_PARTS).order_by("post", "place", "pk")


def standing(round: Round) -> QuerySet[Shortlisted]:
    """The pairs of the round that said yes and still stand, whether they met or not."""
    return Shortlisted.objects.filter(
        post__round=round,
        post__left_at=None,
        removed_at=None,
        given_up_at=None,
        answer=Answer.ACCEPTED,
        invitation__recalled_at=None,
        candidate__status__in=ON_ROSTER,
    )


def to_rank_for(post: RoundPost, *, at: datetime) -> list[Shortlisted]:
    """The people whom a post may rank. One query."""
    return list(rankable(post.round, at=at).filter(post=post))


def to_rank_by(candidate: Candidate, round: Round, *, at: datetime) -> list[Shortlisted]:
    """The posts that a person may rank. One query."""
    return list(rankable(round, at=at).filter(candidate=candidate))


def ranking_of(
    round: Round, *, post: RoundPost | None = None, candidate: Candidate | None = None
) -> Ranking | None:
    """What a post or a person has said so far, as a draft or sent. One query."""
    return Ranking.objects.filter(round=round, post=post, candidate=candidate).first()


def rankings_of_posts(posts: Collection[RoundPost]) -> dict[int, Ranking]:
    """What the employers of these posts have said so far, by the key of the post. One query."""
    found = Ranking.objects.filter(post__in=[each.pk for each in posts]).order_by("pk")
    return {each.post_id: each for each in found if each.post_id is not None}


def rounds_to_wish(candidate: Candidate, *, at: datetime) -> QuerySet[Round]:
    """The rounds that wait for the person's wishes, which they have not sent. One query."""
    said = Shortlisted.objects.filter(
        candidate=candidate,
        post__round=OuterRef("pk"),
        post__left_at=None,
        answer=Answer.ACCEPTED,
        removed_at=None,
        given_up_at=None,
    )
    sent = Ranking.objects.filter(candidate=candidate, round=OuterRef("pk"), sent_at__isnull=False)
    waiting = Round.objects.filter(Exists(said), ~Exists(sent), rank_by__gte=at, closed_at=None)
    return waiting.select_related("scheme").order_by("rank_by", "pk")


def tiers_of(ranking: Ranking | None) -> dict[str, int | None]:
    """The tiers by the code of the pair; nothing where nothing was said. One query."""
    if ranking is None:
        return {}
    lines = RankingLine.objects.filter(ranking=ranking)
    return dict(lines.order_by("pk").values_list("shortlisted__code", "tier"))


def rankings_of(round: Round, *, at: datetime) -> list[Side]:
    """Every post and every person that may rank or has ranked, posts first. Two queries."""
    pairs = list(rankable(round, at=at))
    said = Ranking.objects.filter(round=round).select_related(
        "post__position__profile", "post__position__expression__employer", "candidate"
    )
    known = list(said.order_by("pk"))
    posts = {each.post_id: each.post for each in pairs}
    people = {each.candidate_id: each.candidate for each in pairs}
    for ranking in known:
        if ranking.post is not None and ranking.post.left_at is None:
            posts.setdefault(ranking.post.pk, ranking.post)
        if ranking.candidate is not None:
            people.setdefault(ranking.candidate.pk, ranking.candidate)
    of_post = {each.post_id: each for each in known if each.post_id}
    of_person = {each.candidate_id: each for each in known if each.candidate_id}
    return [
        *(
            Side(post, None, sum(each.post_id == key for each in pairs), of_post.get(key))
            for key, post in posts.items()
        ),
        *(
            Side(None, person, sum(each.candidate_id == key for each in pairs), of_person.get(key))
            for key, person in sorted(people.items(), key=lambda item: item[1].code)
        ),
    ]


def sheets_of_firms(employers: Collection[str], *, at: datetime) -> QuerySet[Meeting]:
    """The meetings of these firms that have begun, with their sheets, the latest first. One query."""
    begun = Meeting.objects.filter(
        employer__code__in=list(employers),
        starts_at__lte=at,
        state__in=[MeetingState.PLANNED, MeetingState.HELD],
        shortlisted__post__round__closed_at=None,
    )
    return begun.select_related(
        "candidate",
        "employer",
        "sheet",
        "shortlisted__invitation",
        "shortlisted__post__round__rules",
        "shortlisted__post__position__profile",
        "shortlisted__post__position__expression__call",
    ).order_by("-starts_at", "pk")


def sheets_for(post: RoundPost) -> dict[int, ScoreSheet]:
    """The sheets about the people of a post by the key of the pair. One query."""
    found = ScoreSheet.objects.filter(meeting__shortlisted__post=post).select_related("meeting")
    return {each.meeting.shortlisted_id: each for each in found.order_by("pk")}


def _level_title(tongue: str, level: str) -> dict[str, str]:
    language = (get_language() or "it").split("-")[0]
    return {language: f"{words.TONGUE.get(tongue, tongue)} {level}"}
