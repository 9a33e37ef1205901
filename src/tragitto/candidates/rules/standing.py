"""Which typed reason may follow where somebody stands, and who may give it. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tragitto.candidates.rules.clock import PLACE_ENDS
from tragitto.schemes.pack import ReasonSpec
from tragitto.schemes.vocabulary import ReasonGiver, ReasonUse
from tragitto.schemes.vocabulary import RosterStatus as Status

#: On the roster: nobody stands there who was under age when they sent (the database holds to it).
WITH_A_PLACE = frozenset({Status.ACTIVE, Status.RESERVED, Status.PLACED})
_IN = frozenset({Status.CHECKING, Status.ACTIVE, Status.PAUSED, Status.RESERVED})
#: From where each turn of a registration may be taken. Merging has its own verbs.
TURNS: dict[ReasonUse, frozenset[Status]] = {
    ReasonUse.SENDING: frozenset({Status.REGISTERING}),
    ReasonUse.ADMITTING: frozenset({Status.CHECKING}),
    ReasonUse.PAUSING: frozenset({Status.ACTIVE}),
    ReasonUse.RETURNING: frozenset({Status.PAUSED}),
    ReasonUse.RESERVING: frozenset({Status.ACTIVE}),
    ReasonUse.PLACING: frozenset({Status.ACTIVE, Status.RESERVED}),
    ReasonUse.FALLING_THROUGH: frozenset({Status.RESERVED, Status.PLACED}),
    ReasonUse.UNCONFIRMED: frozenset({Status.ACTIVE}),
    ReasonUse.WAITED_OUT: frozenset({Status.ACTIVE, Status.PAUSED}),
    ReasonUse.CONFIRMING_LATE: frozenset({Status.LAPSED}),
    ReasonUse.WITHDRAWING: _IN | {Status.PLACED, Status.LAPSED, Status.NOT_ADMITTED},
    ReasonUse.COMING_BACK: frozenset({Status.WITHDRAWN, Status.NOT_ADMITTED, Status.LAPSED}),
    ReasonUse.UNDER_AGE: _IN | {Status.LAPSED},
    ReasonUse.MERGING: frozenset(),
    ReasonUse.UNMERGING: frozenset(),
}
#: From where a reason that the desk picks may lead to a status. Nobody gets on the roster by one who was not
#: checked, and nobody lapses by one.
PICKED: dict[Status, frozenset[Status]] = {
    Status.CHECKING: frozenset({Status.ACTIVE, Status.PAUSED, Status.RESERVED}),
    Status.ACTIVE: frozenset({Status.PAUSED, Status.RESERVED, Status.PLACED}),
    Status.PAUSED: frozenset({Status.ACTIVE}),
    Status.RESERVED: frozenset({Status.ACTIVE}),
    Status.PLACED: frozenset({Status.ACTIVE, Status.RESERVED}),
    Status.NOT_ADMITTED: _IN | {Status.LAPSED},
}

#: Of two registrations of one person the one that has come further stays: nobody goes back by a merge.
_FURTHER = (
    Status.NOT_ADMITTED, Status.LAPSED, Status.CHECKING, Status.PAUSED, Status.ACTIVE, Status.RESERVED,
    Status.PLACED,
)  # fmt: skip


class Hindrance(StrEnum):
    """Why a reason may not be given."""

    NOT_FROM_HERE = "not-from-here"
    NOT_YOURS = "not-yours"
    NOTE_MISSING = "note-missing"
    NOT_IDENTIFIED = "not-identified"
    BIRTH_UNKNOWN = "birth-unknown"
    UNDER_AGE = "under-age-today"
    WAS_UNDER_AGE = "under-age-when-sent"
    TAKES_THE_PLACE = "takes-the-place"
    OFFICE_PAUSE = "office-pause"
    PLACE_STILL_KEPT = "place-still-kept"
    TOO_LATE = "too-late"
    NOT_SENT = "not-sent"
    HAS_WITHDRAWN = "has-withdrawn"
    OTHER_IS_FURTHER = "other-is-further"


@dataclass(frozen=True)
class Stand:
    """Where somebody stands: since which day, and for which turn of the house, if it was one.

    `adult_on` = the day from which they are of age, if their birth is known, `sent_on` = that on which they
    sent; `is_identified`: a keeper compared their names with a document.
    """

    status: Status
    since_on: date
    use: ReasonUse | None = None
    adult_on: date | None = None
    sent_on: date | None = None
    is_identified: bool = False

    def returns_until(self, return_days: int) -> date:
        """The last day on which who has lapsed comes back to the place held before."""
        return self.since_on + timedelta(days=return_days)


def hindrance(
    stand: Stand, reason: ReasonSpec, giver: ReasonGiver, *, note: str, return_days: int, on: date
) -> Hindrance | None:
    """Why `giver` may not give `reason` on this day to somebody who stands there; None if they may."""
    if giver not in reason.givers:
        return Hindrance.NOT_YOURS
    allowed = TURNS[reason.use] if reason.use else PICKED.get(reason.leads_to, frozenset())
    if stand.status not in allowed:
        return Hindrance.NOT_FROM_HERE
    is_late = on > stand.returns_until(return_days)
    return (
        _unsaid(reason, note)
        or _from_a_lapse(stand, reason, is_late=is_late)
        or _from_a_pause(stand, reason, giver)
        or _entering(stand, reason, on)
    )


def hindrance_to_merging(*, gone: str, kept: str) -> Hindrance | None:
    """Why a registration that stands at `gone` may not be merged into one at `kept`; None if it may."""
    if Status.REGISTERING in {gone, kept}:
        return Hindrance.NOT_SENT
    if Status.WITHDRAWN in {gone, kept}:
        return Hindrance.HAS_WITHDRAWN
    return Hindrance.OTHER_IS_FURTHER if how_far(kept) < how_far(gone) else None


def how_far(status: str) -> int:
    """How far somebody has come who stands there: the higher the further, the least where it is over."""
    return _FURTHER.index(Status(status)) if status in _FURTHER else -1


def _unsaid(reason: ReasonSpec, note: str) -> Hindrance | None:
    """What the reason itself lacks: its note, or the right to take a place away."""
    if reason.needs_note and not note.strip():
        return Hindrance.NOTE_MISSING
    may_take = reason.leads_to in PLACE_ENDS or reason.use == ReasonUse.COMING_BACK
    return None if reason.keeps_place or may_take else Hindrance.TAKES_THE_PLACE


def _from_a_lapse(stand: Stand, reason: ReasonSpec, *, is_late: bool) -> Hindrance | None:
    """Within the term one comes back to one's place and to no other; after it, to a new one."""
    if stand.status != Status.LAPSED:
        return None
    if reason.use == ReasonUse.CONFIRMING_LATE and is_late:
        return Hindrance.TOO_LATE
    if reason.use == ReasonUse.COMING_BACK and not is_late:
        return Hindrance.PLACE_STILL_KEPT
    return None


def _from_a_pause(stand: Stand, reason: ReasonSpec, giver: ReasonGiver) -> Hindrance | None:
    """A pause that the office made, the office ends."""
    is_own = giver == ReasonGiver.PERSON and reason.use == ReasonUse.RETURNING
    return Hindrance.OFFICE_PAUSE if is_own and stand.use != ReasonUse.PAUSING else None


def _entering(stand: Stand, reason: ReasonSpec, on: date) -> Hindrance | None:
    """What must be known of whoever comes in: their age, and before they are on the roster who they are, and
    that they were of age when they sent.
    """
    if reason.use in {ReasonUse.SENDING, ReasonUse.COMING_BACK}:
        if stand.adult_on is None:
            return Hindrance.BIRTH_UNKNOWN
        return Hindrance.UNDER_AGE if stand.adult_on > on else None
    if reason.use == ReasonUse.ADMITTING and not stand.is_identified:
        return Hindrance.NOT_IDENTIFIED
    if reason.leads_to in WITH_A_PLACE and stand.sent_on:
        if stand.adult_on is None:
            return Hindrance.BIRTH_UNKNOWN
        return Hindrance.WAS_UNDER_AGE if stand.adult_on > stand.sent_on else None
    return None
