"""Sending: a message of ours is written down, registered and kept before it leaves, and leaves once."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import jobs, permissions, queries, words
from tragitto.records.actions.documents import keep_document
from tragitto.records.actions.placing import file
from tragitto.records.actions.registering import register_message
from tragitto.records.models import Attachment, Document, Mailbox, Message, Outgoing, Proof
from tragitto.records.rules import composing
from tragitto.records.rules.columns import cut
from tragitto.records.vocabulary import Direction, Kind, MessageState, OutgoingState, Verdict


@dataclass(frozen=True)
class Enclosed:
    """A document to go along, under the name its reader sees."""

    name: str
    document: Document


@dataclass(frozen=True)
class Draft:
    """What is to be sent: to whom, in which words, with which documents, in answer to what."""

    recipients: tuple[str, ...]
    subject: str
    text: str
    enclosed: tuple[Enclosed, ...] = ()
    in_reply_to: Message | None = None


def send(
    *, key: str, mailbox: Mailbox, draft: Draft, actor: Actor, at: datetime, about: str = ""
) -> Outgoing:
    """Write a message down to be sent from `mailbox`; a job sends it once this transaction has committed.

    `key` names the occasion ("letter L-7KQ3M9C"): the same key again gives the message that is
    there. Composes the message with a Message-ID of ours, keeps it, enters it into the office's protocol
    register as outgoing, files it under `about` (the code of the case) and opens a proof for each
    recipient. Raises `NotAllowed`; `Blocked` for a recipient that is no address, a subject no header can
    hold, or a key that stands for another message; `stores.ContentMissing` or `ContentChanged`.
    """

    def once() -> Outgoing:
        return _send(key=key, mailbox=mailbox, draft=draft, actor=actor, at=at, about=about)

    try:
        return once()
    except IntegrityError:
        # The same key was used at the same moment; now the other message can be seen.
        return once()


@transaction.atomic
def _send(*, key: str, mailbox: Mailbox, draft: Draft, actor: Actor, at: datetime, about: str) -> Outgoing:
    if not permissions.may_send(actor, mailbox.organisation.code):
        raise NotAllowed(Finding("records.may_not_send", words.MAY_NOT_SEND))
    recipients = _recipients(draft)
    digest = _digest(mailbox, draft, recipients, about)
    if known := Outgoing.objects.select_related("message", "mailbox").filter(key=key).first():
        if known.digest != digest:
            raise Blocked(Finding("records.key_used", words.KEY_USED))
        return known

    message = _written(mailbox, draft, recipients, actor=actor, at=at)
    outgoing = Outgoing.objects.create(
        code=new_code("O"),
        key=key,
        digest=digest,
        message=message,
        mailbox=mailbox,
        about=about,
        in_reply_to=draft.in_reply_to,
        state=OutgoingState.QUEUED,
        state_since=at,
        next_try_at=at,
    )
    Proof.objects.bulk_create(Proof(outgoing=outgoing, recipient=recipient) for recipient in recipients)
    message = register_message(code=message.code, actor=actor, at=at)
    outgoing.message = file(message, where=about or outgoing.code, taker="", actor=actor, at=at)
    facts = {"message": message.code, "addressees": len(recipients), "sha256": message.sha256}
    ledger.record("outgoing.queued", subject=outgoing.code, actor=actor, at=at, facts=facts)
    jobs.defer_sending(outgoing.code)
    return outgoing


def _recipients(draft: Draft) -> tuple[str, ...]:
    """The recipients as proofs name them, each once."""
    recipients = tuple(dict.fromkeys(queries.tidied(recipient) for recipient in draft.recipients))
    if not recipients:
        raise Blocked(Finding("records.no_recipient", words.NO_RECIPIENT))
    if not all(composing.is_address(recipient) for recipient in recipients):
        raise Blocked(Finding("records.not_an_address", words.NOT_AN_ADDRESS))
    return recipients


def _digest(mailbox: Mailbox, draft: Draft, recipients: tuple[str, ...], about: str) -> str:
    """What makes two requests the same one."""
    enclosed = [[each.name, each.document.sha256] for each in draft.enclosed]
    answered = draft.in_reply_to.code if draft.in_reply_to else ""
    asked = [mailbox.address, list(recipients), draft.subject, draft.text, enclosed, answered, about]
    return sha256_hex(canonical_json(asked))


def _written(
    mailbox: Mailbox, draft: Draft, recipients: tuple[str, ...], *, actor: Actor, at: datetime
) -> Message:
    """The message composed, kept and ready to be registered, with the files that go along.

    To us it is ordinary mail: the provider's envelope is what will be certified, and we never see that.
    """
    letter = _letter(mailbox, draft, recipients)
    try:
        raw = composing.compose(letter, at=at)
    except ValueError:
        raise Blocked(Finding("records.not_to_be_composed", words.NOT_TO_BE_COMPOSED)) from None
    document = keep_document(raw, media_type="message/rfc822", actor=actor, at=at)
    message = Message.objects.create(
        code=new_code("M"),
        sha256=document.sha256,
        raw=document,
        direction=Direction.OUT,
        door=actor.door,
        mailbox=mailbox.address,
        office=mailbox.organisation.code,
        arrived_at=at,
        state=MessageState.READ,
        state_since=at,
        kind=Kind.ORDINARIA,
        verdict=Verdict.UNCERTIFIED,
        message_id=letter.message_id,
        reference=cut(letter.reply_to),
        sender=mailbox.address,
        recipients=list(recipients),
        subject=draft.subject,
    )
    Attachment.objects.bulk_create(
        Attachment(
            code=new_code("A"),
            message=message,
            position=position,
            document=enclosed.document,
            name=enclosed.name,
            original_name=enclosed.name,
            media_type=enclosed.document.media_type,
        )
        for position, enclosed in enumerate(draft.enclosed)
    )
    return message


def _letter(mailbox: Mailbox, draft: Draft, recipients: tuple[str, ...]) -> composing.Letter:
    token = secrets.token_hex(8)
    answered = draft.in_reply_to
    return composing.Letter(
        sender=mailbox.address,
        recipients=recipients,
        subject=draft.subject,
        text=draft.text,
        message_id=composing.message_id(new_code("O").lower(), token, mailbox.address),
        files=tuple(
            composing.File(each.name, each.document.media_type, queries.content(each.document))
            for each in draft.enclosed
        ),
        # What a reader's program has seen of a certified message is the message inside the envelope.
        reply_to=answered.message_id if answered else "",
    )
