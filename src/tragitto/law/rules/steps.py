"""What a count says about itself: one readable, cited step for each thing that moved the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta


def gettext_noop(text: str) -> str:
    """Mark ``text`` for the message catalogues; the door that shows it translates it."""
    return text


TEXTS: Mapping[str, str] = {
    "first_day": gettext_noop("The day of the event, {day}, is not counted."),
    "days": gettext_noop("{value} days, holidays included: {day}."),
    "working_days": gettext_noop("{value} working days (free days left out: {skipped}): {day}."),
    "months": gettext_noop("{value} months by the calendar: {day}."),
    "years": gettext_noop("{value} years by the calendar: {day}."),
    "hours": gettext_noop("{value} hours from {at}: {until}."),
    "month_end": gettext_noop("The month has no such day: its last day counts, {day}."),
    "suspended": gettext_noop("The clock stood still for {value} days from {since} ({why}): {day}."),
    "anew": gettext_noop("Stopped ({why}): the whole term runs again from {day}."),
    "extended": gettext_noop("Extended ({why})."),
    "moved": gettext_noop("{from_day} is a holiday ({holiday}): the next working day is {day}."),
    "moved_back": gettext_noop("{from_day} is a holiday ({holiday}): the working day before is {day}."),
    "estimated": gettext_noop("A holiday in this count is only estimated: ask again when it is announced."),
    "reckoned_back": gettext_noop("Reckoned back from {day}: the day of the event is not counted."),
    "fixed": gettext_noop("{day} is a fixed date: it does not move for a holiday unless the call says so."),
    "end_of_day": gettext_noop("The last moment is {until}, local time."),
}


@dataclass(frozen=True)
class Step:
    """One step of a count: which rule, with what facts, by what article."""

    code: str
    facts: Mapping[str, object]
    citation: str

    @property
    def text(self) -> str:
        """The sentence to translate, with its places still open."""
        return TEXTS[self.code]

    def __str__(self) -> str:
        return self.text.format(**self.facts)


@dataclass(frozen=True)
class Term:
    """When something is due, and why.

    ``due_at`` is the last second of ``due_on`` in the zone of the place, or the very instant for a term
    in hours. What is done during that second is done in time.
    """

    due_on: date
    due_at: datetime
    steps: tuple[Step, ...]

    def is_met_by(self, instant: datetime) -> bool:
        """Whether something done at ``instant`` (aware) is in time, to the second."""
        return instant < self.due_at + timedelta(seconds=1)
