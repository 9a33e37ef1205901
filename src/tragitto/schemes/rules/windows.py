"""When a call takes filings: one meaning of a deadline, [opens_at, closes_at), in the zone of the call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Opening:
    """One window as two instants; an unknown opening is None."""

    number: int
    opens_at: datetime | None
    closes_at: datetime


def opening_instant(day: date, zone: str) -> datetime:
    """The first instant of ``day`` in ``zone``."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone))


def closing_instant(last_day: date, last_time: time, zone: str) -> datetime:
    """The first instant that is too late: the second after the last one named.

    A day ends at 23:59:59 local time, and a filing 33 seconds past "12:00" is late (Consiglio di Stato,
    VI, 25 October 2024, n. 8546): the second named is still in, the next one is out.
    """
    wall = datetime.combine(last_day, last_time.replace(microsecond=0)) + timedelta(seconds=1)
    return wall.replace(tzinfo=ZoneInfo(zone))


def in_window(instant: datetime, opens_at: datetime | None, closes_at: datetime) -> bool:
    """Whether ``instant`` lies in [opens_at, closes_at); raises `ValueError` for an instant without zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone cannot be compared with a deadline")
    return (opens_at is None or opens_at <= instant) and instant < closes_at


def window_at(windows: Iterable[Opening], instant: datetime) -> Opening | None:
    """The window that takes a filing made at ``instant``, or None."""
    ordered = sorted(windows, key=lambda window: window.closes_at)
    return next((each for each in ordered if in_window(instant, each.opens_at, each.closes_at)), None)


def overlapping(windows: Sequence[Opening]) -> list[tuple[int, int]]:
    """The numbers of windows that share an instant, each pair once."""
    return [
        (one.number, other.number)
        for index, one in enumerate(windows)
        for other in windows[index + 1 :]
        if _starts_before(one, other.closes_at) and _starts_before(other, one.closes_at)
    ]


def _starts_before(window: Opening, instant: datetime) -> bool:
    return window.opens_at is None or window.opens_at < instant
