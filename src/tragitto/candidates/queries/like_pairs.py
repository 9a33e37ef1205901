"""Pairs that look alike and merges, as the desk sees them: the queue, two side by side, a person's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tragitto.candidates.models import Candidate, CandidateFile, IdentityDocument, LikePair, Merge
from tragitto.candidates.queries.identity import Compared
from tragitto.candidates.queries.likeness import COMPARED
from tragitto.candidates.rules.comparing import pieces
from tragitto.candidates.rules.standing import how_far
from tragitto.candidates.vocabulary import FilePurpose, Likeness
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.queries import roster_schemes
from tragitto.schemes.vocabulary import RosterDutyKind

#: What is shown of a person on either side, in the order in which a clerk compares.
FIELDS = (
    "surnames", "given_names", "arabic_surnames", "arabic_given_names", "birth_on", "birth_place",
    "nationality", "phone", "email", "town",
)  # fmt: skip
#: The newest photos of papers on either side: both sides of a card.
_PHOTOS = 2


@dataclass(frozen=True)
class Side:
    """One of the two: the person, who registered them, and photos of their papers."""

    person: Candidate
    registrars: tuple[str, ...]
    photos: tuple[CandidateFile, ...]


@dataclass(frozen=True)
class SideBySide:
    """Two people field by field; of documents those in force, by kind."""

    sides: tuple[Side, Side]
    compared: tuple[Compared, ...]
    documents: Mapping[str, tuple[Compared, ...]]


def pairs(actor: Actor, state: Likeness) -> QuerySet[LikePair]:
    """The pairs in this state on the rosters that the actor's organisation keeps, the likeliest first.

    Open ones only as long as both registrations stand; nobody sees a pair of their own.
    """
    kept = LikePair.objects.filter(first__scheme__in=roster_schemes(actor, RosterDutyKind.KEEPS))
    found = kept.filter(state=state).exclude(Q(first__account=actor.code) | Q(second__account=actor.code))
    if state == Likeness.OPEN:
        found = found.filter(first__status__in=COMPARED, second__status__in=COMPARED)
    whole = found.select_related("first__identity", "second__identity", "first__scheme", "second__scheme")
    return whole.order_by("-score", "pk") if state == Likeness.OPEN else whole.order_by("-decided_at", "-pk")


def pair_for(actor: Actor, code: str) -> LikePair:
    """The pair of this code; raises `NotFound` for none, and for one out of sight. Three queries."""
    for state in Likeness:
        if found := pairs(actor, state).filter(code=code).first():
            return found
    raise NotFound(code)


def next_open(actor: Actor, *, but: LikePair) -> LikePair | None:
    """The open pair that waits first beside this one. One query."""
    return pairs(actor, Likeness.OPEN).exclude(pk=but.pk).first()


def side_by_side(pair: LikePair) -> SideBySide:
    """Both people with all that tells them apart. Four queries."""
    both = (pair.first, pair.second)
    organisations = _registrars(both)
    photos = _photos(both)
    first, second = (
        Side(each, tuple(organisations.get(each.pk, ())), tuple(photos.get(each.pk, ()))) for each in both
    )
    rows = (_compared(name, *(_said(each, name) for each in both)) for name in FIELDS)
    compared = tuple(row for row in rows if row.ours or row.theirs)
    return SideBySide((first, second), compared, _documents(*both))


def stays(pair: LikePair) -> Candidate:
    """Which of the two had better stay: who has come further on the roster, then who signs in themselves,
    whose identity is confirmed, the older.
    """
    return max(
        (pair.second, pair.first),
        key=lambda each: (
            how_far(each.status),
            bool(each.account),
            each.identity.confirmed_at is not None,
            each is pair.first,
        ),
    )


def pairs_of(candidate: Candidate) -> QuerySet[LikePair]:
    """The pairs of a person that are open or told apart, the open ones first. One query."""
    theirs = LikePair.objects.filter(Q(first=candidate) | Q(second=candidate)).exclude(state=Likeness.SAME)
    whole = theirs.select_related("first__identity", "second__identity")
    return whole.order_by("decided_at", "-score", "pk")


def merges_of(candidate: Candidate) -> QuerySet[Merge]:
    """What was merged into a person, and into whom the person was merged, as far as it stands. One query."""
    standing = Merge.objects.filter(Q(kept=candidate) | Q(gone=candidate), undone_at=None)
    return standing.select_related("kept", "gone").order_by("-merged_at", "-pk")


def merge_of(pair: LikePair) -> Merge | None:
    """The merge of the two of a pair, as far as it stands. One query."""
    both = [pair.first_id, pair.second_id]
    standing = Merge.objects.filter(kept__in=both, gone__in=both, undone_at=None)
    return standing.select_related("kept", "gone").first()


def _compared(name: str, ours: str, theirs: str) -> Compared:
    return Compared(name, ours, theirs, pieces(ours, theirs))


def _said(person: Candidate, name: str) -> str:
    return _text(getattr(person.identity, name))


def _text(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def _registrars(people: Iterable[Candidate]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for person in people:
        theirs = person.registrations.filter(ended_at=None).order_by("pk")
        found[person.pk] = list(theirs.values_list("organisation__name", flat=True))
    return found


def _photos(people: Sequence[Candidate]) -> Mapping[int, list[CandidateFile]]:
    found: dict[int, list[CandidateFile]] = {}
    shown = CandidateFile.objects.filter(candidate__in=people, purpose=FilePurpose.IDENTITY)
    for each in shown.order_by("-added_at", "-pk"):
        found.setdefault(each.candidate_id, []).append(each)
    return {key: files[:_PHOTOS] for key, files in found.items()}


def _documents(first: Candidate, second: Candidate) -> Mapping[str, tuple[Compared, ...]]:
    """Of each kind that one of the two has in force, number, number of the person and validity."""
    current = IdentityDocument.objects.filter(candidate__in=[first, second], superseded_at=None)
    held = {(each.kind, each.candidate_id): each for each in current.order_by("kind", "pk")}
    found = {}
    for kind in dict.fromkeys(kind for kind, _person in held):
        ours, theirs = held.get((kind, first.pk)), held.get((kind, second.pk))
        names = ("number", "personal_number", "issuing_state", "expires_on")
        rows = (
            _compared(name, _text(getattr(ours, name, "")), _text(getattr(theirs, name, "")))
            for name in names
        )
        found[kind] = tuple(row for row in rows if row.ours or row.theirs)
    return found
