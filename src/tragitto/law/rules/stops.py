"""A term whose clock was stopped, once or several times, by suspension or by interruption."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tragitto.kernel.periods import Period
from tragitto.law.rules.holidays import Calendar
from tragitto.law.rules.lengths import ONE_DAY, Length, Suspension
from tragitto.law.rules.steps import Step, Term
from tragitto.law.rules.terms import count_term

#: The word of a row of the law that says: what stops the clock lets the term begin anew afterwards.
INTERRUPTS = "interrupts"


@dataclass(frozen=True)
class Stop:
    """The clock stood from `starts_on` until `ends_on` (excluded); equal days mean that it hardly did.

    `interrupts`: afterwards the term does not run on but begins anew, from the event that ended the stop.
    """

    starts_on: date
    ends_on: date
    why: str
    citation: str
    interrupts: bool = False

    @property
    def suspension(self) -> Suspension | None:
        """The stop as days that are not counted; None where there is no such day."""
        if self.ends_on <= self.starts_on:
            return None
        return Suspension(Period(self.starts_on, self.ends_on), self.why, self.citation)


@dataclass(frozen=True)
class Counted:
    """A term, and the day of the event from which it is now counted."""

    starts_on: date
    term: Term


def count_stopped(*, start: date, length: Length, calendar: Calendar, stops: Sequence[Stop]) -> Counted:
    """The last day of a term that an event on `start` set running and that `stops` held up.

    A suspension adds its days (art. 2(7) L. 241/1990); after an interruption the whole length runs again
    from the day on which it ended. Neither ever makes a term shorter. All stops are over, or their end is
    known; `calendar` reaches as far as the end.
    """
    ordered = sorted(stops, key=lambda stop: (stop.starts_on, stop.ends_on))
    again = next((stop for stop in reversed(ordered) if stop.interrupts), None)
    begins = max(start, again.ends_on - ONE_DAY) if again else start
    kept = [stop.suspension for stop in ordered if not stop.interrupts and stop.suspension]
    after = [each for each in kept if each.period.end and each.period.end > begins]
    term = count_term(start=begins, length=length, calendar=calendar, suspensions=after)
    if again:
        anew = Step("anew", {"day": begins.isoformat(), "why": again.why}, again.citation)
        term = replace(term, steps=(anew, *term.steps))
    return Counted(begins, term)


def resumed_on(*, stopped_on: date, happened_on: date, limit: date, rest: int) -> date:
    """The first day on which the clock runs again after what it waited for happened on `happened_on`.

    `limit` is the last day it may stand without that; what happens later no longer holds it up. After
    something in time it may stand `rest` days more: by the rest that the law leaves after observations
    (art. 10-bis L. 241/1990), none after information. Never before the day after it was stopped.
    """
    if happened_on > limit:
        return limit + ONE_DAY
    return max(happened_on, stopped_on) + ONE_DAY * (1 + rest)
