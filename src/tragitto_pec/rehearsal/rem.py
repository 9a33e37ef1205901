"""Makes messages of the European kind (REM, EN 319 532): evidence as XML in a message sealed like any other.

The evidence bears no signature of its own: the reader looks at the message's seal alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tragitto_pec.reading import Daticert
from tragitto_pec.rehearsal import parts
from tragitto_pec.rehearsal.parts import Letter
from tragitto_pec.rehearsal.provider import Provider
from tragitto_pec.rehearsal.sealing import CRLF
from tragitto_pec.vocabulary import Kind

_EVENTS = "http://uri.etsi.org/19522/Event/"


def evidence_xml(event: str, data: Daticert) -> bytes:
    """The evidence of an event; as in real ones, the time and the addresses stand in no namespace."""
    moment = data.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    recipients = "".join(
        f"<e:RecipientDetails><Identifier>{escape(recipient.address)}</Identifier></e:RecipientDetails>"
        for recipient in data.recipients
    )
    name = f"<s:AttributeValue>{escape(data.provider)}</s:AttributeValue>"
    reasons = f"<Code>1</Code><Details>{escape(data.error_detail)}</Details>" if data.error_detail else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<e:Evidence xmlns:e="http://uri.etsi.org/19522/v1#" version="1"'
        ' xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion">',
        f"<e:EvidenceIdentifier>{escape(data.identifier)}</e:EvidenceIdentifier>",
        f"<e:ERDSEventId>{_EVENTS}{event}</e:ERDSEventId>",
        f"<e:EventReasons><e:EventReason>{reasons}</e:EventReason></e:EventReasons>",
        f"<EventTime>{moment}</EventTime>",
        "<e:EvidenceIssuerPolicyID><PolicyID>urn:example:policy</PolicyID></e:EvidenceIssuerPolicyID>",
        '<e:EvidenceIssuerDetails><e:Identity><s:Attribute FriendlyName="LegalName">',
        f"{name}</s:Attribute></e:Identity></e:EvidenceIssuerDetails>",
        f"<e:SenderDetails><Identifier>{escape(data.sender)}</Identifier></e:SenderDetails>",
        recipients,
        "<e:UserContentInfo><ComposingParts>1</ComposingParts></e:UserContentInfo>",
        "</e:Evidence>",
    ]
    return "\n".join(lines).encode()


def evidence_part(xml: bytes) -> bytes:
    """The evidence, as a part."""
    enclosure = parts.Enclosure("evidence.xml", xml, "application/xml")
    return parts.enclosure_part(enclosure)


def statement(provider: Provider, letter: Letter, at: datetime) -> Daticert:
    """What an evidence about this letter says, to be changed as wished."""
    return provider.statement(Kind.POSTA_CERTIFICATA, letter, at)


def rem_message(
    provider: Provider,
    letter: Letter,
    evidence: Sequence[bytes],
    *,
    at: datetime,
    with_original: bool = True,
) -> bytes:
    """A message with this evidence: a dispatch with the original, a receipt without."""
    pieces = [parts.text_part("Messaggio REM."), *(evidence_part(xml) for xml in evidence)]
    if with_original:
        pieces.append(parts.original_part(letter.as_message(at)))
    to = letter.recipients[0] if with_original else letter.sender
    fields = [
        ("Subject", f"REM: {letter.subject}"),
        ("Date", format_datetime(at.astimezone(provider.zone))),
        ("Message-ID", f"<rem.{provider.identifier(letter, at)}>"),
        ("From", provider.address),
        ("To", to),
    ]
    return provider.seal_parts(fields, pieces, at)


def mentioned(receipt: bytes, event: str) -> bytes:
    """A receipt of certified mail as some send it since 2026: a header names the event of REM too."""
    return f"X-REM-Subject: REM {event}: ricevuta".encode() + CRLF + receipt
