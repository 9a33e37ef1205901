"""Writes the parts a certified message is made of: letters, certification data, multiparts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import Header
from email.utils import encode_rfc2231, format_datetime
from xml.sax.saxutils import escape, quoteattr

from tragitto_pec.reading import Daticert
from tragitto_pec.rehearsal.sealing import CRLF


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file sent along with a letter."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody sends: the original message, before any provider has seen it."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def message_id(self) -> str:
        """The sender's own message id, always the same for the same letter."""
        digest = hashlib.sha256(repr((self.sender, self.recipients, self.subject, self.text)).encode())
        return f"<{digest.hexdigest()[:24]}@{self.sender.partition('@')[2]}>"

    def as_message(self, at: datetime, message_id: str = "", reference: str = "") -> bytes:
        """The letter as a message; providers put their identifier in place of the message id."""
        fields = [
            ("Message-ID", message_id or self.message_id),
            ("Date", format_datetime(at)),
            ("From", self.sender),
            ("To", ", ".join(self.recipients)),
            ("Subject", self.subject),
        ]
        if reference:
            fields.append(("In-Reply-To", reference))
        parts = [text_part(self.text), *(enclosure_part(enclosure) for enclosure in self.enclosures)]
        return headers([*fields, ("MIME-Version", "1.0")]) + CRLF + multipart(parts)


def in_brief(letter: Letter) -> Letter:
    """The letter with the hash of each file in its place, as a brief delivery receipt carries it."""
    hashes = ((file.name, hashlib.sha256(file.content).hexdigest()) for file in letter.enclosures)
    enclosures = tuple(Enclosure(name, digest.encode(), "text/plain") for name, digest in hashes)
    return replace(letter, enclosures=enclosures)


def headers(fields: Sequence[tuple[str, str]]) -> bytes:
    """Header lines, each ``Name: value``, encoded where they are not ASCII, without a final line end."""
    return CRLF.join(f"{name}: {_encoded(value)}".encode() for name, value in fields)


def _encoded(value: str) -> str:
    if value.isascii():
        return value
    return Header(value, "utf-8", maxlinelen=70).encode(linesep="\r\n")


def multipart(parts: Sequence[bytes], subtype: str = "mixed", boundary: bytes = b"") -> bytes:
    """A multipart, from its Content-Type on; the boundary follows from the content unless given."""
    boundary = boundary or b"----------=_" + hashlib.sha256(b"\0".join(parts)).hexdigest()[:24].encode()
    mark = b"--" + boundary
    opening = b'Content-Type: multipart/%s; boundary="%s"' % (subtype.encode(), boundary)
    return CRLF.join([opening, b"", *(mark + CRLF + part for part in parts), mark + b"--", b""])


def text_part(text: str) -> bytes:
    """A letter's text, as a part."""
    return _base64_part(b"Content-Type: text/plain; charset=utf-8", b"inline", text.encode())


def enclosure_part(enclosure: Enclosure) -> bytes:
    """A file, as a part."""
    name = enclosure.name
    shown = f'filename="{name}"' if name.isascii() else f"filename*={encode_rfc2231(name, 'utf-8')}"
    disposition = f"attachment; {shown}".encode()
    return _base64_part(f"Content-Type: {enclosure.media_type}".encode(), disposition, enclosure.content)


def daticert_part(xml: bytes) -> bytes:
    """The certification data, as a part."""
    content_type = b'Content-Type: application/xml; name="daticert.xml"'
    return _base64_part(content_type, b'inline; filename="daticert.xml"', xml)


def original_part(message: bytes) -> bytes:
    """A whole message, as the part ``postacert.eml``."""
    lines = [
        b'Content-Type: message/rfc822; name="postacert.eml"',
        b'Content-Disposition: inline; filename="postacert.eml"',
        b"Content-Transfer-Encoding: 7bit",
    ]
    return CRLF.join([*lines, b"", message])


def _base64_part(content_type: bytes, disposition: bytes, content: bytes) -> bytes:
    lines = [content_type, b"Content-Disposition: " + disposition, b"Content-Transfer-Encoding: base64"]
    return CRLF.join([*lines, b"", base64.encodebytes(content).replace(b"\n", CRLF)])


def daticert_xml(data: Daticert) -> bytes:
    """Write certification data as RFC 6109 § 4 lays them down."""
    zone = data.at.strftime("%z")[:5]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<postacert tipo={quoteattr(data.kind)} errore={quoteattr(data.error)}>",
        "<intestazione>",
        f"<mittente>{escape(data.sender)}</mittente>",
        *(
            f"<destinatari tipo={quoteattr(recipient.type or 'certificato')}>"
            f"{escape(recipient.address)}</destinatari>"
            for recipient in data.recipients
        ),
        f"<risposte>{escape(data.reply_to or data.sender)}</risposte>",
        f"<oggetto>{escape(data.subject)}</oggetto>",
        "</intestazione>",
        "<dati>",
        f"<gestore-emittente>{escape(data.provider)}</gestore-emittente>",
        f'<data zona="{zone}"><giorno>{data.at:%d/%m/%Y}</giorno><ora>{data.at:%H:%M:%S}</ora></data>',
        f"<identificativo>{escape(data.identifier)}</identificativo>",
        *_optional("msgid", data.original_message_id),
        *([f"<ricevuta tipo={quoteattr(data.receipt_type)} />"] if data.receipt_type else []),
        *_optional("consegna", data.delivered_to),
        *_optional("errore-esteso", data.error_detail),
        "</dati>",
        "</postacert>",
        "",
    ]
    return "\n".join(lines).encode()


def _optional(name: str, value: str | None) -> list[str]:
    return [f"<{name}>{escape(value)}</{name}>"] if value else []
