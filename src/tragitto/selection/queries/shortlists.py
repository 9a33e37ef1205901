"""Shortlists: of a post, of a round with how often each person is seen, of an employer, of a person."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tragitto.candidates.models import Candidate, Invitation
from tragitto.candidates.queries.disclosure import Shown, shown_to
from tragitto.candidates.vocabulary import UNSEEN, Answer
from tragitto.kernel.refusals import NotFound
from tragitto.selection.models import Match, Round, RoundPost, Run, Shortlisted
from tragitto.selection.queries.rounds import rules_of, staying
from tragitto.selection.rules.proposals import Proposal, proposals
from tragitto.selection.vocabulary import LineState, RunKind

#: States in which a person takes up one of the places of a post's shortlist.
STANDING = (LineState.PROPOSED, LineState.ASKED, LineState.ACCEPTED)
_GOES_ON = Q(post__left_at=None, post__round__closed_at=None)


@dataclass(frozen=True)
class Line:
    """A person on the shortlist of a post, how far they came, and on how many shortlists they stand."""

    row: Shortlisted
    state: LineState
    looks: int


@dataclass(frozen=True)
class ShownLine:
    """A person on a shortlist as the employer sees them: the profile, the score and what it is made of."""

    row: Shortlisted
    shown: Shown


def state_of(row: Shortlisted) -> LineState:
    """How far the person has come; the row comes with its candidate, its invitation and its round.

    What the firm was shown is taken back when a round closes; how far everybody had come stays readable.
    """
    invitation = row.invitation
    if row.removed_at is not None:
        return LineState.REMOVED
    if row.given_up_at is not None:
        return LineState.GIVEN_UP
    closed_at, recalled_at = row.post.round.closed_at, invitation.recalled_at if invitation else None
    if row.candidate.status in UNSEEN or (recalled_at and (closed_at is None or recalled_at < closed_at)):
        return LineState.UNSEEN
    if invitation is None or row.published_at is None:
        return LineState.PROPOSED
    answers = {Answer.ACCEPTED: LineState.ACCEPTED, Answer.DECLINED: LineState.DECLINED}
    return answers[Answer(row.answer)] if row.answer else LineState.ASKED


def rows_of(round: Round) -> QuerySet[Shortlisted]:
    """Everybody who stands or stood on a shortlist of the round, post by post in their places. One query."""
    whole = Shortlisted.objects.filter(staying("post__"), post__round=round)
    return whole.select_related("candidate", "invitation", "post__round").order_by("post", "place", "pk")


def by_post(round: Round) -> dict[int, list[Line]]:
    """The shortlists of the round by the key of the post, with everybody's looks. One query."""
    rows = list(rows_of(round))
    states = {row.pk: state_of(row) for row in rows}
    looks = Counter(row.candidate_id for row in rows if states[row.pk] in STANDING)
    found: dict[int, list[Line]] = {}
    for row in rows:
        line = Line(row, states[row.pk], looks[row.candidate_id])
        found.setdefault(row.post_id, []).append(line)
    return found


def places_left(round: Round) -> dict[str, int]:
    """How many people more the list of each post (its code) may have by the published rules. Two queries."""
    rules, lines = rules_of(round), by_post(round)
    live = Q(matches__ended_at=None, matches__isnull=False)
    posts = RoundPost.objects.filter(round=round, left_at=None).annotate(placed=Count("matches", filter=live))
    found = {}
    for post in posts.select_related("position__expression__call").order_by("pk"):
        most = (post.seats - post.placed) * rules.per_seat_of(post.position.expression.call.code)
        found[post.code] = most - sum(each.state in STANDING for each in lines.get(post.pk, []))
    return found


def line_for(round: Round, code: str) -> Shortlisted:
    """The row of this code in the round; raises `NotFound`. One query."""
    row = rows_of(round).filter(code=code).first()
    if row is None:
        raise NotFound(code)
    return row


def shown_posts(employers: Collection[str], *, on: date) -> list[tuple[RoundPost, list[ShownLine]]]:
    """The posts of these employers in open rounds, each with the people shown for it, the likeliest first.

    Whoever declined, withdrew or was taken back is not among them; nor, before the yes to this very post,
    whose name the firm reads already for another. Ten queries and one for each scheme.
    """
    given = Shortlisted.objects.filter(
        post__position__expression__employer__code__in=list(employers),
        post__left_at=None,
        post__round__closed_at=None,
        published_at__isnull=False,
        removed_at=None,
        given_up_at=None,
    ).exclude(answer=Answer.DECLINED)
    given = given.exclude(answer="", invitation__answer=Answer.ACCEPTED).select_related(
        "post__round__rules",
        "post__position__profile__scheme",
        "post__position__expression__employer",
        "candidate",
    )
    people = {each.invitation.pk: each for each in shown_to(employers, on=on)}
    found: dict[RoundPost, list[ShownLine]] = {}
    for row in given.order_by("post", "place", "pk"):
        if row.invitation_id in people:
            found.setdefault(row.post, []).append(ShownLine(row, people[row.invitation_id]))
    return list(found.items())


def own_lines(candidate: Candidate) -> list[Shortlisted]:
    """The shortlists on which the person stands and knows it, the newest first. One query."""
    parts = (
        "post__round__rules",
        "post__position__profile",
        "post__position__expression__call__region",
        "invitation",
    )
    told = Shortlisted.objects.filter(candidate=candidate, published_at__isnull=False, removed_at=None)
    return list(told.select_related(*parts, "candidate").order_by("-published_at", "pk"))


def own_rounds_of(candidate: Candidate) -> QuerySet[Round]:
    """The rounds in which the person was asked to meet a firm, the newest first. One query."""
    asked = Shortlisted.objects.filter(
        candidate=candidate, post__round=OuterRef("pk"), published_at__isnull=False
    )
    found = Round.objects.filter(Exists(asked)).select_related("rules", "scheme")
    return found.order_by("-published_at", "-pk")


def takes_part(candidate: Candidate, round: Round) -> bool:
    """Whether the person still stands on a shortlist of the round, and knows it. One query."""
    told = Shortlisted.objects.filter(candidate=candidate, post__round=round, published_at__isnull=False)
    return told.filter(removed_at=None, given_up_at=None).exists()


def person_of_round(round: Round, code: str) -> Candidate:
    """The person of this code who stands or stood on a shortlist of the round; or `NotFound`. One query."""
    found = Candidate.objects.filter(shortlisted__post__round=round, code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def own_lines_under(invitation: Invitation) -> list[Shortlisted]:
    """The person's places on the shortlists that this invitation is about. One query."""
    return [each for each in own_lines(invitation.candidate) if each.invitation_id == invitation.pk]


def asked_under(candidate: Candidate) -> set[int]:
    """The invitations (database keys) under which a position waits for the person's answer. One query."""
    mine = _standing().filter(_GOES_ON, candidate=candidate, answer="")
    return {key for key in mine.values_list("invitation", flat=True) if key is not None}


def standing_under(invitations: Iterable[Invitation]) -> dict[int, list[str]]:
    """The answers ("" = none yet) of those who stand under invitations, by their keys. One query.

    After a round closed, or its post went on to another, only who is matched still stands.
    """
    matched = Match.objects.filter(shortlisted=OuterRef("pk"), ended_at=None)
    rows = _standing().filter(_GOES_ON | Q(Exists(matched)))
    found: dict[int, list[str]] = {}
    under = rows.filter(invitation__in=[each.pk for each in invitations])
    for key, answer in under.order_by("pk").values_list("invitation", "answer"):
        found.setdefault(key or 0, []).append(answer)
    return found


def _standing() -> QuerySet[Shortlisted]:
    return Shortlisted.objects.filter(published_at__isnull=False, removed_at=None, given_up_at=None)


def waiting(post: RoundPost) -> list[Proposal]:
    """Who comes next for the post by the newest run taken up, and is not on its list. Two queries."""
    run = Run.objects.filter(round=post.round_id, adoption__isnull=False, kind=RunKind.SHORTLISTS)
    newest = run.order_by("-number").first()
    if newest is None:
        return []
    known = set(Shortlisted.objects.filter(post=post).values_list("candidate__code", flat=True))
    next_ones = [each for each in proposals(newest.result, waiting=True) if each.post == post.code]
    return [each for each in next_ones if each.candidate not in known]
