"""Makes what else reaches a mailbox: bounces, read receipts, replies of machines, mail passed on by lists."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime

from tragitto_pec.reading import Delivery
from tragitto_pec.rehearsal import parts
from tragitto_pec.rehearsal.parts import Letter
from tragitto_pec.rehearsal.sealing import CRLF

_DAEMON = "Mail Delivery Subsystem <mailer-daemon@mail.example>"


def bounce(letter: Letter, deliveries: Sequence[Delivery], *, at: datetime) -> bytes:
    """A report about a letter with the headers it had (RFC 3464), of deliveries of any action."""
    blocks = [b"Reporting-MTA: dns; mail.example"]
    for delivery in deliveries:
        fields = [
            ("Final-Recipient", f"rfc822; {delivery.recipient}"),
            ("Action", delivery.action),
            ("Status", delivery.status),
            ("Diagnostic-Code", f"smtp; {delivery.detail}"),
        ]
        blocks.append(parts.headers([(name, value) for name, value in fields if value != "smtp; "]))
    report = _part("message/delivery-status", (CRLF * 2).join(blocks))
    return _report(letter, [report, _returned(letter, at)], "delivery-status", at)


def read_receipt(letter: Letter, *, at: datetime, disposition: str = "displayed") -> bytes:
    """What a recipient's mail program tells when the letter is opened (RFC 8098)."""
    fields = [
        ("Reporting-UA", "mail.example; a program"),
        ("Final-Recipient", f"rfc822; {letter.recipients[0]}"),
        ("Original-Message-ID", letter.message_id),
        ("Disposition", f"manual-action/MDN-sent-manually; {disposition}"),
    ]
    report = _part("message/disposition-notification", parts.headers(fields))
    return _report(letter, [report], "disposition-notification", at)


def auto_reply(letter: Letter, *, at: datetime, text: str = "Sono assente.") -> bytes:
    """What a mailbox answers to a letter by itself, and says so (RFC 3834)."""
    subject = f"Risposta automatica: {letter.subject}"
    answer = Letter(letter.recipients[0], (letter.sender,), subject, text)
    marked = b"Auto-Submitted: auto-replied (vacation)" + CRLF
    return marked + answer.as_message(at, reference=letter.message_id)


def passed_on(message: bytes, *, footer: str = "avvisi@liste.example", levels: int = 1) -> bytes:
    """A message as a mailing list passes it on: its headers on top, its body in a wrapper with a footer."""
    for _level in range(levels):
        head, body = message.split(CRLF * 2, 1)
        found = re.search(rb"(?mis)^content-type:.*?(?=\r\n\S|\Z)", head)
        content_type = found[0] if found else b"Content-Type: text/plain"
        inner = content_type + CRLF * 2 + body
        rest = head.replace(content_type, b"").replace(CRLF * 2, CRLF).strip(CRLF)
        message = rest + CRLF + parts.multipart([inner, parts.text_part(footer)])
    return message


def _report(letter: Letter, pieces: list[bytes], kind: str, at: datetime) -> bytes:
    notice = parts.text_part("Notizie del messaggio inviato.")
    body = parts.multipart([notice, *pieces], f'report; report-type="{kind}"')
    digest = hashlib.sha256(body).hexdigest()[:24]
    fields = [
        ("Message-ID", f"<{digest}@mail.example>"),
        ("Date", format_datetime(at)),
        ("From", _DAEMON),
        ("To", letter.sender),
        ("Subject", "Delivery Status Notification"),
        ("Auto-Submitted", "auto-replied"),
        ("MIME-Version", "1.0"),
    ]
    return parts.headers(fields) + CRLF + body


def _returned(letter: Letter, at: datetime) -> bytes:
    """The headers of the letter, as a part: most servers return no more."""
    message = replace(letter, enclosures=()).as_message(at)
    return _part("text/rfc822-headers", message.split(CRLF * 2, 1)[0])


def _part(media_type: str, content: bytes) -> bytes:
    return b"Content-Type: " + media_type.encode() + CRLF * 2 + content + CRLF
