"""Composing a message of ours (RFC 5322): once, so that it is the same bytes however often it is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from unicodedata import category

#: Servers on the way may not carry more than seven bits; nothing is recoded if nothing needs to be.
_POLICY = SMTP.clone(cte_type="7bit")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class File:
    """A file to go along: the name its reader sees, its kind and its content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """All that a message says; `reply_to` is the Message-ID of what it answers."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    message_id: str
    files: tuple[File, ...] = ()
    reply_to: str = ""


def is_address(text: str) -> bool:
    """Whether this is one plain address (RFC 5321, § 4.1.2), without a name around it."""
    return len(text) <= _LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(text))


def message_id(code: str, token: str, sender: str) -> str:
    """Our own Message-ID for an outgoing message: receipts will speak of it (RFC 6109, § 2.1.1)."""
    return f"<{code}.{token}@{sender.partition('@')[2]}>"


def compose(letter: Letter, *, at: datetime) -> bytes:
    """The message as bytes with line ends CR LF. Raises `ValueError` for what no header can hold."""
    if any(_has_controls(text) for text in (letter.subject, *(file.name for file in letter.files))):
        raise ValueError("control characters in a header")
    message = EmailMessage(policy=_POLICY)
    for name, value in _header(letter, at).items():
        message[name] = value
    message.set_content(letter.text)
    for file in letter.files:
        main, _, sub = file.media_type.partition("/")
        # A message as an attachment would be recoded: it travels as plain content, byte for byte.
        is_plain = bool(sub) and main not in {"message", "multipart"}
        maintype, subtype = (main, sub) if is_plain else ("application", "octet-stream")
        message.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=file.name)
    return message.as_bytes()


def _has_controls(text: str) -> bool:
    return any(category(character) == "Cc" for character in text)


def _header(letter: Letter, at: datetime) -> Mapping[str, str]:
    header = {
        "From": letter.sender,
        "To": ", ".join(letter.recipients),
        "Subject": letter.subject,
        "Date": format_datetime(at),
        "Message-ID": letter.message_id,
    }
    if letter.reply_to:
        header |= {"In-Reply-To": letter.reply_to, "References": letter.reply_to}
    return header
