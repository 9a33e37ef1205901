"""Suspensions: let the clock of a deadline stand; whoever takes the deadline's place stands as it did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.agenda.models import Deadline, Suspension
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, Stale
from tragitto.ledger.actions import record

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """Why a clock stops: the law parameter, the day of the event, and the last day it may then stand."""

    kind: str
    stopped_on: date
    limit_on: date
    law_rows: Sequence[str]
    interrupts: bool = False


@transaction.atomic
def suspend(*, deadline: Deadline, pause: Pause, actor: Actor, at: datetime) -> Suspension | None:
    """Let the clock of an open deadline stand from the day after the event on.

    A consequence of what a room above did, so nobody is asked for a right. A term that was over by then
    stays over, and one that stands already stands: None. Raises `Stale` when the deadline has been met.
    """
    held = Deadline.objects.select_for_update(of=("self",), no_key=True).get(pk=deadline.pk)
    if held.is_met:
        raise Stale(Finding("deadline_already_met", _("This deadline has already been met.")))
    if pause.stopped_on > held.due_on or held.suspensions.filter(ends_on__isnull=True).exists():
        return None

    suspension = Suspension.objects.create(
        deadline=held,
        number=held.suspensions.count() + 1,
        kind=pause.kind,
        starts_on=pause.stopped_on + ONE_DAY,
        limit_on=pause.limit_on,
        interrupts=pause.interrupts,
        law_rows=list(pause.law_rows),
        set_at=at,
        set_by=actor.code,
    )
    facts = {
        "deadline": held.code,
        "kind": held.kind,
        "by": pause.kind,
        "since": suspension.starts_on,
        "limit": pause.limit_on,
        "rows": list(pause.law_rows),
    }
    record("deadline.suspended", subject=held.subject, actor=actor, at=at, facts=facts)
    return suspension


@transaction.atomic
def carry_over(*, carried: Iterable[Suspension], deadline: Deadline, actor: Actor, at: datetime) -> None:
    """Let a deadline that takes the place of one standing still stand as that one did.

    Part of setting a deadline anew. The old row ends where it began, so that no day counts twice.
    """
    for suspension in carried:
        end(suspension, suspension.starts_on, actor, at)
        suspend(
            deadline=deadline,
            pause=Pause(
                kind=suspension.kind,
                stopped_on=suspension.starts_on - ONE_DAY,
                limit_on=suspension.limit_on,
                law_rows=suspension.law_rows,
                interrupts=suspension.interrupts,
            ),
            actor=actor,
            at=at,
        )


@transaction.atomic
def move_limit(*, suspension: Suspension, limit_on: date, actor: Actor, at: datetime) -> Suspension | None:
    """Let a clock that stands do so until another day, since what it waits for has got another term.

    The suspension is replaced by one that began on the same day. Part of what a room above does.
    """
    pause = Pause(
        kind=suspension.kind,
        stopped_on=suspension.starts_on - ONE_DAY,
        limit_on=limit_on,
        law_rows=suspension.law_rows,
        interrupts=suspension.interrupts,
    )
    end(suspension, suspension.starts_on, actor, at)
    return suspend(deadline=suspension.deadline, pause=pause, actor=actor, at=at)


def end(suspension: Suspension, ends_on: date, actor: Actor, at: datetime) -> None:
    """Write down from which day on the clock runs again. Part of the caller's transaction."""
    suspension.ends_on, suspension.lifted_at, suspension.lifted_by = ends_on, at, actor.code
    suspension.save(update_fields=["ends_on", "lifted_at", "lifted_by"])
