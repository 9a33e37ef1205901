"""Opening: the reading of a kept message, done in the confined reader, written down once."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tragitto.kernel.actors import Actor
from tragitto.records import queries, reader
from tragitto.records.actions.moving import move
from tragitto.records.models import Message
from tragitto.records.rules import columns
from tragitto.records.vocabulary import MessageState, Step
from tragitto_pec import Reading


def open_message(*, code: str, actor: Actor, at: datetime, by_job: bool = False) -> Message:
    """Read a kept message and write down what it says and proves.

    Another copy of a certified message already here is linked to it and goes no further. What cannot be
    read is a reading too. Does nothing to a message that has been opened. Raises `stores.ContentMissing`
    or `ContentChanged`.
    """
    message = Message.objects.select_related("raw").get(code=code)
    if message.due is not Step.OPEN:
        return message
    reading = reader.read(queries.content(message.raw))
    try:
        return _write(code, reading, actor=actor, at=at, by_job=by_job)
    except IntegrityError:
        # Two copies of one message were opened at the same moment; now the other one can be seen.
        return _write(code, reading, actor=actor, at=at, by_job=by_job)


@transaction.atomic
def _write(code: str, reading: Reading, *, actor: Actor, at: datetime, by_job: bool) -> Message:
    message = queries.locked(code)
    if message.due is not Step.OPEN:
        return message

    read = columns.of_reading(reading)
    for name, value in read.items():
        setattr(message, name, value)
    message.same_as = _twin(message)
    facts: dict[str, object] = {
        "kind": message.kind,
        "verdict": message.verdict,
        "reasons": [reason.code for reason in reading.reasons],
    }
    if message.same_as:
        facts["same_as"] = message.same_as.code
    state = MessageState.LINKED if message.same_as else MessageState.READ
    writes = (*read, "same_as")
    return move(message, state, actor=actor, at=at, facts=facts, by_job=by_job, writes=writes)


def _twin(message: Message) -> Message | None:
    if not message.identifier:
        return None
    same = Message.objects.filter(
        kind=message.kind, identifier=message.identifier, delivered_to=message.delivered_to
    )
    return same.filter(same_as=None, direction=message.direction).exclude(pk=message.pk).first()
