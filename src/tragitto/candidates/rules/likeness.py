"""How alike two registrations are: points for and against one person, by rules that people wrote.

Nothing is learned and nothing is decided here: a pair with enough points is shown to a person, with the
reasons for and against. docs/duplicates.md prints the points.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from tragitto.candidates.rules.likely_names import Names, reason_of_names
from tragitto.candidates.vocabulary import LikeReason

POINTS: dict[LikeReason, int] = {
    LikeReason.SAME_PERSON_NUMBER: 60,
    LikeReason.PERSON_NUMBER_SLIP: 20,
    LikeReason.SAME_DOCUMENT: 60,
    LikeReason.DOCUMENT_SLIP: 15,
    LikeReason.SAME_NAMES: 36,
    LikeReason.SOUND_ALIKE: 34,
    LikeReason.PART_OF_NAMES: 26,
    LikeReason.NAMES_ALIKE: 18,
    LikeReason.NAMES_TURNED: -3,
    LikeReason.SAME_BIRTH: 34,
    LikeReason.BIRTH_TURNED: 22,
    LikeReason.BIRTH_SLIP: 12,
    LikeReason.BIRTH_YEAR: 8,
    LikeReason.SAME_PHONE: 16,
    LikeReason.SAME_EMAIL: 16,
    LikeReason.SAME_TOWN: 4,
    LikeReason.OTHER_PERSON_NUMBER: -45,
    LikeReason.OTHER_DOCUMENT: -20,
    LikeReason.OTHER_GIVEN_NAMES: -14,
    LikeReason.OTHER_SURNAMES: -16,
    LikeReason.OTHER_NAMES: -40,
    LikeReason.OTHER_BIRTH: -40,
    LikeReason.BY_HAND: 0,
}
#: From so many points on a pair is shown to somebody.
SHOWN = 52
MOST = 100
#: The same number is shown whatever else differs: one of the two has taken it wrongly.
DECISIVE = frozenset({LikeReason.SAME_PERSON_NUMBER, LikeReason.SAME_DOCUMENT})
#: A telephone or address that so many share says nothing of anybody: that of an agency, of a shop.
SHARED_BY_MANY = 20
#: Two documents of one kind and state, valid side by side for longer than the days of a renewal.
RENEWAL_DAYS = 400


@dataclass(frozen=True, slots=True)
class Paper:
    """An identity document as far as it tells people apart; no state = whoever issued it."""

    kind: str
    state: str
    number: str
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of one registration; `key` is the caller's own."""

    key: int
    names: tuple[Names, ...]
    birth_on: date | None = None
    person_number: str = ""
    papers: tuple[Paper, ...] = ()
    phone: str = ""
    email: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Like:
    """Two registrations that may be one person, by their keys, and why."""

    first: int
    second: int
    score: int
    reasons: tuple[LikeReason, ...]


def compare(one: Facts, other: Facts) -> Like | None:
    """What speaks for and against `one` and `other` being one person; None where it is not worth a look."""
    reasons = _beside_names(one, other)
    # Names cost most: they are not looked at where the best of them would not be enough.
    if not _may_be_shown(sum(POINTS[each] for each in reasons) + POINTS[LikeReason.SAME_NAMES], reasons):
        return None
    reasons += reason_of_names(one.names, other.names)
    if not _may_be_shown(sum(POINTS[each] for each in reasons), reasons):
        return None
    return _like(one, other, reasons, SHOWN)


def beside(one: Facts, other: Facts) -> Like:
    """What speaks for and against two whom a person put side by side, worth a look or not."""
    reasons = [*_beside_names(one, other), *reason_of_names(one.names, other.names), LikeReason.BY_HAND]
    return _like(one, other, reasons, 0)


def _beside_names(one: Facts, other: Facts) -> list[LikeReason]:
    birth = reason_of_births(one.birth_on, other.birth_on)
    return [*_numbers(one, other), *_contacts(one, other), *([birth] if birth else [])]


def _like(one: Facts, other: Facts, reasons: Sequence[LikeReason], least: int) -> Like:
    score = sum(POINTS[each] for each in reasons)
    order = sorted(set(reasons), key=list(LikeReason).index)
    return Like(one.key, other.key, max(least, min(MOST, score)), tuple(order))


def _may_be_shown(score: int, reasons: Sequence[LikeReason]) -> bool:
    return score >= SHOWN or not DECISIVE.isdisjoint(reasons)


def _numbers(one: Facts, other: Facts) -> list[LikeReason]:
    found = []
    if one.person_number and other.person_number:
        if one.person_number == other.person_number:
            found.append(LikeReason.SAME_PERSON_NUMBER)
        else:
            is_slip = _is_slip(one.person_number, other.person_number)
            found.append(LikeReason.PERSON_NUMBER_SLIP if is_slip else LikeReason.OTHER_PERSON_NUMBER)
    told = [_papers(mine, theirs) for mine in one.papers for theirs in other.papers]
    for reason in (LikeReason.SAME_DOCUMENT, LikeReason.DOCUMENT_SLIP, LikeReason.OTHER_DOCUMENT):
        if reason in told:
            return [*found, reason]
    return found


def _papers(mine: Paper, theirs: Paper) -> LikeReason | None:
    if mine.kind != theirs.kind or (mine.state and theirs.state and mine.state != theirs.state):
        return None
    if mine.number == theirs.number:
        return LikeReason.SAME_DOCUMENT
    if _is_slip(mine.number, theirs.number):
        return LikeReason.DOCUMENT_SLIP
    older, newer = sorted((mine, theirs), key=lambda each: each.expires_on or date.min)
    if older.expires_on and newer.issued_on and (older.expires_on - newer.issued_on).days > RENEWAL_DAYS:
        return LikeReason.OTHER_DOCUMENT
    return None


def _is_slip(one: str, other: str) -> bool:
    """Whether two numbers differ by one slip of a hand: a sign changed, left out, or two turned."""
    return OSA.distance(one, other, score_cutoff=1) == 1


def _contacts(one: Facts, other: Facts) -> Iterator[LikeReason]:
    if one.phone and one.phone == other.phone:
        yield LikeReason.SAME_PHONE
    if one.email and one.email == other.email:
        yield LikeReason.SAME_EMAIL
    if one.town and one.town == other.town:
        yield LikeReason.SAME_TOWN


def reason_of_births(one: date | None, other: date | None) -> LikeReason | None:
    """What two days of birth say; nothing where one is not known."""
    if one is None or other is None:
        return None
    if one == other:
        return LikeReason.SAME_BIRTH
    if one.year == other.year:
        if (one.day, one.month) == (other.month, other.day):
            return LikeReason.BIRTH_TURNED
        # Where only the year was known, papers have the first of January.
        if (one.month, one.day) == (1, 1) or (other.month, other.day) == (1, 1):
            return LikeReason.BIRTH_YEAR
    differing = sum(mine != theirs for mine, theirs in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True))
    return LikeReason.BIRTH_SLIP if differing == 1 else LikeReason.OTHER_BIRTH


def turned(birth_on: date) -> date | None:
    """The day of birth with day and month turned, where that is another day."""
    if birth_on.day > 12 or birth_on.day == birth_on.month:
        return None
    return birth_on.replace(month=birth_on.day, day=birth_on.month)


def like(draft: Facts, others: Iterable[Facts]) -> list[Like]:
    """Those of `others` who may be the one of `draft`, the likeliest first."""
    found = (compare(draft, other) for other in others if other.key != draft.key)
    return sorted((each for each in found if each), key=lambda each: (-each.score, each.second))


class Roster:
    """Registrations laid out so that those worth comparing lie together: shared numbers, contacts, births.

    Made for batches and for the whole roster; lives in memory and knows no database.
    """

    def __init__(self, people: Iterable[Facts]) -> None:
        self._blocks: dict[Hashable, list[Facts]] = defaultdict(list)
        for person in people:
            self.add(person)

    def add(self, person: Facts) -> None:
        """Have `person` lie with the others."""
        for mark in marks(person):
            self._blocks[mark].append(person)

    def near(self, person: Facts) -> dict[int, Facts]:
        """Those who share a mark with `person`, by their keys; a mark of many says nothing."""
        found: dict[int, Facts] = {}
        for mark in (*marks(person), *_turned_marks(person)):
            block = self._blocks.get(mark, ())
            if mark[0] not in _OF_MANY or len(block) <= SHARED_BY_MANY:
                found.update((each.key, each) for each in block)
        found.pop(person.key, None)
        return found

    def like(self, person: Facts) -> list[Like]:
        """Those who may be `person`, the likeliest first."""
        return like(person, self.near(person).values())


_BIRTH, _PERSON, _PAPER, _PHONE, _EMAIL = "birth", "person", "paper", "phone", "email"
_OF_MANY = frozenset({_PHONE, _EMAIL})


def marks(person: Facts) -> list[tuple[Hashable, ...]]:
    """What two registrations must share at least one of before they are compared at all."""
    found: list[tuple[Hashable, ...]] = [(_PAPER, paper.kind, paper.number) for paper in person.papers]
    if person.birth_on:
        found.append((_BIRTH, person.birth_on))
    named = ((_PERSON, person.person_number), (_PHONE, person.phone), (_EMAIL, person.email))
    return found + [mark for mark in named if mark[1]]


def _turned_marks(person: Facts) -> list[tuple[Hashable, ...]]:
    other_way = turned(person.birth_on) if person.birth_on else None
    return [(_BIRTH, other_way)] if other_way else []
