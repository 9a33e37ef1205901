"""By when an enterprise is called back, and when the next person is told: working days of the office."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from tragitto.agenda import actions as agenda
from tragitto.cases import rules as cases
from tragitto.employers.models import Enquiry
from tragitto.kernel.canonical import plain
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.law import queries as law
from tragitto.law.rules import Length, NoCalendar, Term, count_term
from tragitto.law.rules.holidays import SUNDAY, WEEKDAYS
from tragitto.law.vocabulary import Unit
from tragitto.schemes import queries as schemes
from tragitto.schemes.pack import EnquirySpec

#: Where the offices are, and on which days nobody works there.
COUNTRY = "IT"
FREE_DAYS = (WEEKDAYS.index("saturday"), SUNDAY)
ZONE = "Europe/Rome"
LAST_SECOND = time(23, 59, 59)


def spec_of(enquiry: Enquiry) -> EnquirySpec:
    """How requests under its call are answered; a call that has taken one says so for ever."""
    spec = schemes.enquiries_of(enquiry.call) if enquiry.call else None
    assert spec is not None, "taken under a call without a word on requests"
    return spec


def call_back_by(enquiry: Enquiry, *, since: datetime, assignee: str) -> agenda.Doing:
    """The moment by which the enterprise is called back, counted from `since`, with each step of the count.

    Raises `Blocked` when the holidays of the year are not loaded: no promise is made that nobody can count.
    """
    spec = spec_of(enquiry)
    term = _counted(local_day_of(enquiry, since), spec.call_back_days, spec.source)
    return agenda.Doing(due_at=term.due_at, assignee=assignee, reasons=_told(term))


def told_next_at(enquiry: Enquiry, *, due_at: datetime, level: int) -> datetime:
    """When the next person is told of a request that nobody answered, `level` people having been told."""
    spec = spec_of(enquiry)
    days = spec.escalate_days * (level + 1)
    return _counted(local_day_of(enquiry, due_at), days, spec.source).due_at


def local_day_of(enquiry: Enquiry, at: datetime) -> date:
    """The day that `at` is where the call is."""
    return cases.local_day(at, _zone(enquiry))


def by_day(enquiry: Enquiry, day: date) -> datetime:
    """The last moment of a day that was agreed with the enterprise, where the call is."""
    return datetime.combine(day, LAST_SECOND, ZoneInfo(_zone(enquiry)))


def _zone(enquiry: Enquiry) -> str:
    return enquiry.call.zone if enquiry.call else ZONE


def _counted(start: date, days: int, source: str) -> Term:
    last_year = start.year + cases.years_touched(days, Unit.WORKING_DAYS)
    try:
        calendar = law.calendar(COUNTRY, first_year=start.year, last_year=last_year, free_weekdays=FREE_DAYS)
        return count_term(start=start, length=Length(days, Unit.WORKING_DAYS, source), calendar=calendar)
    except NoCalendar as missing:
        text = _("The office's calendar for this year is not ready. Please write to the office by e-mail.")
        raise Blocked(Finding("no_calendar", text)) from missing


def _told(term: Term) -> Sequence[dict[str, object]]:
    return [
        {"code": step.code, "text": step.text, "facts": plain(step.facts), "citation": step.citation}
        for step in term.steps
    ]
