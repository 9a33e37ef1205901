"""Opening: the reading of a kept message, done in the confined reader, written down once."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tragitto.kernel.actors import Actor
from tragitto.records import queries, reader
from tragitto.records.actions.moving import move
from tragitto.records.actions.troubles import About, is_last_try
from tragitto.records.models import Message
from tragitto.records.rules import columns
from tragitto.records.vocabulary import MessageState, Step
from tragitto_pec import Reading


def open_message(*, code: str, actor: Actor, at: datetime, by_job: bool = False) -> Message:
    """Read a kept message and write down what it says and proves.

    Whose mail it is comes out here, unless the mailbox told before. Another copy of a message that the
    office has is linked to it and goes no further. What cannot be read is a reading too; that the reader
    was stopped becomes one only after many tries. Does nothing to a message that has been opened. Raises
    `stores.ContentMissing` or `ContentChanged`, `reader.ReaderStopped`.
    """
    message = Message.objects.select_related("raw").get(code=code)
    if message.due is not Step.OPEN:
        return message
    is_last = is_last_try(About(message, Step.OPEN), at=at)
    reading = reader.read(queries.content(message.raw), is_last_try=is_last)
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
    message.office = message.office or queries.office_of(message)
    message.same_as = queries.twin_of(message)
    facts: dict[str, object] = {
        "kind": message.kind,
        "verdict": message.verdict,
        "office": message.office,
        "reasons": [reason.code for reason in reading.reasons],
    }
    if message.same_as:
        facts["same_as"] = message.same_as.code
    state = MessageState.LINKED if message.same_as else MessageState.READ
    writes = (*read, "office", "same_as")
    return move(message, state, actor=actor, at=at, facts=facts, by_job=by_job, writes=writes)
