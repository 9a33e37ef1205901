"""Questions about tasks."""

from datetime import datetime

from django.db.models import QuerySet

from tragitto.agenda.models import Task
from tragitto.kernel.actors import Actor


def tasks(*, actor: Actor, kind: str = "", assignee: str = "") -> QuerySet[Task]:
    """What the actor's organisation should do, what was passed on highest first, then the most urgent.

    Of one `kind` and of one `assignee` (the code of a person), where named. One query.
    """
    wanted = {name: word for name, word in (("kind", kind), ("assignee", assignee)) if word}
    return Task.objects.visible_to(actor).open().filter(**wanted).order_by("-level", "due_at", "pk")


def open_task(*, actor: Actor, subject: str, kind: str) -> Task | None:
    """The task of this kind about `subject` that nobody has done yet, if there is one. One query."""
    return Task.objects.visible_to(actor).open().filter(subject=subject, kind=kind).first()


def late_tasks(*, actor: Actor, kind: str, before: datetime) -> QuerySet[Task]:
    """Open tasks of this kind that should have been done before that instant, the latest first. One query."""
    return tasks(actor=actor, kind=kind).filter(due_at__lt=before)
