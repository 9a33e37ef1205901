"""Arithmetic of the cases: months between days, what sets a term running, who gets which case."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

#: The effect by which a journey sets a term running.
START_TERM = "start_term"
#: The effect by which a journey lets a term stand still.
SUSPEND_TERM = "suspend_term"
#: The effect by which a journey lets it run again.
RESUME_TERM = "resume_term"


class Since(StrEnum):
    """What sets a term running."""

    FILING = "filing"
    STEP = "step"


class StartTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The law parameter that gives the length, and what sets the term running."""

    term: str
    since: Since = Since.FILING


class SuspendTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The law parameters of the term that stands still, of how long, how often and to what effect.

    Either it stands for `longest` at most, or while the other side may `reply`. `times` = how often that
    may happen, `effect` = whether the term is suspended or begins anew afterwards.
    """

    term: str
    longest: str = ""
    reply: str = ""
    times: str = ""
    effect: str = ""

    def __post_init__(self) -> None:
        if bool(self.longest) == bool(self.reply):
            raise ValueError("say how long the term stands: either `longest` or `reply`")

    @property
    def by(self) -> str:
        """The law parameter that allows the standing still."""
        return self.longest or self.reply


class ResumeTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The law parameter of the term that runs again, and how long it may rest after the event."""

    term: str
    rest: str = ""


def suspended_by(effects: Iterable[Mapping[str, Any]]) -> list[SuspendTerm]:
    """The terms that `effects` of a step let stand still."""
    found = (use.get("parameters", {}) for use in effects if use["name"] == SUSPEND_TERM)
    return [msgspec.convert(parameters, SuspendTerm) for parameters in found]


def resumed_by(effects: Iterable[Mapping[str, Any]]) -> list[ResumeTerm]:
    """The terms that `effects` of a step let run again."""
    found = (use.get("parameters", {}) for use in effects if use["name"] == RESUME_TERM)
    return [msgspec.convert(parameters, ResumeTerm) for parameters in found]


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


def years_touched(value: int, unit: str, stood: int = 0) -> int:
    """How many years of holidays, besides the first, a term of this length can touch at most.

    `stood` = the days on which its clock stood.
    """
    days = {"years": 366, "months": 31, "working_days": 3}.get(unit, 1) * value + stood
    return 1 + days // 365


def spread[C](
    cases: Iterable[C], loads: Mapping[str, int], is_barred: Callable[[C, str], bool]
) -> Iterator[tuple[C, str]]:
    """Each case with the one of `loads` who has the fewest so far, the first by code among equals.

    Whoever is barred from a case is passed over; a case from which all are is left out.
    """
    carried = dict(loads)
    for case in cases:
        free = [code for code in carried if not is_barred(case, code)]
        if not free:
            continue
        chosen = min(free, key=lambda code: (carried[code], code))
        carried[chosen] += 1
        yield case, chosen
