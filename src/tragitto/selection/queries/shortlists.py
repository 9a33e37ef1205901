"""Shortlists: of a post, of a round with how often each person is seen, of an employer, of a person."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.disclosure import Shown, shown_to
from tragitto.candidates.vocabulary import UNSEEN, Answer
from tragitto.kernel.refusals import NotFound
from tragitto.selection.models import Round, RoundPost, Run, Shortlisted
from tragitto.selection.rules.proposals import Proposal, proposals
from tragitto.selection.vocabulary import LineState, RunKind

#: States in which a person takes up one of the places of a post's shortlist.
STANDING = (LineState.PROPOSED, LineState.ASKED, LineState.ACCEPTED)


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
    """How far the person has come; the row comes with its candidate and its invitation."""
    invitation = row.invitation
    if row.removed_at is not None:
        return LineState.REMOVED
    if row.given_up_at is not None:
        return LineState.GIVEN_UP
    if row.candidate.status in UNSEEN or (invitation is not None and invitation.recalled_at is not None):
        return LineState.UNSEEN
    if invitation is None or row.published_at is None:
        return LineState.PROPOSED
    answers = {Answer.ACCEPTED: LineState.ACCEPTED, Answer.DECLINED: LineState.DECLINED}
    return answers.get(Answer(invitation.answer), LineState.ASKED) if invitation.answer else LineState.ASKED


def rows_of(round: Round) -> QuerySet[Shortlisted]:
    """Everybody who stands or stood on a shortlist of the round, post by post in their places. One query."""
    whole = Shortlisted.objects.filter(post__round=round, post__left_at=None)
    return whole.select_related("candidate", "invitation", "post").order_by("post", "place", "pk")


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


def line_for(round: Round, code: str) -> Shortlisted:
    """The row of this code in the round; raises `NotFound`. One query."""
    row = rows_of(round).filter(code=code).first()
    if row is None:
        raise NotFound(code)
    return row


def shown_posts(employers: Collection[str], *, on: date) -> list[tuple[RoundPost, list[ShownLine]]]:
    """The posts of these employers in open rounds, each with the people shown for it, the likeliest first.

    Whoever declined, withdrew or was taken back is not among them. Ten queries and one for each scheme.
    """
    given = Shortlisted.objects.filter(
        post__position__expression__employer__code__in=list(employers),
        post__left_at=None,
        post__round__closed_at=None,
        published_at__isnull=False,
        removed_at=None,
        given_up_at=None,
    ).select_related(
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


def own_line(candidate: Candidate, invitation: int) -> Shortlisted | None:
    """The person's place on the shortlist that this invitation is about, if it is about one. One query."""
    return next((each for each in own_lines(candidate) if each.invitation_id == invitation), None)


def waiting(post: RoundPost) -> list[Proposal]:
    """Who comes next for the post by the newest run taken up, and is not on its list. Two queries."""
    run = Run.objects.filter(round=post.round_id, adoption__isnull=False, kind=RunKind.SHORTLISTS)
    newest = run.order_by("-number").first()
    if newest is None:
        return []
    known = set(Shortlisted.objects.filter(post=post).values_list("candidate__code", flat=True))
    next_ones = [each for each in proposals(newest.result, waiting=True) if each.post == post.code]
    return [each for each in next_ones if each.candidate not in known]
