"""Arithmetic of the cases: whole months between days, the year of a decision."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between `start` and `end`; below zero when `end` comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


def local_day(instant: datetime, zone: str) -> date:
    """The day of the calendar on which `instant` falls in `zone`."""
    return instant.astimezone(ZoneInfo(zone)).date()


def years_touched(value: int, unit: str) -> int:
    """How many years of holidays, besides the first, a term of this length can touch at most."""
    days = {"years": 366, "months": 31, "working_days": 3}.get(unit, 1) * value
    return 1 + days // 365
