"""Splitting: each file that came with a message becomes a document of its own, looked into and checked."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.records import queries, reader
from tragitto.records.actions.checking import Checks, check_pieces, write_checks
from tragitto.records.actions.documents import keep_document
from tragitto.records.actions.looking import Looked, look_into, pieces_of
from tragitto.records.actions.moving import move
from tragitto.records.actions.troubles import About, is_last_try
from tragitto.records.models import Attachment, Document, Message
from tragitto.records.rules.columns import cut, storable
from tragitto.records.vocabulary import MessageState, Problem, Step, Verdict

_PDF = "application/pdf"
_UNKNOWN = "application/octet-stream"


def split_message(*, code: str, actor: Actor, at: datetime, by_job: bool = False) -> Message:
    """Keep the files of a registered message as documents, with all that could be read of them.

    Archives are opened, signatures taken off, forms and printed pages read, and everything is checked for
    viruses where there is a scanner: all of it before the one transaction that writes, so that a process
    that is ended leaves nothing half done. Does nothing to a message split already; an unreadable one has
    no files. Raises `stores.ContentMissing` or `ContentChanged`; `reader.ReaderStopped` when files that
    could be read before cannot be had now, and `scanner.ScannerSilent`: after many tries the files are
    kept unread, or unchecked.
    """
    message = Message.objects.select_related("raw").get(code=code)
    if message.due is not Step.SPLIT:
        return message
    about = About(message, Step.SPLIT)
    raw = queries.content(message.raw)
    files = _files_of(message, raw, is_last_try=is_last_try(about, at=at))
    is_last_check = is_last_try(about, at=at, problem=Problem.SCANNER_SILENT)
    checks = check_pieces(pieces_of(raw, files), is_last_try=is_last_check)
    return _write(code, files, checks, actor=actor, at=at, by_job=by_job)


def _files_of(message: Message, raw: bytes, *, is_last_try: bool) -> list[Looked]:
    if message.verdict == Verdict.UNREADABLE:
        return []
    if message.is_online:
        return look_into(queries.papers_of(raw), message, is_last_try=is_last_try)
    reading = reader.read(raw)
    if reading.verdict is Verdict.UNREADABLE:
        raise reader.ReaderStopped(message.code)
    return look_into(reading.attachments, message, is_last_try=is_last_try)


@transaction.atomic
def _write(
    code: str, files: Sequence[Looked], checks: Checks, *, actor: Actor, at: datetime, by_job: bool
) -> Message:
    message = queries.locked(code)
    if message.due is not Step.SPLIT:
        return message

    rows = [
        _attachment(message, position, file, actor=actor, at=at)
        for position, file in enumerate(files, start=1)
    ]
    # What lay in an archive points to its row, which must be there first.
    Attachment.objects.bulk_create(row for row, file in zip(rows, files, strict=True) if not file.within)
    for row, file in zip(rows, files, strict=True):
        row.within = rows[file.within - 1] if file.within else None
    Attachment.objects.bulk_create(row for row in rows if row.within)
    write_checks(_documents(message, rows), checks, at=at)
    facts = {"attachments": len(rows)}
    return move(message, MessageState.SPLIT, actor=actor, at=at, facts=facts, by_job=by_job)


def _attachment(message: Message, position: int, file: Looked, *, actor: Actor, at: datetime) -> Attachment:
    document = keep_document(file.body, media_type=file.media_type, actor=actor, at=at)
    content = None
    if file.content is not None:
        inner_type = _PDF if reader.is_pdf(file.content) else _UNKNOWN
        content = keep_document(file.content, media_type=inner_type, actor=actor, at=at)
    return Attachment(
        code=new_code("A"),
        message=message,
        position=position,
        document=document,
        name=storable(file.name),
        original_name=storable(file.original_name),
        media_type=cut(file.media_type, 127),
        format=file.format,
        archive=file.archive,
        signatures=storable(file.signatures),
        content=content,
        form=storable(file.form),
        scan=storable(file.scan),
    )


def _documents(message: Message, rows: Sequence[Attachment]) -> Iterator[Document]:
    yield message.raw
    for row in rows:
        yield row.document
        if row.content:
            yield row.content
