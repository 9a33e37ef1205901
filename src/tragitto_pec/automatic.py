"""Tells what machines write from what people write: bounces, delivery reports, read receipts, replies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tragitto_pec import mime
from tragitto_pec.limits import BeyondLimitError
from tragitto_pec.mime import Headers, Part
from tragitto_pec.reading import Delivery
from tragitto_pec.vocabulary import Automatic

_IDENTIFIER = re.compile(r"<[^<>\s]{1,996}>")
# An enhanced status code (RFC 3463 § 2), wherever a server or a provider writes it.
_STATUS = re.compile(r"(?<![0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9]|\.[0-9])")
_ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_DISPOSITIONS = ("message/disposition-notification", "message/global-disposition-notification")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_DAEMONS = ("mailer-daemon", "postmaster")
_MOST_REFERENCES = 20
_MOST_DETAIL = 500
_MOST_VALUE = 8192


@dataclass(frozen=True, slots=True)
class Notice:
    """What kind of machine wrote a message, what it reports, and which messages it refers to."""

    automatic: Automatic = Automatic.NO
    deliveries: tuple[Delivery, ...] = ()
    replies_to: tuple[str, ...] = ()


NO_NOTICE = Notice()


def notice_of(message: Part) -> Notice:
    """Say whether a machine wrote the message and what about. Never raises; proof of nothing.

    A report names the message it is about in what it returns of it, an answer by In-Reply-To and
    References (RFC 5322 § 3.6.4).
    """
    referred = _identifiers(message.headers.all("in-reply-to") + message.headers.all("references"))
    if message.media_type == "multipart/report":
        try:
            found = _report(mime.children(message), message)
        except BeyondLimitError:
            found = None
        if found:
            named = tuple(dict.fromkeys((*found.replies_to, *referred)))
            return Notice(found.automatic, found.deliveries, named[:_MOST_REFERENCES])
    if _is_from_daemon(message):
        return Notice(Automatic.BOUNCE, _failed_recipients(message), referred)
    return Notice(Automatic.AUTO_REPLY if _is_auto_reply(message.headers) else Automatic.NO, (), referred)


def status_in(text: str | None) -> str | None:
    """The enhanced status code a provider's sentence contains, such as 5.1.1; None without one."""
    found = _STATUS.search(text[:_MOST_DETAIL]) if text else None
    return found[1] if found else None


def _report(parts: list[Part], message: Part) -> Notice | None:
    """The report of a multipart/report: its second part says what became of which recipient (RFC 6522)."""
    data = next((part for part in parts if part.media_type in _REPORTS + _DISPOSITIONS), None)
    if data is None:
        return None
    groups = _groups(data)
    about = _about(parts, groups)
    if data.media_type in _DISPOSITIONS:
        return Notice(Automatic.READ_RECEIPT, _dispositions(groups), about)
    reported = (_delivery(group) for group in groups[: message.limits.recipients])
    deliveries = tuple(delivery for delivery in reported if delivery)
    has_failed = any(delivery.action == "failed" for delivery in deliveries)
    return Notice(Automatic.BOUNCE if has_failed else Automatic.DELIVERY_REPORT, deliveries, about)


def _groups(data: Part) -> list[Headers]:
    """The blocks of fields of a report: the first about the message, then one for each recipient."""
    limits = data.limits
    blocks = re.split(rb"\r?\n(?:[ \t]*\r?\n)+", mime.decoded(data)[0][: limits.header_bytes].strip())
    return [mime.headers(block) for block in blocks[: limits.recipients + 1]]


def _delivery(group: Headers) -> Delivery | None:
    """One recipient's report; the address we wrote to stands before the one it was forwarded to."""
    recipient = _typed(group.get("original-recipient")) or _typed(group.get("final-recipient"))
    action = group.get("action").strip().lower()
    if not recipient or action not in _ACTIONS:
        return None
    detail = _typed(group.get("diagnostic-code"))[:_MOST_DETAIL]
    return Delivery(recipient, action, status_in(group.get("status")) or "", detail)


def _dispositions(groups: list[Headers]) -> tuple[Delivery, ...]:
    """What the recipient's program says was done: the last word of its disposition (RFC 8098 § 3.2.6)."""
    fields = next((group for group in groups if group.get("disposition")), Headers())
    recipient = _typed(fields.get("original-recipient")) or _typed(fields.get("final-recipient"))
    action = fields.get("disposition").partition(";")[2].split("/", 1)[0].strip().lower()
    return (Delivery(recipient, action[:40]),) if recipient and action else ()


def _about(parts: list[Part], groups: list[Headers]) -> tuple[str, ...]:
    """The Message-ID the report is about: of the message it returns, or as it names it itself."""
    named = [value for group in groups for value in group.all("original-message-id")]
    named += [value for group in groups for value in group.all("x-original-message-id")]
    for part in parts:
        if part.media_type in _RETURNED:
            named += mime.message_within(part).headers.all("message-id")[:1]
    return _identifiers(named)


def _is_from_daemon(message: Part) -> bool:
    """A bounce without the form of a report: no return address, from a mail server (RFC 5321 § 6.1)."""
    if message.headers.get("return-path").strip() != "<>" and not message.headers.get("x-failed-recipients"):
        return False
    senders = mime.addresses(message.headers.all("from"), message.limits)
    return any(address.partition("@")[0].lower() in _DAEMONS for _name, address in senders)


def _failed_recipients(message: Part) -> tuple[Delivery, ...]:
    named = mime.addresses(message.headers.all("x-failed-recipients"), message.limits)
    return tuple(Delivery(address, "failed") for _name, address in named[: message.limits.recipients])


def _is_auto_reply(headers: Headers) -> bool:
    """What answers by itself says so; what a program sends of its own accord is no answer (RFC 3834 § 5)."""
    if headers.get("auto-submitted").split(";", 1)[0].strip().lower().startswith("auto-replied"):
        return True
    marks = [headers.get("x-autoreply"), headers.get("x-autorespond")]
    if any(mark.strip().lower() not in ("", "no", "false") for mark in marks):
        return True
    return headers.get("precedence").strip().lower() == "auto_reply"


def _typed(value: str) -> str:
    """The value of a field ``type; value`` (RFC 3464 § 2.1.2), without the angle brackets of an address."""
    return (value.partition(";")[2] or value).strip().strip("<>")


def _identifiers(values: list[str]) -> tuple[str, ...]:
    """The message ids that header values name, each once."""
    found = (match[0] for value in values for match in _IDENTIFIER.finditer(value[:_MOST_VALUE]))
    return tuple(dict.fromkeys(found))[:_MOST_REFERENCES]
