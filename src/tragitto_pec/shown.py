"""What the headers of a message show: needed to sort it, proof of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tragitto_pec import mime
from tragitto_pec.daticert import DaticertError, parse
from tragitto_pec.limits import Limits
from tragitto_pec.mime import Part
from tragitto_pec.original import Contents, contents
from tragitto_pec.reading import Daticert, Reading, Reason, Recipient
from tragitto_pec.reasons import deciding, warning
from tragitto_pec.vocabulary import Kind, Verdict


def as_shown(top: Part, kind: Kind, verdict: Verdict, reasons: tuple[Reason, ...]) -> Reading:
    """A reading filled from the headers alone."""
    headers, limits = top.headers, top.limits
    sender = next((address for _name, address in mime.addresses(headers.all("from"), limits)), "")
    named = mime.addresses(headers.all("to") + headers.all("cc"), limits)
    return Reading(
        kind=kind,
        verdict=verdict,
        reasons=(*reasons, *_overlong(top)),
        sender=sender,
        recipients=tuple(Recipient(address) for _name, address in named[: limits.recipients]),
        subject=mime.decode_words(headers.get("subject"), limits.header_value),
        message_id=identifier(top, "message-id"),
        reference=identifier(top, "x-riferimento-message-id"),
    )


def _overlong(top: Part) -> Iterator[Reason]:
    """The headers of addresses that are left out, because nobody honest writes such long ones."""
    for name in ("from", "to", "cc"):
        if any(len(value) > top.limits.header_value for value in top.headers.all(name)):
            yield warning("header-unreadable", header=name.title())


def identifier(top: Part, header: str) -> str | None:
    """A message id as the header bears it, or None."""
    return top.headers.get(header)[: top.limits.header_value] or None


def ordinary(top: Part, limits: Limits) -> Reading:
    """Read mail that bears no signature: kept and shown, certified by nobody."""
    return with_contents(top, Kind.ORDINARIA, deciding("ordinary-mail"), limits)


def with_contents(top: Part, kind: Kind, reason: Reason, limits: Limits) -> Reading:
    """Read an uncertified message with its files and with what a stray daticert.xml claims."""
    found = contents(top, limits)
    reasons = [reason, *found.reasons]
    if found.daticerts:
        reasons.append(warning("daticert-without-seal"))
    if found.has_sealed_message:
        reasons.append(warning("certified-message-inside"))
    shown = as_shown(top, kind, Verdict.UNCERTIFIED, tuple(reasons))
    return replace(with_notice(shown, found), attachments=found.attachments, claims=claims_of(found, limits))


def with_notice(reading: Reading, found: Contents) -> Reading:
    """The reading with what a machine's notice reports and the messages it refers to."""
    notice = found.notice
    return replace(
        reading,
        automatic=notice.automatic,
        deliveries=notice.deliveries,
        replies_to=notice.replies_to,
    )


def claims_of(found: Contents, limits: Limits) -> Daticert | None:
    """What the first stray daticert.xml says, when it says anything."""
    for raw in found.daticerts[:1]:
        try:
            return parse(raw, limits)
        except DaticertError:
            return None
    return None
