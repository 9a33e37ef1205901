"""Takes the original message apart into the files that came with it."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass

from tragitto_pec import automatic, mime
from tragitto_pec.automatic import NO_NOTICE, Notice
from tragitto_pec.limits import BeyondLimitError, Limits
from tragitto_pec.mime import Part
from tragitto_pec.names import cleaned
from tragitto_pec.reading import Attachment, Reason
from tragitto_pec.reasons import warning

DATICERT = "daticert.xml"
_MOST_NAME = 1000


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found in a message: its files, what is odd about them, stray certification data, notices."""

    attachments: tuple[Attachment, ...] = ()
    reasons: tuple[Reason, ...] = ()
    daticerts: tuple[bytes, ...] = ()
    has_sealed_message: bool = False
    notice: Notice = NO_NOTICE


def is_daticert(part: Part) -> bool:
    """Whether the part bears the name of the certification data, in either header."""
    names = (part.parameter("content-disposition", "filename"), part.parameter("content-type", "name"))
    return any(name.strip().lower() == DATICERT for name in names)


def contents(message: Part, limits: Limits) -> Contents:
    """Return the files of a message; beyond a limit, those found so far and the reason."""
    attachments: list[Attachment] = []
    reasons: list[Reason] = []
    daticerts: list[bytes] = []
    sealed = False
    try:
        for part in mime.leaves(message):
            sealed = sealed or _is_sealed(part)
            if is_daticert(part):
                daticerts.append(mime.decoded(part)[0])
            if _is_file(part):
                attachments.append(_attachment(part, len(attachments) + 1, reasons, limits))
    except BeyondLimitError as beyond:
        reasons.append(warning("original-unreadable", problem=f"{beyond.code}, {beyond.limit}"))
    notice = automatic.notice_of(message)
    return Contents(tuple(attachments), tuple(reasons), tuple(daticerts), sealed, notice)


def _is_file(part: Part) -> bool:
    """Text without a name is the letter itself; everything else came as a file."""
    if part.disposition == "attachment" or part.filename:
        return True
    return not part.media_type.startswith("text/") and part.body_start < part.end


def _is_sealed(part: Part) -> bool:
    """Whether the part is a message that bears a provider's seal or its look."""
    if not part.is_message:
        return False
    inner = mime.message_within(part)
    marks = inner.headers.get("x-trasporto") or inner.headers.get("x-ricevuta")
    return bool(marks) and inner.media_type == "multipart/signed"


def _attachment(part: Part, position: int, reasons: list[Reason], limits: Limits) -> Attachment:
    body, is_whole = mime.decoded(part)
    original_name = part.filename[:_MOST_NAME]
    name = cleaned(original_name, _fallback(part, position), limits.name_characters)
    if original_name and name != original_name:
        reasons.append(warning("name-cleaned", name=name))
    if not is_whole:
        reasons.append(warning("attachment-damaged", name=name))
    return Attachment(name, original_name, len(body), hashlib.sha256(body).hexdigest(), part.media_type, body)


def _fallback(part: Part, position: int) -> str:
    if part.is_message:
        return f"message-{position}.eml"
    return f"attachment-{position}{mimetypes.guess_extension(part.media_type) or '.bin'}"
