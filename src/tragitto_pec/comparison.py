"""Compares what the unsigned headers show with what is sealed, so that a forged header stands out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from tragitto_pec import mime
from tragitto_pec.mime import Part
from tragitto_pec.reading import Daticert, Reason
from tragitto_pec.reasons import warning
from tragitto_pec.vocabulary import Kind

# Clocks of a provider's machines differ by seconds; genuine envelopes were never further apart than one.
_FAR = timedelta(minutes=5)
_ADDRESS = re.compile(r"[^\s<>\"',;:]+@[^\s<>\"',;:]+")


def differences(top: Part, sealed: Daticert, signed_at: datetime | None) -> Iterator[Reason]:
    """Give a warning for each header that says otherwise than the sealed data."""
    yield from _words(top, sealed)
    yield from moments(top, sealed, signed_at)
    yield from _parties(top, sealed)


def moments(top: Part, sealed: Daticert, signed_at: datetime | None) -> Iterator[Reason]:
    """Give a warning for each time beside the certified one that is far from it."""
    shown_at = _date(top.headers.get("date"))
    if shown_at and abs(shown_at - sealed.at) > _FAR:
        yield warning("date-header-differs", shown=shown_at.isoformat(), sealed=sealed.at.isoformat())
    if signed_at and abs(signed_at - sealed.at) > _FAR:
        yield warning("signing-time-far", signed=signed_at.isoformat(), sealed=sealed.at.isoformat())


def _words(top: Part, sealed: Daticert) -> Iterator[Reason]:
    """Subject and kind, which the headers of certified mail of 2005 repeat."""
    if not _same_subject(top, sealed):
        yield warning("subject-header-differs")
    shown_kind = top.headers.get("x-trasporto") or top.headers.get("x-ricevuta")
    if shown_kind and shown_kind.strip().lower() != sealed.kind:
        yield warning("kind-header-differs", shown=shown_kind[:80], sealed=sealed.kind)


def _parties(top: Part, sealed: Daticert) -> Iterator[Reason]:
    """Sender and identifiers; a receipt bears a Message-ID of its own (RFC 6109 § 3.1)."""
    if sealed.kind is Kind.POSTA_CERTIFICATA:
        named = " ".join(name for name, _address in mime.addresses(top.headers.all("from"), top.limits))
        shown = _ADDRESS.findall(named)
        if any(address.lower() != sealed.sender.lower() for address in shown):
            yield warning("sender-header-differs", shown=" ".join(shown)[:200], sealed=sealed.sender)
        if not _same_id(top.headers.get("message-id"), sealed.identifier):
            yield warning("message-id-differs")
    if not _same_id(top.headers.get("x-riferimento-message-id"), sealed.original_message_id or ""):
        yield warning("reference-differs")


def _same_id(shown: str, sealed: str) -> bool:
    """Whether two message ids agree; one that is missing contradicts nothing."""
    return not shown or not sealed or shown.strip().strip("<>") == sealed.strip().strip("<>")


def _same_subject(top: Part, sealed: Daticert) -> bool:
    """Whether the header is a provider's prefix in capitals and then the sealed subject, spaces apart."""
    shown = "".join(mime.decode_words(top.headers.get("subject"), top.limits.header_value).split())
    wanted = "".join(sealed.subject.split())
    return (
        shown.endswith(wanted) and re.fullmatch(r"[A-Z.']+:", shown[: len(shown) - len(wanted)]) is not None
    )


def _date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else None
