"""Deadlines: set one, meet it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import Organisation
from tragitto.agenda import permissions
from tragitto.agenda.actions.suspending import carry_over
from tragitto.agenda.models import Deadline, Suspension
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import plain
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Finding, NotAllowed, Stale
from tragitto.law.rules import Term
from tragitto.ledger.actions import record

# `due_at` is the last second that is still in time, the whole of it.
ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Due:
    """A counted term with the references of the rows of the law that it rests on."""

    starts_on: date
    term: Term
    law_rows: Sequence[str]


@transaction.atomic
def set_deadline(
    *, subject: str, kind: str, holder: Organisation, due: Due, actor: Actor, at: datetime, why: str = ""
) -> Deadline:
    """Write down by when something about `subject` is due, with every step of the count.

    An open deadline of the same kind about the same subject is set anew: the old one is over, replaced by
    this one, and the ledger says `why`. Where its clock stood, that of the new one stands.
    """
    carried: list[Suspension] = []
    for earlier in Deadline.objects.select_for_update(no_key=True).open().filter(subject=subject, kind=kind):
        carried += earlier.suspensions.filter(ends_on__isnull=True)
        _replace(earlier, why, actor, at)

    deadline = Deadline.objects.create(
        code=new_code("T"),
        subject=subject,
        kind=kind,
        holder=holder,
        starts_on=due.starts_on,
        due_on=due.term.due_on,
        due_at=due.term.due_at,
        reasons=[
            {"code": step.code, "text": step.text, "facts": plain(step.facts), "citation": step.citation}
            for step in due.term.steps
        ],
        law_rows=list(due.law_rows),
        set_at=at,
        set_by=actor.code,
    )
    facts = {"deadline": deadline.code, "kind": kind, "due_on": deadline.due_on, "rows": list(due.law_rows)}
    record("deadline.set", subject=subject, actor=actor, at=at, facts=facts)
    carry_over(carried=carried, deadline=deadline, actor=actor, at=at)
    return deadline


@transaction.atomic
def meet(*, deadline: Deadline, actor: Actor, at: datetime) -> Deadline:
    """Write down that what was due has happened.

    Raises `NotAllowed` when the actor may not say so, `Stale` when somebody has said so already.
    """
    held = Deadline.objects.select_for_update(of=("self",), no_key=True)
    locked = held.select_related("holder").get(pk=deadline.pk)

    if not permissions.may_meet(actor, locked):
        raise NotAllowed(Finding("not_your_deadline", _("This deadline belongs to another office.")))
    if locked.is_met:
        raise Stale(Finding("deadline_already_met", _("This deadline has already been met.")))

    _close(locked, actor, at)
    return locked


@transaction.atomic
def meet_all(*, subject: str, kind: str = "", actor: Actor, at: datetime) -> int:
    """Close the open deadlines about `subject` (of one `kind`, where named); return how many there were.

    Called by the rooms whose verbs end what was due; they have asked whether the actor may.
    """
    found = Deadline.objects.select_for_update(no_key=True).open().filter(subject=subject)
    open_ones = list(found.filter(kind=kind) if kind else found)
    for deadline in open_ones:
        _close(deadline, actor, at)
    return len(open_ones)


def _replace(deadline: Deadline, why: str, actor: Actor, at: datetime) -> None:
    deadline.met_at, deadline.met_by = at, actor.code
    deadline.save(update_fields=["met_at", "met_by"])
    facts = {"deadline": deadline.code, "kind": deadline.kind, "why": why or "set_anew"}
    record("deadline.replaced", subject=deadline.subject, actor=actor, at=at, facts=facts)


def _close(deadline: Deadline, actor: Actor, at: datetime) -> None:
    # While its clock stands, no term runs out.
    stands = deadline.suspensions.filter(ends_on__isnull=True).exists()
    deadline.met_at, deadline.met_by = at, actor.code
    deadline.save(update_fields=["met_at", "met_by"])
    is_in_time = stands or at < deadline.due_at + ONE_SECOND
    facts = {"deadline": deadline.code, "kind": deadline.kind, "in_time": is_in_time}
    record("deadline.met", subject=deadline.subject, actor=actor, at=at, facts=facts)
