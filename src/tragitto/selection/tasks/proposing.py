"""Background work: proposals for rounds with many people."""

import logging
from typing import Any

from procrastinate.contrib.django import app

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound, Refusal
from tragitto.selection.actions.ordering import QUEUE
from tragitto.selection.actions.running import propose
from tragitto.selection.queries.computing import JOB
from tragitto.selection.queries.rounds import round_for
from tragitto.selection.rules.changes import Changes

log = logging.getLogger(__name__)


@app.task(name=JOB, queue=QUEUE)
def propose_shortlists(
    *, code: str, changes: dict[str, Any], note: str, actor: str, organisation: str, roles: str
) -> None:
    """Propose shortlists as whoever ordered it, who may do so then as now; a killed worker leaves nothing."""
    who = Actor(actor, organisation, frozenset(roles.split()), "task")
    try:
        found = round_for(who, code)
        propose(round=found, changes=Changes.read(changes), note=note, actor=who, at=clock.now())
    except (Refusal, NotFound) as refused:
        log.error("a proposal for round %s was not made: %s", code, type(refused).__name__)
