"""Arithmetic of the cases: whole months between days, the year of a decision, what sets a term running."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

#: The effect by which a journey sets a term running.
START_TERM = "start_term"


class Since(StrEnum):
    """What sets a term running."""

    FILING = "filing"
    STEP = "step"


class StartTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The law parameter that gives the length, and what sets the term running."""

    term: str
    since: Since = Since.FILING


def terms_of_the_filing(effects: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The law parameters of the terms that `effects` of steps set running from the filing."""
    started = (use.get("parameters", {}) for use in effects if use["name"] == START_TERM)
    wanted = [msgspec.convert(parameters, StartTerm) for parameters in started]
    return frozenset(each.term for each in wanted if each.since is Since.FILING)


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
