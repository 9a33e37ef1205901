"""Splitting: each file that came with a message becomes a document of its own, forms are read."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.records import queries, reader
from tragitto.records.actions.documents import keep_document
from tragitto.records.actions.moving import move
from tragitto.records.actions.troubles import About, is_last_try
from tragitto.records.models import Attachment, Message
from tragitto.records.rules.columns import cut, storable
from tragitto.records.vocabulary import MessageState, Step, Verdict
from tragitto_pec import Attachment as ReadAttachment


def split_message(*, code: str, actor: Actor, at: datetime, by_job: bool = False) -> Message:
    """Keep the files of a registered message as documents and read the fields of its PDF forms.

    Does nothing to a message split already; an unreadable one has no files. Raises `stores.ContentMissing`
    or `ContentChanged`, and `reader.ReaderStopped` when the files of a message that could be read before
    cannot be had now, or a form cannot: after many tries such a form is kept unread.
    """
    message = Message.objects.select_related("raw").get(code=code)
    if message.due is not Step.SPLIT:
        return message
    if message.verdict == Verdict.UNREADABLE:
        return _write(code, (), [], actor=actor, at=at, by_job=by_job)
    reading = reader.read(queries.content(message.raw))
    if reading.verdict is Verdict.UNREADABLE:
        raise reader.ReaderStopped(code)
    is_last = is_last_try(About(message, Step.SPLIT), at=at)
    forms = [reader.form_of(file.content(), is_last_try=is_last) for file in reading.attachments]
    return _write(code, reading.attachments, forms, actor=actor, at=at, by_job=by_job)


@transaction.atomic
def _write(
    code: str,
    files: Sequence[ReadAttachment],
    forms: list[dict[str, object] | None],
    *,
    actor: Actor,
    at: datetime,
    by_job: bool,
) -> Message:
    message = queries.locked(code)
    if message.due is not Step.SPLIT:
        return message

    rows = [
        _attachment(message, position, file, form, actor=actor, at=at)
        for position, (file, form) in enumerate(zip(files, forms, strict=True), start=1)
    ]
    Attachment.objects.bulk_create(rows)
    facts = {"attachments": len(rows)}
    return move(message, MessageState.SPLIT, actor=actor, at=at, facts=facts, by_job=by_job)


def _attachment(
    message: Message,
    position: int,
    file: ReadAttachment,
    form: dict[str, object] | None,
    *,
    actor: Actor,
    at: datetime,
) -> Attachment:
    return Attachment(
        code=new_code("A"),
        message=message,
        position=position,
        document=keep_document(file.content(), media_type=file.media_type, actor=actor, at=at),
        name=storable(file.name),
        original_name=storable(file.original_name),
        media_type=cut(file.media_type, 127),
        form=storable(form) if form is not None else None,
    )
