"""How long a term is, and what stops or lengthens it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tragitto.kernel.periods import Period
from tragitto.law.rules.refusals import LawRefusal
from tragitto.law.rules.rows import Row
from tragitto.law.vocabulary import DURATIONS, Unit

ONE_DAY = timedelta(days=1)
MONTHS_OF_A_YEAR = 12


class NotCountable(LawRefusal):
    """This cannot be counted: not a term, not from a day, or the clock still stands."""


@dataclass(frozen=True)
class Length:
    """How long a term is, and by which article."""

    value: int
    unit: Unit
    citation: str

    @classmethod
    def of(cls, row: Row) -> "Length":
        """The length a row of the law gives; raises ``NotCountable`` when the row is not a term."""
        if row.unit not in DURATIONS or not isinstance(row.value, int):
            raise NotCountable("not_a_term", f"{row.code} is given in {row.unit} and is not a term.")
        return cls(row.value, row.unit, row.citation)

    @property
    def months(self) -> int:
        """The length in months, for a term in months or years."""
        return self.value * (MONTHS_OF_A_YEAR if self.unit is Unit.YEARS else 1)


@dataclass(frozen=True)
class Suspension:
    """Days on which the clock stands still; what was left runs on afterwards.

    An open period says that the clock still stands.
    """

    period: Period
    why: str
    citation: str

    @classmethod
    def between(cls, stopped_on: date, resumed_on: date, *, why: str, citation: str) -> "Suspension":
        """From the day after ``stopped_on`` to ``resumed_on``: both events follow the first-day rule."""
        return cls(Period(stopped_on + ONE_DAY, resumed_on + ONE_DAY), why, citation)


@dataclass(frozen=True)
class Extension:
    """A length added to a term by a decision or by law."""

    length: Length
    why: str
    citation: str


def add_months(day: date, months: int) -> date:
    """``day`` some months later, or the last day of a month that has no such day (art. 2963(4)-(5) c.c.)."""
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
