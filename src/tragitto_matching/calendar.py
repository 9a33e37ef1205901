"""The slots of meeting days as instants, with the time of day that each side reads on its own clock.

The timetable itself knows numbers of slots only. Here they become instants: hours are those of one zone
(the office's), days may change their offset in between (summer time; in Morocco also around Ramadan), and
each slot carries the local times of every zone that reads it, so that nobody has to reckon.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One slot of a timetable: from `begins_at` on, `ends_at` excluded, both in UTC."""

    number: int
    begins_at: datetime
    ends_at: datetime
    #: When it begins on the clocks of the zones asked for, in their order.
    local: tuple[datetime, ...]


def slots(
    days: Sequence[date],
    hours: Sequence[tuple[time, time]],
    *,
    minutes: int,
    pause: int,
    zone: str,
    shown: Sequence[str],
) -> tuple[Slot, ...]:
    """The slots of the days, numbered from 0 by time: as many as fit in each of the hours of the zone.

    `hours` are periods of a day that do not overlap (before lunch, after lunch); a slot lasts `minutes` and
    is followed by a pause of `pause` minutes, which the last one of a period need not have. A period that
    ends at 00:00 goes on until midnight. Raises `ValueError` where the hours cannot be
    meant, or an hour does not exist or comes twice on one of the days, because the clocks change in it.
    """
    if minutes < 1 or pause < 0:
        raise ValueError("A slot lasts at least a minute, and a pause is not negative.")
    clock, readers = ZoneInfo(zone), [ZoneInfo(name) for name in shown]
    begun = [
        moment
        for day in sorted(set(days))
        for begin, end in _periods(day, hours, clock)
        for moment in _begins(begin, end, minutes, pause)
    ]
    length = timedelta(minutes=minutes)
    return tuple(
        Slot(
            number=number,
            begins_at=moment,
            ends_at=moment + length,
            local=tuple(moment.astimezone(reader) for reader in readers),
        )
        for number, moment in enumerate(begun)
    )


type _Period = tuple[datetime, datetime]


def _periods(day: date, hours: Sequence[tuple[time, time]], zone: ZoneInfo) -> list[_Period]:
    """The hours of one day as instants in UTC."""
    found: list[_Period] = []
    for begin, end in sorted(hours):
        last = day if end > time(0) else day + timedelta(days=1)
        period = _instant(day, begin, zone), _instant(last, end, zone)
        if period[0] >= period[1]:
            raise ValueError("Hours end after they begin.")
        if found and period[0] < found[-1][1]:
            raise ValueError("Hours of a day do not overlap.")
        found.append(period)
    return found


def _begins(begin: datetime, end: datetime, minutes: int, pause: int) -> list[datetime]:
    whole = int((end - begin).total_seconds()) // 60
    return [begin + timedelta(minutes=passed) for passed in range(0, whole - minutes + 1, minutes + pause)]


def _instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, hour, tzinfo=zone)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ValueError(f"The clocks change at {hour:%H:%M} on {day}: choose another hour.")
    return local.astimezone(UTC)
