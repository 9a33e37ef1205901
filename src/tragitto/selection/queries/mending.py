"""What can still become of a published day: who of those without an hour could take one that is free."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from tragitto.selection.models import Availability, Meeting, MeetingDay, Shortlisted
from tragitto.selection.queries.meetings import availability_of, meetings_of, slots_of, to_meet
from tragitto.selection.queries.timetables import timetable_of
from tragitto.selection.rules import mending
from tragitto.selection.vocabulary import MeetingState
from tragitto_matching.calendar import Slot


@dataclass(frozen=True)
class Seat:
    """A pair without an hour and the free slot that it could have. `lost` = the meeting that it lost through
    no fault of the person: the firm did not come, or could not. `lacks_interpreter` = one was wished for,
    and none is free then.
    """

    pair: Shortlisted
    slot: Slot
    lost: Meeting | None
    lacks_interpreter: bool = False

    def has_begun(self, at: datetime) -> bool:
        """Whether the slot is running: whoever takes it must be called first."""
        return self.slot.begins_at <= at


@dataclass(frozen=True)
class Step:
    """A meeting that stands, and the slot to which it would move."""

    meeting: Meeting
    slot: Slot

    @property
    def word(self) -> str:
        """The step as a form sends it back."""
        return f"{self.meeting.code}@{self.slot.begins_at.isoformat()}"


@dataclass(frozen=True)
class Room:
    """How a pair that lost its hour could have another one: the fewest others would have to move."""

    seat: Seat
    steps: tuple[Step, ...]


def seats(day: MeetingDay, *, at: datetime, only: datetime | None = None) -> list[Seat]:
    """Who of those without an hour could have which free slot of a published day, by the engine's repair.

    Nobody who holds an hour is moved. Who lost theirs comes first, then those who never had one on this day,
    in the order of their places; whoever cancelled or did not come books again themselves. `only` = the one
    slot that is given away. A slot counts until half of it is over. Seven queries.
    """
    if day.published_at is None:
        return []
    usable = {each.number: each for each in _usable(day, at) if only in (None, each.begins_at)}
    waits = _without_hour(day) if usable else _Waits([], {}, {})
    if not waits.rows:
        return []
    number = {each.begins_at: each.number for each in slots_of(day)}
    lost = {row.code: number[waits.lost[row.pk].starts_at] for row in waits.rows if row.pk in waits.lost}
    given = timetable_of(day, waits.rows, away=waits.away)
    found, lacking = mending.seated(given, lost, usable)
    made = [
        Seat(row, usable[found[row.code]], waits.lost.get(row.pk), row.code in lacking)
        for row in waits.rows
        if row.code in found
    ]
    return sorted(made, key=lambda each: (each.slot.begins_at, each.lacks_interpreter))


def room_for_lost(day: MeetingDay, *, at: datetime, stays: Collection[str] = ()) -> Room | None:
    """For the first who lost an hour and finds no free one: the fewest others to move, if all say yes.

    `stays` = the codes of meetings that are not to be moved: somebody said no. None where nobody is in need
    of it, or where there is no way. About twelve queries.
    """
    seated = {each.pair.pk for each in seats(day, at=at)}
    waits = _without_hour(day) if day.published_at else _Waits([], {}, {})
    needy = next((row for row in waits.rows if row.pk in waits.lost and row.pk not in seated), None)
    if needy is None:
        return None
    number = {each.begins_at: each.number for each in slots_of(day)}
    usable = {each.number: each for each in _usable(day, at) if each.begins_at > at}
    movable = {
        each.shortlisted.code: each
        for each in meetings_of(day)
        if each.state == MeetingState.PLANNED and each.starts_at > at and each.code not in stays
    }
    rows = [needy, *(each.shortlisted for each in movable.values())]
    given = timetable_of(day, rows, movable=[each.pk for each in movable.values()], away=waits.away)
    standing = {code: number[each.starts_at] for code, each in movable.items()}
    lost = waits.lost[needy.pk]
    way = mending.with_room(given, standing, (needy.code, number[lost.starts_at]), usable)
    if way is None:
        return None
    steps = [Step(movable[code], usable[slot]) for code, slot in way.moved.items()]
    ordered = sorted(steps, key=lambda each: (each.meeting.starts_at, each.meeting.code))
    return Room(Seat(needy, usable[way.slot], lost), tuple(ordered))


@dataclass(frozen=True)
class _Waits:
    """Pairs without an hour in their order; the meetings that some of them lost; which firm is away when."""

    rows: list[Shortlisted]
    lost: dict[int, Meeting]
    away: dict[str, list[datetime]]


def _without_hour(day: MeetingDay) -> _Waits:
    ended = [each for each in meetings_of(day) if each.state not in (MeetingState.PLANNED, MeetingState.HELD)]
    said = availability_of(day)
    # What became of a pair last: who lost an hour and then cancelled another one books themselves.
    last = {each.shortlisted_id: each for each in sorted(ended, key=lambda one: (one.state_at, one.pk))}
    lost = {pair: each for pair, each in last.items() if _is_of_the_firm(each, said)}
    away: dict[str, list[datetime]] = {}
    for each in ended:
        if each.state == MeetingState.EMPLOYER_MISSED:
            away.setdefault(each.employer.code, []).append(each.starts_at)
    rows = [row for row in to_meet(day.round) if row.pk in lost or row.pk not in last]
    return _Waits(sorted(rows, key=lambda row: row.pk not in lost), lost, away)


def _is_of_the_firm(meeting: Meeting, said: Mapping[str, Availability]) -> bool:
    """Whether it was the firm that did not come, or could not."""
    firm = said.get(meeting.employer.code)
    could_not = firm is not None and meeting.starts_at in firm.cannot
    return meeting.state == MeetingState.EMPLOYER_MISSED or could_not


def _usable(day: MeetingDay, at: datetime) -> list[Slot]:
    return [each for each in slots_of(day) if each.begins_at + (each.ends_at - each.begins_at) / 2 > at]
