"""What a reading says: frozen values only, ready to be kept, sent or printed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tragitto_pec.vocabulary import CERTIFIED_KINDS, Automatic, Kind, Verdict, Weight

NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing worth knowing: a stable code, a sentence that says how to mend it, the facts behind."""

    code: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    weight: Weight = Weight.WARNING

    def as_json(self) -> dict[str, Any]:
        """Return the reason as plain values."""
        return {"code": self.code, "weight": str(self.weight), "text": self.text, "facts": dict(self.facts)}


@dataclass(frozen=True, slots=True)
class Recipient:
    """An addressee; ``certified`` is None where only an unsigned header names the address."""

    address: str
    certified: bool | None = None

    @property
    def type(self) -> str:
        """The word of daticert.xml: ``certificato``, ``esterno``, or nothing when unknown."""
        return {True: "certificato", False: "esterno", None: ""}[self.certified]


@dataclass(frozen=True, slots=True)
class Daticert:
    """The certification data of a provider, as ``daticert.xml`` states them (RFC 6109 § 4)."""

    kind: Kind
    at: datetime
    sender: str
    recipients: tuple[Recipient, ...]
    subject: str
    provider: str
    identifier: str
    original_message_id: str | None = None
    reply_to: str | None = None
    receipt_type: str | None = None
    delivered_to: str | None = None
    error: str = "nessuno"
    error_detail: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the statements as plain values, the time with its own offset."""
        return {
            "kind": str(self.kind),
            "certified_at": self.at.isoformat(),
            "sender": self.sender,
            "recipients": [recipient.address for recipient in self.recipients],
            "subject": self.subject,
            "provider": self.provider,
            "identifier": self.identifier,
            "original_message_id": self.original_message_id,
            "receipt_type": self.receipt_type,
            "delivered_to": self.delivered_to,
            "error": self.error,
            "error_detail": self.error_detail,
        }


@dataclass(frozen=True, slots=True)
class CertifiedEvent:
    """One thing a provider certifies, in the words of its own system.

    ``anchor_set`` is the set of authorities that vouches for the provider (``pec-2005``, ``rem``),
    ``evidence`` the file that states the event, as it was sealed.
    """

    kind: str
    instant: datetime
    issuer: str
    anchor_set: str
    evidence: bytes = field(default=b"", repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the event as plain values, its evidence by size and hash."""
        return {
            "kind": self.kind,
            "instant": self.instant.isoformat(),
            "issuer": self.issuer,
            "anchor_set": self.anchor_set,
            "evidence_size": len(self.evidence),
            "evidence_sha256": hashlib.sha256(self.evidence).hexdigest(),
        }


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a notice of a machine reports of one recipient (RFC 3464 § 2.3, RFC 8098 § 3.2).

    ``action`` is ``failed``, ``delayed``, ``delivered``, ``relayed`` or ``expanded``, of a read receipt
    its disposition (``displayed``, ``deleted`` …); ``status`` has the form ``5.1.1`` or is empty.
    """

    recipient: str
    action: str
    status: str = ""
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "recipient": self.recipient,
            "action": self.action,
            "status": self.status,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with the original message.

    ``name`` is safe to show and to offer for download; ``original_name`` is what the sender wrote and
    may lie about its direction, its folder and its kind. The hash is over ``content()``.
    """

    name: str
    original_name: str
    size: int
    sha256: str
    media_type: str
    body: bytes = field(default=b"", repr=False)

    def content(self) -> bytes:
        """Return the decoded content."""
        return self.body

    def as_json(self) -> dict[str, Any]:
        """Return what identifies the file, without its content."""
        return {
            "name": self.name,
            "original_name": self.original_name,
            "size": self.size,
            "sha256": self.sha256,
            "media_type": self.media_type,
        }


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose certificate sealed the envelope; what it states is proven only by the verdict."""

    address: str
    subject: str
    issuer: str
    serial: str
    spki_sha256: str
    issuer_spki_sha256: str
    not_before: datetime
    not_after: datetime
    signed_at: datetime | None
    digest: str
    anchor: str

    def as_json(self) -> dict[str, Any]:
        """Return the certificate's identity as plain values."""
        return {
            "address": self.address,
            "subject": self.subject,
            "issuer": self.issuer,
            "serial": self.serial,
            "spki_sha256": self.spki_sha256,
            "issuer_spki_sha256": self.issuer_spki_sha256,
            "not_before": self.not_before.isoformat(),
            "not_after": self.not_after.isoformat(),
            "signed_at": self.signed_at.isoformat() if self.signed_at else None,
            "digest": self.digest,
            "anchor": self.anchor,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a message says, parted into what is proven and what is only claimed.

    With the verdict ``valid`` the parties, the subject and the identifier come out of the signed
    ``daticert.xml``. Otherwise they are what the headers show, ``identifier`` is None, and whatever a
    ``daticert.xml`` states without proof stands in ``claims``.

    ``attachments`` are the files of the original message, whatever the kind. A receipt that brings a
    copy of the message it is about (``carries_copy``) holds files that its addressee sent, not received:
    what a certified message files with its addressee is ``submitted``.

    ``replies_to`` are the message ids that the original message refers to, for a notice of a machine
    first the one it is about. Of an answer to certified mail one of them is that mail's ``identifier``.
    """

    kind: Kind
    verdict: Verdict
    reasons: tuple[Reason, ...]
    certified_at: datetime | None = None
    sender: str = ""
    recipients: tuple[Recipient, ...] = ()
    subject: str = ""
    identifier: str | None = None
    message_id: str | None = None
    original_message_id: str | None = None
    reference: str | None = None
    receipt_type: str | None = None
    delivered_to: str | None = None
    error: str | None = None
    error_detail: str | None = None
    error_status: str | None = None
    provider: str | None = None
    carries_copy: bool = False
    automatic: Automatic = Automatic.NO
    deliveries: tuple[Delivery, ...] = ()
    replies_to: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    events: tuple[CertifiedEvent, ...] = ()
    signer: Signer | None = None
    claims: Daticert | None = None
    revocation: str = NOT_CHECKED

    @property
    def is_valid(self) -> bool:
        """Whether the message is certified mail that proves its time."""
        return self.verdict is Verdict.VALID

    @property
    def is_receipt(self) -> bool:
        """Whether it tells what became of a certified message, proven or not."""
        return self.kind in CERTIFIED_KINDS and self.kind is not Kind.POSTA_CERTIFICATA

    @property
    def is_submission(self) -> bool:
        """Whether this is a certified message to its addressee, and not a receipt or ordinary mail.

        A machine's notice sent from a certified mailbox is none unless it brings files: better a person
        looks at one answer too many than that a filing is missed.
        """
        if not self.is_valid or self.kind is not Kind.POSTA_CERTIFICATA:
            return False
        return not self.automatic or bool(self.attachments)

    @property
    def submitted(self) -> tuple[Attachment, ...]:
        """The files that this message files with its addressee: none, unless it is a submission."""
        return self.attachments if self.is_submission else ()

    def has(self, code: str) -> bool:
        """Whether a reason of this code was given."""
        return any(reason.code == code for reason in self.reasons)

    def as_json(self) -> dict[str, Any]:
        """Return the reading as plain values: the line ``mail read`` prints, without the file's name."""
        return {
            "kind": str(self.kind),
            "certified_at": self.certified_at.isoformat() if self.certified_at else None,
            "verdict": str(self.verdict),
            "reasons": [reason.as_json() for reason in self.reasons],
            "sender": self.sender,
            "recipients": [recipient.address for recipient in self.recipients],
            "recipient_types": {r.address: r.type for r in self.recipients if r.type},
            "subject": self.subject,
            "identifier": self.identifier,
            "message_id": self.message_id,
            "original_message_id": self.original_message_id,
            "reference": self.reference,
            "receipt_type": self.receipt_type,
            "delivered_to": self.delivered_to,
            "error": self.error,
            "error_detail": self.error_detail,
            "error_status": self.error_status,
            "provider": self.provider,
            "carries_copy": self.carries_copy,
            "automatic": str(self.automatic),
            "deliveries": [delivery.as_json() for delivery in self.deliveries],
            "replies_to": list(self.replies_to),
            "attachments": [attachment.as_json() for attachment in self.attachments],
            "signer": self.signer.as_json() if self.signer else None,
            "events": [event.as_json() for event in self.events],
            "claims": self.claims.as_json() if self.claims else None,
            "revocation": self.revocation,
        }
