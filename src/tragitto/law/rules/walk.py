"""The walk over the calendar that every count takes, telling its steps as it goes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tragitto.law.rules.holidays import Calendar
from tragitto.law.rules.lengths import ONE_DAY, Length, NotCountable, Suspension, add_months
from tragitto.law.rules.steps import Step, Term
from tragitto.law.vocabulary import COUNTED_BY_DAY, Unit

HOLIDAYS_COUNT = "art. 155(3) c.p.c."
BY_THE_CALENDAR = "art. 2963(4) c.c.; art. 155(2) c.p.c."
MONTH_END = "art. 2963(5) c.c."
LAST_MOMENT = "art. 2963(2) c.c.; Cons. Stato VI 8546/2024"
ESTIMATE = "calendar of the moon"


@dataclass
class Walk:
    """Where a count stands on the calendar, and what it has said so far."""

    calendar: Calendar
    day: date
    suspensions: tuple[Suspension, ...] = ()
    steps: list[Step] = field(default_factory=list)
    estimated: bool = False

    def say(self, code: str, citation: str, **facts: object) -> None:
        """Keep one step; days and instants become texts."""
        shown = {name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in facts.items()}
        self.steps.append(Step(code, shown, citation))

    def go(self, length: Length, *, back: bool = False) -> None:
        """Walk ``length`` on (or back), and after it the suspended days met on the way."""
        begun = self.day
        free: list[date] = []
        plain = self._reach(length, back, (), free)
        self._say_length(length, begun, plain, len(free))
        stood: Counter[Suspension] = Counter()
        self.day = self._reach(length, back, self.suspensions, [], stood)
        for suspension, days in stood.items():
            facts = {"value": days, "since": suspension.period.start, "why": suspension.why, "day": self.day}
            self.say("suspended", suspension.citation, **facts)

    def move(self, step: timedelta, code: str, citation: str) -> None:
        """Leave a holiday in the direction of ``step``."""
        from_day, holiday = self.day, self.calendar.holiday_name(self.day)
        while self.calendar.holiday_name(self.day):
            self.estimated |= self.calendar.is_estimated(self.day)
            self.day += step
        if self.day != from_day:
            self.say(code, citation, from_day=from_day, holiday=holiday, day=self.day)

    def end(self, clock: time | None = None) -> Term:
        """Close the count at ``clock``, or at the last second of the day."""
        if self.estimated:
            self.say("estimated", ESTIMATE)
        last = clock or time.max.replace(microsecond=0)
        due_at = datetime.combine(self.day, last, self.calendar.zone)
        self.say("end_of_day", LAST_MOMENT, until=due_at)
        return Term(self.day, due_at, tuple(self.steps))

    def _reach(
        self,
        length: Length,
        back: bool,
        suspensions: tuple[Suspension, ...],
        free: list[date],
        stood: Counter[Suspension] | None = None,
    ) -> date:
        """The day ``length`` away, noting the free days skipped and the days each suspension took."""
        step = -ONE_DAY if back else ONE_DAY
        day, left = self.day, self._days_needed(length, back)
        while left:
            day += step
            halt = next((each for each in suspensions if each.period.covers(day)), None)
            if halt:
                _refuse_while_open(halt)
                if stood is not None:
                    stood[halt] += 1
            elif length.unit is Unit.WORKING_DAYS and not self.calendar.is_working(day):
                self.estimated |= self.calendar.is_estimated(day)
                free.append(day)
            else:
                left -= 1
        return day

    def _days_needed(self, length: Length, back: bool) -> int:
        if length.unit not in COUNTED_BY_DAY:
            text = f"A term in {length.unit} is counted from an instant, not from a day."
            raise NotCountable("needs_an_instant", text)
        if length.unit in (Unit.DAYS, Unit.WORKING_DAYS):
            return length.value
        return abs((add_months(self.day, -length.months if back else length.months) - self.day).days)

    def _say_length(self, length: Length, begun: date, reached: date, skipped: int) -> None:
        if length.unit is Unit.WORKING_DAYS:
            self.say("working_days", length.citation, value=length.value, skipped=skipped, day=reached)
        elif length.unit is Unit.DAYS:
            self.say("days", f"{length.citation}; {HOLIDAYS_COUNT}", value=length.value, day=reached)
        else:
            citation = f"{length.citation}; {BY_THE_CALENDAR}"
            self.say(str(length.unit), citation, value=length.value, day=reached)
            if reached.day != begun.day:
                self.say("month_end", MONTH_END, day=reached)


def _refuse_while_open(suspension: Suspension) -> None:
    if suspension.period.end is None:
        since = suspension.period.start
        text = f"The clock stands still since {since} ({suspension.why}): no end is known."
        raise NotCountable("clock_stands", text, {"since": since})
