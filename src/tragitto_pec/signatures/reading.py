"""What a signed file says: frozen values only, ready to be kept, sent or printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from tragitto_pec.reading import Reason
from tragitto_pec.signatures.asks import Ask
from tragitto_pec.signatures.vocabulary import (
    Chain,
    Changes,
    Container,
    FileVerdict,
    Integrity,
    Qualified,
    Revocation,
)


@dataclass(frozen=True, slots=True)
class ListSummary:
    """Which trusted list was asked: whose, which number, of when, and until when it speaks."""

    territory: str
    sequence: int
    issued_at: datetime
    next_update: datetime | None = None

    def is_stale(self, at: datetime) -> bool:
        """Whether a newer list should have come out by ``at`` (an aware instant)."""
        return self.next_update is not None and self.next_update < at


@dataclass(frozen=True, slots=True)
class FileSigner:
    """One signature and who made it.

    Names and codice fiscale are those of the certificate; they are proven as far as ``integrity`` and
    ``chain`` say. ``claimed_at`` is the signer's own clock, ``proven_at`` a time stamp that was verified.
    ``layer`` counts from the outside, 1 first. ``qscd`` is None where nothing tells whether the key lies
    in a qualified device; ``is_seal`` marks the seal of an organisation; ``is_weak`` a digest or a key that
    can be forged. ``judged_at`` is the moment at which the certificate was judged. ``asks`` are where the
    revocation can be asked, given only when the chain is trusted. ``covers_content``: it fits, and every
    field of what it signs is as in the content that is given beside the reading; otherwise this person has
    signed something else, or it cannot be told.
    """

    name: str
    given_name: str = ""
    surname: str = ""
    codice_fiscale: str = ""
    country: str = ""
    organisation: str = ""
    serial: str = ""
    issuer: str = ""
    claimed_at: datetime | None = None
    proven_at: datetime | None = None
    judged_at: datetime | None = None
    integrity: Integrity = Integrity.UNSUPPORTED
    chain: Chain = Chain.NOT_CHECKED
    revocation: Revocation = Revocation.NOT_CHECKED
    qualified: Qualified = Qualified.UNKNOWN
    qscd: bool | None = None
    is_seal: bool = False
    is_weak: bool = False
    covers_content: bool = False
    layer: int = 1
    field: str = ""
    digest: str = ""
    key: str = ""
    reasons: tuple[Reason, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether it fits safely, leads to the trusted list and is not known to have been revoked."""
        return (
            self.integrity is Integrity.INTACT
            and not self.is_weak
            and self.chain is Chain.TRUSTED
            and self.revocation is not Revocation.REVOKED
        )

    def has(self, code: str) -> bool:
        """Whether a reason of this code was given."""
        return any(reason.code == code for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class SignatureReading:
    """Everything the signatures of a file say.

    ``layers`` counts the signed wrappings taken off. ``revision_end`` is the length of the accepted signed
    revision of a PDF, 0 for all else; later bytes of the file are not the signatory's, and ``changes`` says
    what they do. The content (what lies innermost, or the signed revision) travels beside the reading: of
    ``content_size`` bytes with the hash ``content_sha256``; 0 and empty where there is none.
    """

    verdict: FileVerdict
    reasons: tuple[Reason, ...] = ()
    container: Container = Container.NONE
    layers: int = 0
    signers: tuple[FileSigner, ...] = ()
    revision_end: int = 0
    changes: Changes = Changes.NONE
    content_sha256: str = ""
    content_size: int = 0
    trusted_list: ListSummary | None = None

    @property
    def is_intact(self) -> bool:
        """Whether it is signed, everything fits and nothing that counts was added."""
        return self.verdict is FileVerdict.INTACT

    @property
    def needs_person(self) -> bool:
        """Whether somebody must look before the content may count as signed."""
        return self.verdict not in (FileVerdict.INTACT, FileVerdict.UNSIGNED)

    def has(self, code: str) -> bool:
        """Whether a reason of this code was given, to the file or to one of its signers."""
        return any(reason.code == code for reason in self.reasons) or any(
            signer.has(code) for signer in self.signers
        )

    def as_json(self) -> dict[str, Any]:
        """Return the reading as plain values: the line ``sign read`` prints, without the file's name."""
        plain = msgspec.to_builtins(self)
        assert isinstance(plain, dict)
        return plain
