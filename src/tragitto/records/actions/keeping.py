"""Keeping: the raw message is safe before anybody looks into it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import folders, jobs, permissions, queries, words
from tragitto.records.actions.documents import keep_document
from tragitto.records.actions.running import carry_through
from tragitto.records.actions.troubles import About, note, solve
from tragitto.records.models import Message
from tragitto.records.rules.columns import storable
from tragitto.records.vocabulary import Direction, MessageState, Problem, Step


@dataclass(frozen=True)
class Kept:
    """A message in the house; `is_new` is false when its office had these very bytes already."""

    message: Message
    is_new: bool


@transaction.atomic
def keep(
    raw: bytes, *, door: str, actor: Actor, at: datetime, mailbox: str = "", by_job: bool = True
) -> Kept:
    """Keep a message that came in by `door`: bytes to the store, a row, and a job that opens it.

    The same bytes again change nothing, but put back what the store has lost; fetched from another office's
    mailbox they are another message.
    When this returns and its transaction commits, the message cannot be lost any more. Raises
    `NotAllowed`.
    """
    if not permissions.may_take_in(actor):
        raise NotAllowed(Finding("records.may_not_take_in", words.MAY_NOT_TAKE_IN))
    office = queries.office_reading([mailbox])
    document = keep_document(raw, media_type="message/rfc822", actor=actor, at=at)
    if known := queries.same_bytes(document.sha256, office):
        return Kept(known, is_new=False)

    message, is_new = Message.objects.get_or_create(
        sha256=document.sha256,
        office=office,
        same_as=None,
        defaults={
            "code": new_code("M"),
            "raw": document,
            "direction": Direction.IN,
            "door": door,
            "mailbox": mailbox,
            "arrived_at": at,
            "state": MessageState.KEPT,
            "state_since": at,
        },
    )
    if is_new:
        facts = {"door": door, "sha256": document.sha256}
        ledger.record("message.kept", subject=message.code, actor=actor, at=at, facts=facts)
        if by_job:
            jobs.defer(Step.OPEN, message)
    return Kept(message, is_new)


def take_in(raw: bytes, *, door: str, actor: Actor, at: datetime, mailbox: str = "") -> Kept:
    """Keep a message and do every step at once, each in its own transaction, for whoever waits for it.

    A message kept earlier that got stuck is carried on. A step that fails is a trouble at the desk, and
    the message rests where it stands; if this process dies, the look-out takes it up. Raises `NotAllowed`.
    """
    kept = keep(raw, door=door, mailbox=mailbox, actor=actor, at=at, by_job=False)
    return Kept(carry_through(message=kept.message, actor=actor, at=at), kept.is_new)


def take_from_folder(folder: Path, *, actor: Actor, at: datetime) -> list[Kept]:
    """Take in every `.eml` file that lies still in `folder`, then move it to its subfolder `taken`.

    Each file in its own transaction; the move comes after the commit, so that a file cut off in between
    is found again and recognised. A file that cannot be taken is a trouble at the desk and never stops
    the next. One that somebody went on writing is put back and, once it lies still, is a message of its
    own; the message of its beginning stays and is noted.
    """
    results: list[Kept] = []
    folders.put_back_changed(folder)
    for file in folders.still_files(folder):
        results += _take_file(file, folder, actor=actor, at=at)
    return results


def _take_file(file: Path, folder: Path, *, actor: Actor, at: datetime) -> Iterator[Kept]:
    about = About(file_name=storable(file.name))
    try:
        stamp = folders.stamp_of(file)
        raw = folders.content(file)
        kept = keep(raw, door="folder", actor=actor, at=at)
        target = folders.move_to_taken(file, folder, kept.message.sha256)
        if folders.stamp_of(target) != stamp:
            folders.put_back(target, folder)
    except (OSError, folders.TooLarge) as error:
        number = getattr(error, "errno", None)
        detail = f"{type(error).__name__} {os.strerror(number) if number else ''}".strip()
        note(about, problem=Problem.FILE_NOT_TAKEN, detail=detail, actor=actor, at=at)
        return
    solve(about, actor=actor, at=at)
    if kept.is_new:
        _note_beginnings(raw, kept.message, actor=actor, at=at)
    yield kept


@transaction.atomic
def _note_beginnings(raw: bytes, whole: Message, *, actor: Actor, at: datetime) -> None:
    for half in queries.begun_by(raw, since=at - folders.GROWS_FOR, door=whole.door):
        note(About(half), problem=Problem.FILE_WENT_ON, detail=whole.code, actor=actor, at=at)
