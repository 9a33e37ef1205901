"""What was sent on line comes into the register: read and proven from the start, being our own."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import permissions, words
from tragitto.records.actions.documents import keep_document
from tragitto.records.actions.registering import register_message
from tragitto.records.models import Message
from tragitto.records.rules.columns import cut, storable
from tragitto.records.vocabulary import Direction, Kind, MessageState, Verdict

DOOR = "portal"


@dataclass(frozen=True)
class Sent:
    """A filing as it was acknowledged: its canonical JSON, which lists `papers`, and who sent it to whom.

    `identifier` is the code under which it was acknowledged, `received_at` the moment.
    """

    raw: bytes
    identifier: str
    received_at: datetime
    office: str
    sender: str
    recipient: str
    subject: str


@transaction.atomic
def register_online(sent: Sent, *, actor: Actor, at: datetime, by_job: bool = True) -> Message:
    """Enter what was sent on line into the protocol register of `sent.office`, and return its message.

    Writes the document, the message and its register entry; a job looks into the papers and has it placed.
    The same identifier again gives the message that is there. Raises `NotAllowed`.
    """
    if not permissions.may_take_in(actor):
        raise NotAllowed(Finding("records.may_not_take_in", words.MAY_NOT_TAKE_IN))
    document = keep_document(sent.raw, media_type="application/json", actor=actor, at=at)
    message, is_new = Message.objects.get_or_create(
        kind=Kind.ONLINE,
        identifier=sent.identifier,
        same_as=None,
        defaults={
            "code": new_code("M"),
            "sha256": document.sha256,
            "raw": document,
            "direction": Direction.IN,
            "door": DOOR,
            "office": sent.office,
            "arrived_at": sent.received_at,
            "state": MessageState.READ,
            "state_since": at,
            "verdict": Verdict.VALID,
            "sender": storable(sent.sender),
            "recipients": [storable(sent.recipient)],
            "subject": cut(sent.subject),
        },
    )
    if is_new:
        facts = {"door": DOOR, "sha256": document.sha256, "identifier": sent.identifier}
        ledger.record("message.kept", subject=message.code, actor=actor, at=at, facts=facts)
    return register_message(code=message.code, actor=actor, at=at, by_job=by_job)
