"""Questions to the agenda."""

from datetime import datetime

from django.db.models import QuerySet

from tragitto.agenda.models import Deadline
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound


def due(*, actor: Actor, before: datetime | None = None) -> QuerySet[Deadline]:
    """What the actor's organisation still has to see done, the most urgent first. One query.

    With `before` only what falls due before that instant.
    """
    deadlines = Deadline.objects.visible_to(actor).open().order_by("due_at", "pk")
    return deadlines.filter(due_at__lt=before) if before else deadlines


def of_subject(*, actor: Actor, subject: str) -> QuerySet[Deadline]:
    """All deadlines about `subject`, met ones too, in the order of their ends. One query."""
    return Deadline.objects.visible_to(actor).filter(subject=subject).order_by("due_at", "pk")


def get_for(*, actor: Actor, code: str) -> Deadline:
    """The deadline of this code. Raises `NotFound` when there is none the actor may see. One query."""
    deadline = Deadline.objects.visible_to(actor).select_related("holder").filter(code=code).first()
    if deadline is None:
        raise NotFound(code)
    return deadline
