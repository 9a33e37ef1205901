"""Terms of the procedure: counted by the law in force, kept as deadlines with every step of the count."""

from datetime import datetime

from django.db import transaction

from tragitto.agenda import actions as agenda
from tragitto.agenda.models import Deadline
from tragitto.cases import rules
from tragitto.cases.models import Case
from tragitto.kernel.actors import Actor
from tragitto.law import queries as law
from tragitto.law.rules import Length, count_term

#: Where the offices are, for the holidays that move the end of a term.
COUNTRY = "IT"


@transaction.atomic
def set_term(*, case: Case, term: str, since: datetime, actor: Actor, at: datetime) -> Deadline:
    """Set the deadline of the law parameter `term`, as in force on the day that sets it running.

    The day of `since` in the zone of the call is not counted, and the end moves from a holiday to the next
    working day (art. 2963 c.c.). Raises what `law.queries.parameter` raises for a day no row covers: there
    is no silent default. A consequence of a step, so nobody is asked for a right.
    """
    starts_on = rules.local_day(since, case.call.zone)
    row = law.parameter(term, on=starts_on)
    length = Length.of(row.row)
    last_year = starts_on.year + rules.years_touched(length.value, str(length.unit))
    calendar = law.calendar(COUNTRY, first_year=starts_on.year, last_year=last_year)
    counted = count_term(start=starts_on, length=length, calendar=calendar)
    return agenda.set_deadline(
        subject=case.code,
        kind=term,
        holder=case.call.publisher,
        due=agenda.Due(starts_on=starts_on, term=counted, law_rows=(row.reference,)),
        actor=actor,
        at=at,
    )
