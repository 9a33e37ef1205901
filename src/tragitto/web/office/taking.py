"""Takes files of mail in, each by itself: what becomes of one never touches the next."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.records import actions, queries
from tragitto.records.models import Message
from tragitto.records.queries import reading
from tragitto.records.vocabulary import MessageState
from tragitto_pec.limits import DEFAULT
from tragitto_pec.names import on_one_line

log = logging.getLogger(__name__)

MOST_BYTES = DEFAULT.message_bytes


@dataclass(frozen=True)
class Outcome:
    """What became of one file, in a tone and a sentence; the message it is, where it is one."""

    name: str
    tone: str
    says: str
    message: Message | None = None
    is_new: bool = False


def take(
    files: Iterable[UploadedFile[Any]], *, mailbox: str, actor: Actor, at: datetime, most: int = MOST_BYTES
) -> list[Outcome]:
    """Take in each file that is a message and not above `most` bytes; the outcome of each, in their order."""
    return [
        _take(file, mailbox, actor, at) if _fits(file, most) else _too_large(file, most) for file in files
    ]


def _fits(file: UploadedFile[Any], most: int) -> bool:
    return (file.size or 0) <= most


def _too_large(file: UploadedFile[Any], most: int) -> Outcome:
    says = _("Not taken in: larger than {most}.").format(most=filesizeformat(most))
    return Outcome(on_one_line(file.name or "", 120), "bad", says)


def _take(file: UploadedFile[Any], mailbox: str, actor: Actor, at: datetime) -> Outcome:
    name = on_one_line(file.name or "", 120)
    raw = file.read()
    if not reading.is_message(raw):
        says = _("Not taken in: this is no e-mail message. Save the message itself as an .eml file.")
        return Outcome(name, "bad", says)
    try:
        kept = actions.take_in(raw, door=actor.door, mailbox=mailbox, actor=actor, at=at)
    except Refusal as refusal:
        return Outcome(name, "bad", " ".join(str(finding.text) for finding in refusal.findings))
    except (
        Exception
    ) as error:  # one file's fault must not cost the others; the look-out takes up what was kept
        log.warning("taking in a file failed: %s", type(error).__name__)
        return Outcome(name, "bad", _("Something went wrong with this file: take it in once more."))
    return _outcome(name, kept.message, is_new=kept.is_new)


def _outcome(name: str, message: Message, *, is_new: bool) -> Outcome:
    number = queries.registered_as(message)
    if not is_new:
        return Outcome(name, "info", _("Known already: nothing was done twice."), message)
    if message.due:
        says = _("Taken in; one step failed and is tried again by itself.")
        return Outcome(name, "open", says, message, is_new)
    said = {
        MessageState.FILED: _("Taken in and placed."),
        MessageState.LINKED: _("Another copy of a message that is here already: kept and linked to it."),
    }
    says = said.get(MessageState(message.state), _("Taken in; it waits at the sorting desk."))
    tone = "good" if message.state == MessageState.FILED else "info"
    return Outcome(name, tone, f"{says} {number}".strip(), message, is_new)
