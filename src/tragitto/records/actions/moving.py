"""How a message moves on: its new state, the ledger's word of it, and the next step put down as a job."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tragitto.kernel.actors import Actor
from tragitto.ledger import actions as ledger
from tragitto.records import jobs
from tragitto.records.models import Message, Trouble
from tragitto.records.vocabulary import MessageState, Step


def move(
    message: Message,
    to: MessageState,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    by_job: bool = False,
    writes: Iterable[str] = (),
) -> Message:
    """Bring the message, which the caller holds locked, to the state `to` and tell the ledger.

    Writes the state and the columns named in `writes`; solves the trouble of the step that led here;
    with `by_job` defers the step that follows.
    """
    done = message.due
    message.state, message.state_since = to, at
    message.save(update_fields=["state", "state_since", *writes])
    if done and done is not Step.PLACE:  # placing tells for itself what it could not do
        Trouble.objects.filter(message=message, step=done, solved_at=None).update(solved_at=at)
    ledger.record(f"message.{to.value}", subject=message.code, actor=actor, at=at, facts=facts)
    if by_job and message.due:
        jobs.defer(message.due, message)
    return message
