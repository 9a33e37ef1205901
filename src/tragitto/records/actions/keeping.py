"""Keeping: the raw message is safe before anybody looks into it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import folders, jobs, permissions, words
from tragitto.records.actions.documents import keep_document
from tragitto.records.actions.running import carry_through
from tragitto.records.actions.troubles import About, note, solve
from tragitto.records.models import Message
from tragitto.records.rules.columns import storable
from tragitto.records.vocabulary import Direction, MessageState, Problem, Step


@dataclass(frozen=True)
class Kept:
    """A message in the house; `is_new` is false when these very bytes were here already."""

    message: Message
    is_new: bool


@transaction.atomic
def keep(
    raw: bytes, *, door: str, actor: Actor, at: datetime, mailbox: str = "", by_job: bool = True
) -> Kept:
    """Keep a message that came in by `door`: bytes to the store, a row, and a job that opens it.

    The same bytes again change nothing. When this returns and its transaction commits, the message
    cannot be lost any more. Raises `NotAllowed`.
    """
    if not permissions.may_take_in(actor):
        raise NotAllowed(Finding("records.may_not_take_in", words.MAY_NOT_TAKE_IN))
    if known := Message.objects.filter(sha256=sha256_hex(raw)).first():
        return Kept(known, is_new=False)

    document = keep_document(raw, media_type="message/rfc822", actor=actor, at=at)
    message, is_new = Message.objects.get_or_create(
        sha256=document.sha256,
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
    the next.
    """
    results: list[Kept] = []
    for file in folders.still_files(folder):
        results += _take_file(file, folder, actor=actor, at=at)
    return results


def _take_file(file: Path, folder: Path, *, actor: Actor, at: datetime) -> Iterator[Kept]:
    about = About(file_name=storable(file.name))
    try:
        raw = folders.content(file)
        kept = keep(raw, door="folder", actor=actor, at=at)
        folders.move_to_taken(file, folder, kept.message.sha256)
    except (OSError, folders.TooLarge) as error:
        number = getattr(error, "errno", None)
        detail = f"{type(error).__name__} {os.strerror(number) if number else ''}".strip()
        note(about, problem=Problem.FILE_NOT_TAKEN, detail=detail, actor=actor, at=at)
        return
    solve(about, actor=actor, at=at)
    yield kept
