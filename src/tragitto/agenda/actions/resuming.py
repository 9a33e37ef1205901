"""Lifting a suspension: the clock runs again, and the deadline is replaced by one that counts the rest."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.agenda.actions.deadlines import Due, set_deadline
from tragitto.agenda.actions.suspending import end
from tragitto.agenda.models import Deadline, Suspension
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, Stale
from tragitto.ledger.actions import record


@transaction.atomic
def lift(*, suspension: Suspension, ends_on: date, due: Due, actor: Actor, at: datetime) -> Deadline:
    """Let the clock run again from `ends_on`: the deadline is replaced by one counted as `due` says.

    A consequence of what a room above did, so nobody is asked for a right. Raises `Stale` when it runs
    already; `Blocked` when the new end would come before the old one: standing still never shortens a term.
    """
    held = Suspension.objects.select_for_update(of=("self",), no_key=True).select_related("deadline__holder")
    suspension = held.get(pk=suspension.pk)
    deadline = suspension.deadline
    if suspension.ends_on is not None or deadline.is_met:
        raise Stale(Finding("clock_runs", _("The clock of this term runs already.")))
    if due.term.due_at < deadline.due_at:
        raise Blocked(Finding("term_shortened", _("Standing still cannot shorten a term.")))

    end(suspension, max(ends_on, suspension.starts_on), actor, at)
    facts = {"deadline": deadline.code, "kind": deadline.kind, "by": suspension.kind, "until": ends_on}
    record("deadline.resumed", subject=deadline.subject, actor=actor, at=at, facts=facts)
    return set_deadline(
        subject=deadline.subject,
        kind=deadline.kind,
        holder=deadline.holder,
        due=due,
        actor=actor,
        at=at,
        why="resumed",
    )
