"""Counts a term of the procedure by the law in force, with the days on which its clock stood."""

from collections.abc import Sequence
from datetime import date

from tragitto.agenda import actions as agenda
from tragitto.agenda import queries as agenda_queries
from tragitto.agenda.models import Suspension
from tragitto.cases import rules
from tragitto.cases.models import Case
from tragitto.kernel.texts import in_language
from tragitto.law import queries as law
from tragitto.law.rules import Calendar, Length, Stop, count_stopped

#: Where the offices are, for the holidays that move the end of a term.
COUNTRY = "IT"
#: The language of the acts, in which a count says why a clock stood.
LANGUAGE = "it"


def due(case: Case, term: str, starts_on: date, more: Sequence[Stop] = ()) -> agenda.Due:
    """When the term of the law parameter `term` ends that an event on `starts_on` set running.

    Days on which its clock stood are left out; `more` are stops not yet written down. Raises what
    `law.queries.parameter` raises for a day no row covers.
    """
    row = law.parameter(term, on=starts_on)
    length = Length.of(row.row)
    stood = agenda_queries.stops_of(subject=case.code, kind=term)
    stops = [*(stop_of(each) for each in stood), *more]
    calendar = calendar_for(starts_on, length, stops)
    counted = count_stopped(start=starts_on, length=length, calendar=calendar, stops=stops)
    used = dict.fromkeys([row.reference, *(each for one in stood for each in one.law_rows)])
    return agenda.Due(starts_on=counted.starts_on, term=counted.term, law_rows=tuple(used))


def stop_of(suspension: Suspension, ends_on: date | None = None) -> Stop:
    """A suspension as the rules count it, ended where it was lifted or on `ends_on`. One query."""
    row = law.by_reference(suspension.law_rows[0]).row
    return Stop(
        starts_on=suspension.starts_on,
        ends_on=suspension.ends_on or ends_on or suspension.starts_on,
        why=in_language(row.title, LANGUAGE),
        citation=row.citation,
        interrupts=suspension.interrupts,
    )


def calendar_for(starts_on: date, length: Length, stops: Sequence[Stop] = ()) -> Calendar:
    """The calendar of the offices, as far as a term of this length with these stops can reach. One query."""
    stood = sum((stop.ends_on - starts_on).days for stop in stops if stop.ends_on > starts_on)
    last_year = starts_on.year + rules.years_touched(length.value, str(length.unit), stood)
    return law.calendar(COUNTRY, first_year=starts_on.year, last_year=last_year)
