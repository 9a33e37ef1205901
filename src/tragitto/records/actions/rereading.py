"""Reading again: what could not be read is given back to the reader, while nothing rests on it."""

from datetime import datetime

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger import actions as ledger
from tragitto.records import jobs, queries, words
from tragitto.records.actions.sorting import at_desk
from tragitto.records.models import Message
from tragitto.records.rules.columns import UNREAD
from tragitto.records.vocabulary import MessageState, Step


@transaction.atomic
def read_again(*, message: Message, actor: Actor, at: datetime, by_job: bool = True) -> Message:
    """Take back the reading of an unreadable message at the desk; a job opens it once more.

    Its register entry stays as it is. Raises `NotAllowed`, `NotFound` for another office's mail, `Stale`
    when it no longer waits at the desk, `Blocked` when it was read or something rests on it.
    """
    waiting = at_desk(message, MessageState.SORTING, actor)
    if not queries.may_be_read_again(waiting):
        raise Blocked(Finding("records.not_to_be_read_again", words.NOT_TO_BE_READ_AGAIN))

    facts = {"verdict": waiting.verdict, "reasons": [str(reason["code"]) for reason in waiting.reasons]}
    for name, value in UNREAD.items():
        setattr(waiting, name, value)
    waiting.state, waiting.state_since = MessageState.KEPT, at
    waiting.save(update_fields=["state", "state_since", *UNREAD])
    ledger.record("message.read_again", subject=waiting.code, actor=actor, at=at, facts=facts)
    if by_job:
        jobs.defer(Step.OPEN, waiting)
    return waiting
