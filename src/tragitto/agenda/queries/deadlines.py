"""Questions about deadlines."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tragitto.agenda.models import Deadline, Suspension
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound


def due(
    *,
    actor: Actor,
    before: datetime | None = None,
    since: datetime | None = None,
    subjects: "QuerySet[Any] | Iterable[str] | None" = None,
) -> QuerySet[Deadline]:
    """What the actor's organisation still has to see done, the most urgent first. One query.

    With `before` only what falls due before that instant, with `since` only from that one on, with
    `subjects` (codes, or a query for them) only what is about those. What stands still is not due.
    """
    still = Suspension.objects.filter(deadline=OuterRef("pk"), ends_on__isnull=True)
    deadlines = Deadline.objects.visible_to(actor).open().filter(~Exists(still)).order_by("due_at", "pk")
    if since:
        deadlines = deadlines.filter(due_at__gte=since)
    if subjects is not None:
        deadlines = deadlines.filter(subject__in=subjects)
    return deadlines.filter(due_at__lt=before) if before else deadlines


def first_of(*, actor: Actor, subjects: Iterable[str]) -> dict[str, Deadline]:
    """The open deadline about each of `subjects` that ends first, those that stand still too. One query."""
    held = Deadline.objects.visible_to(actor).open().filter(subject__in=list(subjects))
    return {deadline.subject: deadline for deadline in held.order_by("-due_at", "-pk")}


def of_subject(*, actor: Actor, subject: str) -> QuerySet[Deadline]:
    """All deadlines about `subject`, met ones too, in the order of their ends. One query."""
    return Deadline.objects.visible_to(actor).filter(subject=subject).order_by("due_at", "pk")


def get_for(*, actor: Actor, code: str) -> Deadline:
    """The deadline of this code. Raises `NotFound` when there is none the actor may see. One query."""
    deadline = Deadline.objects.visible_to(actor).select_related("holder").filter(code=code).first()
    if deadline is None:
        raise NotFound(code)
    return deadline
