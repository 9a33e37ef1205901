"""Questions about clocks that stand, and about those that stood."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from tragitto.agenda.models import Deadline, Suspension
from tragitto.kernel.actors import Actor


def standing_still(
    *, actor: Actor, subjects: "QuerySet[Any] | Iterable[str] | None" = None
) -> QuerySet[Suspension]:
    """The suspensions of the actor's organisation by which a clock stands now, the first to end first.

    With `subjects` (codes, or a query for them) only those about them. One query, the deadlines included.
    """
    found = _open().filter(deadline__in=Deadline.objects.visible_to(actor)).order_by("limit_on", "pk")
    return found if subjects is None else found.filter(deadline__subject__in=subjects)


def stands_by(deadlines: Iterable[Deadline]) -> dict[int, Suspension]:
    """The suspension by which the clock of each deadline stands, by the deadline's key. One query."""
    return {each.deadline_id: each for each in _open().filter(deadline__in=deadlines)}


def open_suspension(*, subject: str, kind: str) -> Suspension | None:
    """The suspension by which this term stands now, if it does. One query."""
    return _open().filter(deadline__subject=subject, deadline__kind=kind).first()


def over_limit(*, on: date) -> QuerySet[Suspension]:
    """Suspensions that may no longer stand on the day `on`, the first one first. One query."""
    return _open().filter(limit_on__lt=on).order_by("limit_on", "pk")


def stops_of(*, subject: str, kind: str) -> list[Suspension]:
    """The times the clock of this term stood and runs again, the first one first. One query.

    Rows by which another deadline took over the standing still of an earlier one count no day.
    """
    lifted = Suspension.objects.filter(deadline__subject=subject, deadline__kind=kind, ends_on__isnull=False)
    return list(lifted.filter(ends_on__gt=F("starts_on")).order_by("starts_on", "pk"))


def times_stopped(*, subject: str, kind: str, by: str) -> int:
    """How often this term was stopped by the law parameter `by`, now included. One query."""
    stopped = Suspension.objects.filter(deadline__subject=subject, deadline__kind=kind, kind=by)
    return stopped.values("starts_on").distinct().count()


def _open() -> QuerySet[Suspension]:
    found = Suspension.objects.filter(ends_on__isnull=True, deadline__met_at__isnull=True)
    return found.select_related("deadline__holder")
