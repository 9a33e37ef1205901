"""Terms of the procedure: counted by the law in force, kept as deadlines with every step of the count."""

from datetime import datetime

from django.db import transaction

from tragitto.agenda import actions as agenda
from tragitto.agenda.models import Deadline
from tragitto.cases import counting, rules
from tragitto.cases.holding import locked
from tragitto.cases.models import Case
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record
from tragitto.schemes import queries as schemes


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

    The day of `since` in the zone of the call is not counted, days on which its clock stood are not, and the
    end moves from a holiday to the next working day (art. 2963 c.c.). Raises what `law.queries.parameter`
    raises for a day no row covers: there is no silent default. `why` says in a word for the ledger why an
    open one is replaced. The office that reviews has to keep it, whoever published the call. A consequence of
    a step, so nobody is asked for a right.
    """
    return agenda.set_deadline(
        subject=case.code,
        kind=term,
        holder=schemes.reviewing_office(case.call),
        due=counting.due(case, term, rules.local_day(since, case.call.zone)),
        actor=actor,
        at=at,
        why=why,
    )
