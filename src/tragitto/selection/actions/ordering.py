"""Proposals for many people are made in the background: whoever asks does not wait before a page."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from tragitto.kernel.actors import Actor
from tragitto.selection.actions import running
from tragitto.selection.models import Round, Run
from tragitto.selection.queries.computing import JOB, is_computing, is_long, lock_of
from tragitto.selection.queries.snapshots import NO_CHANGES
from tragitto.selection.rules.changes import Changes
from tragitto.selection.vocabulary import RunKind

QUEUE = "roster"


@transaction.atomic
def propose_or_order(
    *, round: Round, changes: Changes = NO_CHANGES, note: str = "", actor: Actor, at: datetime
) -> Run | None:
    """Propose shortlists as `running.propose` does; None where that takes long, so that a job does it.

    One job at a time for a round: ordered again before it is done, it is done once. Refusals as of `propose`.
    """
    if not is_long(round):
        return running.propose(round=round, changes=changes, note=note, actor=actor, at=at)
    found = running.held_to_run(round, RunKind.SHORTLISTS, actor)
    running.refuse(found, changes, note)
    if is_computing(found):
        return None
    app.configure_task(JOB, queue=QUEUE, lock=lock_of(found), queueing_lock=lock_of(found)).defer(
        code=found.code,
        changes=changes.kept(),
        note=note,
        actor=actor.code,
        organisation=actor.organisation,
        roles=" ".join(sorted(actor.roles)),
    )
    return None
