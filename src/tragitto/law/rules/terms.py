"""Counting of terms: from an event and a length to the last day, each step with its article.

The first day is not counted and the last one is (art. 2963(2) c.c., art. 155(1) c.p.c.); holidays count
within a term in days (art. 155(3) c.p.c.); months run by the calendar (art. 2963(4)-(5) c.c.); an end on
a holiday moves to the next day that is none (art. 2963(3) c.c.). The lengths are data of the law pack.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from tragitto.law.rules.holidays import Calendar
from tragitto.law.rules.lengths import ONE_DAY, Extension, Length, NotCountable, Suspension
from tragitto.law.rules.steps import Step, Term
from tragitto.law.rules.walk import Walk
from tragitto.law.vocabulary import Unit

FIRST_DAY = "art. 2963(2) c.c.; art. 155(1) c.p.c."
HOLIDAY = "art. 2963(3) c.c.; art. 155(4) c.p.c."
BACKWARD = "case law on terms reckoned back (art. 155 c.p.c.)"
HOURS = "art. 155(1) c.p.c."
CALL = "the call"


def count_term(
    *,
    start: date,
    length: Length,
    calendar: Calendar,
    suspensions: Sequence[Suspension] = (),
    extensions: Sequence[Extension] = (),
    moves: bool = True,
) -> Term:
    """The last day of a term of ``length`` that an event on ``start`` set running.

    The event's day is not counted (art. 2963(2) c.c.); extensions run on from the end; suspended days
    are not counted (art. 2(7) L. 241/1990); with ``moves``, an end on a holiday moves on (art. 2963(3)
    c.c.). Raises ``NotCountable`` for a length in hours and while a suspension is open.
    """
    walk = Walk(calendar, start, tuple(suspensions))
    walk.say("first_day", FIRST_DAY, day=start)
    walk.go(length)
    for extension in extensions:
        walk.say("extended", extension.citation, why=extension.why)
        walk.go(extension.length)
    if moves:
        walk.move(ONE_DAY, "moved", HOLIDAY)
    return walk.end()


def count_back(*, event: date, length: Length, calendar: Calendar, moves: bool = True) -> Term:
    """The last day on which something may be done that must precede ``event`` by ``length``.

    The day of the event is not counted; an end on a holiday moves to the working day before, so that the
    other side never loses days. Raises ``NotCountable`` for a length in hours.
    """
    walk = Walk(calendar, event)
    walk.say("reckoned_back", FIRST_DAY, day=event)
    walk.go(length, back=True)
    if moves:
        walk.move(-ONE_DAY, "moved_back", BACKWARD)
    return walk.end()


def count_hours(*, start: datetime, length: Length, calendar: Calendar) -> Term:
    """The instant at which a term in hours from ``start`` (aware) is over: real hours, no holidays.

    Raises ``NotCountable`` for a length that is not in hours.
    """
    if length.unit is not Unit.HOURS:
        text = f"A term in {length.unit} is counted from a day, not from an instant."
        raise NotCountable("not_in_hours", text)
    # Added in UTC: an hour lost or won by summer time is not an hour of the term.
    due_at = (start.astimezone(UTC) + timedelta(hours=length.value)).astimezone(calendar.zone)
    facts = {"value": length.value, "at": start.isoformat(), "until": due_at.isoformat()}
    return Term(due_at.date(), due_at, (Step("hours", facts, f"{length.citation}; {HOURS}"),))


def fixed_deadline(*, day: date, calendar: Calendar, clock: time | None = None, moves: bool = False) -> Term:
    """A date written in a call: it stays where it is, holiday or not, unless the call says that it moves.

    Art. 2963(3) c.c. speaks of terms, and a date is none; ``clock`` is the hour the call names, otherwise
    the last second of the day counts.
    """
    walk = Walk(calendar, day)
    if moves:
        walk.move(ONE_DAY, "moved", f"{CALL}; {HOLIDAY}")
    else:
        walk.say("fixed", CALL, day=day)
    return walk.end(clock)


def information_suspension(
    *, asked_on: date, answered_on: date | None, longest: Length, calendar: Calendar
) -> Suspension:
    """The one suspension for missing information: until the answer, never beyond ``longest``.

    Art. 2(7) L. 241/1990; ``longest`` is its row in the law pack.
    """
    limit = count_term(start=asked_on, length=longest, calendar=calendar, moves=False).due_on
    resumed_on = min(answered_on, limit) if answered_on else limit
    why = "richiesta di informazioni"
    return Suspension.between(asked_on, resumed_on, why=why, citation=longest.citation)


def obstacles_suspension(
    *, notified_on: date, observed_on: date | None, reply: Length, rest: Length, calendar: Calendar
) -> Suspension:
    """The suspension that a preavviso di rigetto brings (art. 10-bis L. 241/1990).

    With observations the clock runs again ``rest`` after them; without, when the term to ``reply`` is
    over. Both lengths are rows of the law pack.
    """
    if observed_on is None:
        resumed_on = count_term(start=notified_on, length=reply, calendar=calendar).due_on
    else:
        resumed_on = count_term(start=observed_on, length=rest, calendar=calendar, moves=False).due_on
    citation = reply.citation if observed_on is None else rest.citation
    return Suspension.between(notified_on, resumed_on, why="preavviso di rigetto", citation=citation)
