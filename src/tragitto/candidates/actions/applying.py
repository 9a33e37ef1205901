"""Applying a batch: all of its rows that are not refused, or none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from procrastinate.contrib.django import app

from tragitto.accounts.vocabulary import Role
from tragitto.candidates.actions import entering
from tragitto.candidates.actions.batches import CHECKING, ENTERED, QUEUE
from tragitto.candidates.actions.welcoming import defer_telling
from tragitto.candidates.models import Batch, BatchRow, Registration
from tragitto.candidates.rules.rows import Row
from tragitto.candidates.vocabulary import BatchState, RowVerdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.ledger.actions import record

#: Why a batch stands where it stands; sentences for them are in the doors.
MOVED_ON, BROKEN = "moved-on", "broken"


class _MovedOn(Exception):
    """Somebody changed meanwhile what a row was tried against."""


def enter_batch(*, code: str, actor: Actor, at: datetime) -> None:
    """Enter a batch that was ordered to be, in one transaction: ended in the middle, nothing has happened;
    once more, nothing happens twice.

    What was tried is what is done: where a row would now do something else, nothing is entered and the batch
    is tried again. The people are told afterwards. `actor` is the house; the entries bear who ordered it.
    """
    try:
        _enter(code, at)
    except (_MovedOn, Refusal):
        _try_again(code, actor=actor, at=at)


@transaction.atomic
def fail_batch(*, code: str, actor: Actor, at: datetime) -> None:
    """Say of a batch that work on it broke, so that nobody waits for it; nothing of it has been entered."""
    held = Batch.objects.select_for_update(no_key=True).get(code=code)
    if held.state in {BatchState.CHECKING, BatchState.APPLYING}:
        held.state, held.problem = BatchState.FAILED.value, BROKEN
        held.save(update_fields=["state", "problem"])
        record("batch.failed", subject=held.code, actor=actor, at=at)


@transaction.atomic
def _enter(code: str, at: datetime) -> None:
    whole = Batch.objects.select_related("scheme", "organisation")
    batch = whole.select_for_update(of=("self",), no_key=True).get(code=code)
    if batch.state != BatchState.APPLYING:
        return
    # Who ordered it may do so no longer: whether the organisation still registers is asked again.
    actor = Actor(batch.applied_by, batch.organisation.code, frozenset({Role.PARTNER.value}), batch.door)
    kept = list(batch.rows.filter(verdict__in=ENTERED).order_by("number"))
    rows = [Row(each.reference, each.values, ()) for each in kept]
    done = entering.enter_many(scheme=batch.scheme, rows=rows, batch=batch.code, actor=actor, at=at)
    _demand_as_tried(kept, done)

    theirs = Registration.objects.filter(organisation=batch.organisation, reference=OuterRef("reference"))
    rows_of_people = batch.rows.filter(verdict__in=ENTERED)
    rows_of_people.update(candidate=Subquery(theirs.values("candidate")[:1]))
    batch.state, batch.applied_at = BatchState.APPLIED.value, at
    batch.save(update_fields=["state", "applied_at"])
    record("batch.applied", subject=batch.code, actor=actor, at=at, facts=batch.counts)
    defer_telling()


def _demand_as_tried(kept: Sequence[BatchRow], done: Sequence[entering.Entered]) -> None:
    for row, entered in zip(kept, done, strict=True):
        tried = RowVerdict.NEW if row.verdict == RowVerdict.DOUBTFUL else row.verdict
        if entered.judged.verdict != tried or entered.judged.differences != row.differences:
            raise _MovedOn


@transaction.atomic
def _try_again(code: str, *, actor: Actor, at: datetime) -> None:
    held = Batch.objects.select_for_update(no_key=True).get(code=code)
    if held.state != BatchState.APPLYING:  # a second worker has entered it meanwhile
        return
    held.state, held.problem, held.done = BatchState.CHECKING.value, MOVED_ON, 0
    held.applied_by = ""
    held.save(update_fields=["state", "problem", "done", "applied_by"])
    record("batch.tried_again", subject=held.code, actor=actor, at=at)
    app.configure_task(CHECKING, queue=QUEUE, lock=held.code).defer(code=held.code)
