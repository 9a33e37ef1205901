"""One dated row of the law and the question which row was in force on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.kernel.texts import Text
from tragitto.law.rules.refusals import LawRefusal
from tragitto.law.vocabulary import Confidence, Direction, Unit

Value = int | Decimal | str

DIGEST_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class Row:
    """One period of one legal parameter, with the words that prove it.

    ``start`` is ``None`` when the sources do not say since when the rule holds; ``value`` is ``None``
    when they do not say what the rule is. ``covered_from`` and ``covered_until`` bound the days for
    which a dated source can answer. Every end is excluded.
    """

    code: str
    title: Text
    unit: Unit
    value: Value | None
    start: date | None
    end: date | None
    covered_from: date | None
    covered_until: date | None
    moment: str
    direction: Direction
    act: str
    article: str
    confidence: Confidence
    source: str
    note: str
    choice: bool
    reason: str
    not_found: str

    @property
    def citation(self) -> str:
        """Act and article in one line, as a page or a letter cites them."""
        return f"{self.act} {self.article}"

    @property
    def answers_from(self) -> date | None:
        """The first day for which this row may be asked; ``None`` means since ever."""
        return self.start or self.covered_from

    @property
    def answers_until(self) -> date | None:
        """The first day for which this row may no longer be asked; ``None`` means open."""
        ends = [day for day in (self.end, self.covered_until) if day]
        return min(ends) if ends else None

    def answers(self, on: date) -> bool:
        """Whether this row speaks for the day ``on``."""
        after_start = self.answers_from is None or self.answers_from <= on
        return after_start and (self.answers_until is None or on < self.answers_until)

    @property
    def content(self) -> dict[str, object]:
        """What the row says, in plain words, days and truth values: the base of its digest."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return plain | {"value": None if self.value is None else str(self.value)}

    @property
    def digest(self) -> str:
        """A short hash of all that the row says; another wording is another digest."""
        return sha256_hex(canonical_json(self.content))[:DIGEST_LENGTH]

    @property
    def reference(self) -> str:
        """``code@start#digest``: what a decision keeps of the row it used."""
        return f"{self.code}@{self.start.isoformat() if self.start else 'unknown'}#{self.digest}"


class UnknownCode(LawRefusal):
    """No parameter of the pack bears this code; the nearest ones are named."""

    def __init__(self, code: str, nearest: Sequence[str]) -> None:
        self.nearest = tuple(nearest)
        hint = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        facts = {"parameter": code, "nearest": self.nearest}
        super().__init__("parameter_unknown", f"No legal parameter is called {code}.{hint}", facts)


class NoPeriod(LawRefusal):
    """No row of this parameter answers for the day asked; ``after`` and ``before`` bound the gap."""

    def __init__(self, code: str, on: date, after: date | None, before: date | None) -> None:
        self.after, self.before = after, before
        facts = {"parameter": code, "on": on, "after": after, "before": before}
        text = f"No period of {code} covers {on.isoformat()}: {_gap(after, before)}"
        super().__init__("no_period", text, facts)


class ValueNotFound(LawRefusal):
    """The parameter is known to exist and its value was not found; the sentence says what was sought."""

    def __init__(self, row: "Row") -> None:
        text = f"The value of {row.code} is not known: {row.not_found}"
        super().__init__("value_not_found", text, {"parameter": row.code, "row": row.reference})


def rows_of(rows: Iterable[Row], code: str) -> list[Row]:
    """The rows of ``code`` in order of time. Raises ``UnknownCode`` naming the nearest codes."""
    rows = list(rows)
    found = [row for row in rows if row.code == code]
    if not found:
        known = sorted({row.code for row in rows})
        raise UnknownCode(code, get_close_matches(code, known, n=3))
    return sorted(found, key=lambda row: row.answers_from or date.min)


def parameter_on(rows: Iterable[Row], code: str, on: date) -> Row:
    """The row of ``code`` that speaks for the day ``on``.

    Raises ``UnknownCode``, ``NoPeriod`` with the gap around ``on``, or ``ValueNotFound`` when the row
    only records that the value was sought in vain. There is no default.
    """
    periods = rows_of(rows, code)
    row = next((row for row in periods if row.answers(on)), None)
    if row is None:
        ends = [row.answers_until for row in periods if row.answers_until and row.answers_until <= on]
        starts = [row.answers_from for row in periods if row.answers_from and row.answers_from > on]
        raise NoPeriod(code, on, max(ends, default=None), min(starts, default=None))
    if row.value is None:
        raise ValueNotFound(row)
    return row


def _gap(after: date | None, before: date | None) -> str:
    if after and before:
        return f"nothing is known from {after.isoformat()} until {before.isoformat()} (excluded)."
    if before:
        return f"the first known period begins on {before.isoformat()}."
    return f"the last known period ended on {after} (excluded)."
