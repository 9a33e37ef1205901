"""Forgetting the rows of old batches: what was entered is on the roster, the rest is nobody's business."""

from datetime import datetime, timedelta

from django.db import transaction

from tragitto.candidates.models import Batch
from tragitto.candidates.vocabulary import BatchState
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of, schemes_with_roster


@transaction.atomic
def forget_batches(*, actor: Actor, at: datetime) -> int:
    """Erase the rows of batches older than the roster's `batch_days`; the batch stays, with its counts.

    Counted from when it came in, or was applied. One that was never applied is cancelled by that. Returns how
    many.
    """
    return sum(_forget(scheme, actor=actor, at=at) for scheme in schemes_with_roster())


def _forget(scheme: Scheme, *, actor: Actor, at: datetime) -> int:
    before = at - timedelta(days=roster_of(scheme).keeping.batch_days)
    old = Batch.objects.filter(scheme=scheme, forgotten_at=None, uploaded_at__lt=before)
    done = old.exclude(applied_at__gte=before).exclude(state=BatchState.APPLYING)
    batches = list(done.select_for_update(no_key=True).order_by("pk"))
    for batch in batches:
        batch.rows.all().delete()
        batch.forgotten_at = at
        if batch.state != BatchState.APPLIED:
            batch.state = BatchState.CANCELLED.value
        batch.save(update_fields=["forgotten_at", "state"])
        record("batch.forgotten", subject=batch.code, actor=actor, at=at)
    return len(batches)
