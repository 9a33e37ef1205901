"""Terms of the procedure: counted by the law in force, kept as deadlines with every step of the count."""

from datetime import datetime

from django.db import transaction

from tragitto.agenda import actions as agenda
from tragitto.agenda.models import Deadline
from tragitto.cases import rules
from tragitto.cases.holding import locked
from tragitto.cases.models import Case
from tragitto.kernel.actors import Actor
from tragitto.law import queries as law
from tragitto.law.rules import Length, count_term
from tragitto.ledger.actions import record

#: Where the offices are, for the holidays that move the end of a term.
COUNTRY = "IT"


@transaction.atomic
def file_earlier(*, case: Case, filed_at: datetime, actor: Actor, at: datetime) -> Case:
    """Let the terms run from an earlier filing, where messages were not read in the order they were sent.

    Sets `filed_at` and counts anew each open term that runs from the filing; an instant that is not earlier
    changes nothing, and nothing changes a closed case. Called by the rooms that know what was filed when;
    they have asked whether the actor may.
    """
    case = locked(case)
    if case.is_closed or filed_at >= case.filed_at:
        return case

    case.filed_at = filed_at
    case.save(update_fields=["filed_at"])
    record("case.filed_earlier", subject=case.code, actor=actor, at=at, facts={"filed_at": filed_at})
    steps = case.moves.select_related("step").order_by("number")
    terms = rules.terms_of_the_filing(effect for move in steps for effect in move.step.effects)
    for term in (
        Deadline.objects.open().filter(subject=case.code, kind__in=terms).values_list("kind", flat=True)
    ):
        set_term(case=case, term=term, since=filed_at, actor=actor, at=at, why="filed_earlier")
    return case


@transaction.atomic
def set_term(
    *, case: Case, term: str, since: datetime, actor: Actor, at: datetime, why: str = ""
) -> Deadline:
    """Set the deadline of the law parameter `term`, as in force on the day that sets it running.

    The day of `since` in the zone of the call is not counted, and the end moves from a holiday to the next
    working day (art. 2963 c.c.). Raises what `law.queries.parameter` raises for a day no row covers: there
    is no silent default. `why` says in a word for the ledger why an open one is replaced. A consequence of a
    step, so nobody is asked for a right.
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
        why=why,
    )
