"""How readings travel between processes: frames of JSON and raw bytes, decoded by type, never pickled."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import IO

import msgspec

from tragitto_pec.questions import Question
from tragitto_pec.reading import Attachment, Reading

_LENGTH = 8
#: With this status the limited process ends itself when it was refused memory.
OUT_OF_MEMORY = 77


class Request(msgspec.Struct, frozen=True):
    """What the limited process is asked about the bytes that follow: a question and its options.

    With ``holds`` there is no question: the bytes are kept under that name for the questions to come.
    """

    question: str = ""
    options: msgspec.Raw = msgspec.Raw(b"null")
    holds: str = ""


class FrameError(Exception):
    """The other side broke off, or sent what no honest one would."""


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write one frame: its length, then its content."""
    stream.write(len(content).to_bytes(_LENGTH, "big"))
    stream.write(content)


def read_frame(stream: IO[bytes], most: int | None = None) -> bytes | None:
    """Read one frame, or None at the end. Raises ``FrameError`` when it is cut short or above ``most``."""
    head = stream.read(_LENGTH)
    if not head:
        return None
    size = int.from_bytes(head, "big")
    if len(head) < _LENGTH or (most is not None and size > most):
        raise FrameError("a frame of the wrong size")
    content = stream.read(size)
    if len(content) < size:
        raise FrameError("a frame cut short")
    return content


def answer_of[O, A](question: Question[O, A], head: bytes) -> A:
    """The answer that came back. Raises ``FrameError`` when it is not of the question's type."""
    try:
        return msgspec.json.decode(head, type=question.answer)
    except (msgspec.DecodeError, ValueError) as error:
        raise FrameError("not an answer") from error


def pack_reading(reading: Reading) -> tuple[Reading, bytes]:
    """Part a reading from the contents of its attachments, one after the other."""
    contents = b"".join(attachment.body for attachment in reading.attachments)
    bare = tuple(replace(attachment, body=b"") for attachment in reading.attachments)
    return replace(reading, attachments=bare), contents


def unpack_reading(reading: Reading, contents: bytes) -> Reading:
    """Put a reading together again. Raises ``FrameError`` when sizes or hashes do not agree."""
    attachments, at = [], 0
    for attachment in reading.attachments:
        attachments.append(_with_body(attachment, contents[at : at + attachment.size]))
        at += attachment.size
    if at != len(contents):
        raise FrameError("contents of another size")
    return replace(reading, attachments=tuple(attachments))


def _with_body(attachment: Attachment, body: bytes) -> Attachment:
    if len(body) != attachment.size or hashlib.sha256(body).hexdigest() != attachment.sha256:
        raise FrameError("a content that is not the attachment's")
    return replace(attachment, body=body)
