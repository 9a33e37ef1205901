"""The match for those who look at it: the desk, a person with their own list, an employer."""

from collections.abc import Mapping
from dataclasses import dataclass

from tragitto.candidates.models import Candidate
from tragitto.selection.models import Match, Round, RoundPost, Run
from tragitto.selection.queries.pairing import adopted_matches, live_matches
from tragitto.selection.queries.rounds import posts_of
from tragitto.selection.vocabulary import MatchEnd, RunKind


@dataclass(frozen=True)
class ListLine:
    """A post in a person's own list: their place at it, and the last place that the post reached.

    `place` 0 = the firm named others alone, or nobody.
    """

    post: RoundPost
    place: int
    cutoff: int
    is_theirs: bool

    @property
    def is_reached(self) -> bool:
        """Whether the post came as far as this person."""
        return 0 < self.place <= self.cutoff


@dataclass(frozen=True)
class Placed:
    """A person in a match: the post they have, if any, and their own list that explains it, best first."""

    candidate: Candidate
    post: RoundPost | None
    lines: tuple[ListLine, ...]

    @property
    def wish(self) -> int:
        """Which of their wishes they have, counted from 1; 0 = none."""
        return next((at for at, line in enumerate(self.lines, 1) if line.is_theirs), 0)


@dataclass(frozen=True)
class Filled:
    """A post in a match: who has it, how many seats there are, and the last place of its list reached."""

    post: RoundPost
    seats: int
    cutoff: int
    people: tuple[Candidate, ...]


@dataclass(frozen=True)
class Difference:
    """What a match made anew changes for one person, and why: a word of the engine (`rematching.Why`)."""

    candidate: Candidate
    had: RoundPost | None
    has: RoundPost | None
    why: str


@dataclass(frozen=True)
class Matched:
    """A run of the match as the desk reads it; `kept` = who has an offer and is not moved."""

    run: Run
    people: tuple[Placed, ...]
    posts: tuple[Filled, ...]
    moves: tuple[Difference, ...]
    kept: tuple[Match, ...]
    is_again: bool

    @property
    def placed(self) -> int:
        """How many people have a post."""
        return sum(each.post is not None for each in self.people)


@dataclass(frozen=True)
class OwnResult:
    """What a person reads: their live match if there is one, and the list by which they check it.

    `lines` is empty for who took part in no confirmed match, or had no ranking that counts.
    """

    match: Match | None
    run: Run
    lines: tuple[ListLine, ...]

    @property
    def is_named(self) -> bool:
        """Whether a firm on their list ranked them."""
        return any(line.place for line in self.lines)


def match_of(run: Run) -> Matched:
    """A run of the match with people and posts in place of codes; it comes with its round. Five queries."""
    result = run.result
    posts = _posts(run.round)
    people = _people(run.round, run.parameters["people"])
    matches: Mapping[str, str] = result["matches"]
    again = run.parameters.get("again", {})
    gone = set(again.get("gone", ()))
    seats = again.get("seats") or dict(run.parameters["posts"])
    placed = [
        Placed(people[code], posts.get(matches.get(code, "")), _lines(run, code, posts))
        for code in run.parameters["people"]
        if code in people and code not in gone
    ]
    filled = [
        Filled(post, seats.get(code, 0), result["cutoffs"].get(code, 0), _those(people, matches, code))
        for code, post in posts.items()
        if code in seats
    ]
    moves = [
        Difference(people[each["candidate"]], posts.get(each["had"]), posts.get(each["has"]), each["why"])
        for each in result.get("moves", ())
        if each["candidate"] in people
    ]
    kept = tuple(each for each in live_matches(run.round) if each.candidate.code in gone)
    return Matched(run, tuple(placed), tuple(filled), tuple(moves), kept, bool(again))


def match_runs(round: Round) -> list[Run]:
    """The runs of the match of the round, the newest first, with who confirmed them. One query."""
    found = Run.objects.filter(round=round, kind=RunKind.MATCH, is_what_if=False)
    parts = ("adoption", "round__rules", "round__scheme")
    return list(found.select_related(*parts).defer("instance").order_by("-number"))


def confirmed_match(round: Round) -> Run | None:
    """The newest match of the round that a person confirmed. One query."""
    return adopted_matches(round).first()


def matches_of(round: Round) -> list[Match]:
    """Every match of the round, those that ended too, the newest first. One query."""
    parts = ("candidate", "post__position__profile", "post__position__expression__employer")
    return list(
        Match.objects.filter(post__round=round)
        .select_related(*parts)
        .order_by("-matched_at", "candidate__code")
    )


def own_result(candidate: Candidate, round: Round) -> OwnResult | None:
    """The person's result in the round, and how they check it from their own list; none before a match was
    confirmed. Four queries.
    """
    run = confirmed_match(round)
    if run is None:
        return None
    match = live_matches(round).filter(candidate=candidate).first()
    if match is None and candidate.code in run.parameters.get("again", {}).get("gone", ()):
        return OwnResult(None, run, ())  # they took no part in the match that was made anew
    told = match.run if match is not None else run
    return OwnResult(match, told, _lines(told, candidate.code, _posts(round)))


def has_changed(round: Round, confirmed: Run) -> bool:
    """Whether a match ended after the one last confirmed, so that a seat may be free. One query."""
    over = Match.objects.filter(post__round=round, ended_at__gt=confirmed.adoption.adopted_at)
    return over.exclude(end=MatchEnd.MATCHED_AGAIN).exists()


def ended_matches_of(candidate: Candidate, round: Round) -> list[Match]:
    """The person's matches of the round that ended, the newest first. One query."""
    over = Match.objects.filter(candidate=candidate, post__round=round, ended_at__isnull=False)
    return list(over.order_by("-ended_at", "pk"))


def result_of(post: RoundPost) -> list[Match]:
    """Whom a post was matched with and stands. One query."""
    return list(live_matches(post.round).filter(post=post))


def _posts(round: Round) -> dict[str, RoundPost]:
    """Every post of the round by code, those that left too: older results name them."""
    staying = {each.code: each for each in posts_of(round)}
    parts = ("position__profile", "position__expression__call__region", "position__expression__employer")
    left = RoundPost.objects.filter(round=round, left_at__isnull=False).select_related(*parts)
    return staying | {each.code: each for each in left.order_by("pk")}


def _people(round: Round, codes: list[str]) -> dict[str, Candidate]:
    found = Candidate.objects.filter(scheme=round.scheme_id, code__in=codes)
    return {each.code: each for each in found.order_by("pk")}


def _those(people: Mapping[str, Candidate], matches: Mapping[str, str], post: str) -> tuple[Candidate, ...]:
    return tuple(people[who] for who, where in sorted(matches.items()) if where == post and who in people)


def _lines(run: Run, person: str, posts: Mapping[str, RoundPost]) -> tuple[ListLine, ...]:
    """Every wish of the person, the best first; of equals those that named them, in the order of the lot."""
    result = run.result
    mine, places = result["matches"].get(person, ""), dict(result["lists"].get(person, ()))
    order = {code: at for at, code in enumerate(places)}
    wished = [
        code
        for tier in run.parameters["wishes"].get(person, ())
        for code in sorted(tier, key=lambda code: (order.get(code, len(order)), code))
    ]
    return tuple(
        ListLine(posts[code], places.get(code, 0), result["cutoffs"].get(code, 0), code == mine)
        for code in wished
        if code in posts
    )
