"""Tasks: give somebody something to do, do it, pass it on when nobody did it in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import Organisation
from tragitto.agenda import permissions
from tragitto.agenda.models import Task
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Finding, NotAllowed, Stale
from tragitto.ledger.actions import record


@dataclass(frozen=True)
class Doing:
    """By when somebody should do it, who (a person's code, or nobody yet), and how that moment was found."""

    due_at: datetime
    assignee: str = ""
    reasons: Sequence[dict[str, object]] = ()


@transaction.atomic
def set_task(
    *, subject: str, kind: str, holder: Organisation, doing: Doing, actor: Actor, at: datetime
) -> Task:
    """Give somebody something to do about `subject`; an open task of the same kind about it is set anew.

    Setting anew changes who does it and by when and takes it back to nobody told (level 0). Called by the
    rooms that know what should be done; they have asked whether the actor may.
    """
    task = _open(subject, kind) or Task(code=new_code("T"), subject=subject, kind=kind)
    is_new = task.pk is None
    task.holder, task.assignee, task.due_at = holder, doing.assignee, doing.due_at
    task.reasons, task.set_at, task.set_by = list(doing.reasons), at, actor.code
    task.level, task.escalated_at = 0, None
    task.save()
    facts = {"task": task.code, "kind": kind, "due_at": task.due_at, "assignee": task.assignee}
    record("task.set" if is_new else "task.set_anew", subject=subject, actor=actor, at=at, facts=facts)
    return task


@transaction.atomic
def do_task(*, subject: str, kind: str, actor: Actor, at: datetime) -> Task | None:
    """Write down that somebody has done the task of this kind about `subject`; None when none was open.

    Raises `NotAllowed` when the task belongs to another office.
    """
    task = _open(subject, kind)
    if task is None:
        return None
    if not permissions.may_do(actor, task):
        raise NotAllowed(Finding("not_your_task", _("This task belongs to another office.")))

    task.done_at, task.done_by = at, actor.code
    task.save(update_fields=["done_at", "done_by"])
    facts = {"task": task.code, "kind": kind, "in_time": at <= task.due_at, "level": task.level}
    record("task.done", subject=subject, actor=actor, at=at, facts=facts)
    return task


@transaction.atomic
def give_task(*, subject: str, kind: str, assignee: str, actor: Actor, at: datetime) -> Task | None:
    """Give an open task to somebody else, by the same moment and as late as it is; None when none is open.

    Called by the rooms that know whose it should be; they have asked whether the actor may.
    """
    task = _open(subject, kind)
    if task is None:
        return None
    task.assignee = assignee
    task.save(update_fields=["assignee"])
    record("task.given", subject=subject, actor=actor, at=at, facts={"task": task.code, "assignee": assignee})
    return task


@transaction.atomic
def escalate_task(*, task: Task, actor: Actor, at: datetime) -> Task:
    """Raise the level of a task that nobody did in time, so that the next person is told.

    Raises `Stale` when somebody has done it meanwhile, or when it was set anew and is in time again.
    """
    locked = Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
    if locked.done_at is not None or locked.due_at > at:
        raise Stale(Finding("task_not_late", _("This task is done or in time again.")))

    locked.level, locked.escalated_at = locked.level + 1, at
    locked.save(update_fields=["level", "escalated_at"])
    facts = {"task": locked.code, "kind": locked.kind, "level": locked.level}
    record("task.escalated", subject=locked.subject, actor=actor, at=at, facts=facts)
    return locked


def _open(subject: str, kind: str) -> Task | None:
    found = Task.objects.select_for_update(of=("self",), no_key=True).select_related("holder").open()
    return found.filter(subject=subject, kind=kind).first()
