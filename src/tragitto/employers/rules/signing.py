"""What a file proves of who signed it, in the words of the reader, and whom that makes known."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from tragitto.employers.rules.identity import is_personal_number, tidied
from tragitto_pec.signatures.vocabulary import Chain, FileVerdict, Integrity, Qualified, Revocation


class SignedBy(msgspec.Struct, frozen=True):
    """One signature: who made it by the certificate, and what it is worth (`tragitto_pec.signatures`)."""

    name: str = ""
    codice_fiscale: str = ""
    issuer: str = ""
    integrity: str = ""
    chain: str = ""
    revocation: str = ""
    qualified: str = ""
    is_seal: bool = False
    covers_content: bool = False
    claimed_at: datetime | None = None
    proven_at: datetime | None = None

    @property
    def number(self) -> str:
        """The codice fiscale of the certificate; "" where it names none that passes its own check."""
        number = tidied(self.codice_fiscale)
        return number if is_personal_number(number) else ""

    @property
    def is_proven(self) -> bool:
        """Whether it is a person's qualified signature, intact, of a certificate not known as revoked.

        Of the content that is read, too: a file can bear signatures of several states of itself.
        """
        return (
            self.integrity == Integrity.INTACT
            and self.covers_content
            and self.chain == Chain.TRUSTED
            and self.qualified == Qualified.QUALIFIED
            and self.revocation != Revocation.REVOKED
            and not self.is_seal
            and bool(self.number)
        )


class Signatures(msgspec.Struct, frozen=True):
    """What the signatures of a file say; `verdict` and `changes` are words of `tragitto_pec.signatures`."""

    verdict: str = FileVerdict.UNSIGNED.value
    container: str = ""
    changes: str = ""
    signers: tuple[SignedBy, ...] = ()
    content_sha256: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether the file bears any electronic signature, good or not."""
        return self.verdict != FileVerdict.UNSIGNED

    @property
    def proven(self) -> tuple[SignedBy, ...]:
        """The persons who signed the whole content beyond doubt."""
        if self.verdict != FileVerdict.INTACT:
            return ()
        return tuple(signer for signer in self.signers if signer.is_proven)


def signatures_of(reading: Mapping[str, Any] | None) -> Signatures:
    """The kept reading of a file's signatures as facts; what is malformed counts as unreadable, never good.

    What a later reader adds is left aside.
    """
    if not isinstance(reading, Mapping):
        return Signatures()
    try:
        return msgspec.convert(dict(reading), Signatures)
    except msgspec.ValidationError:
        return Signatures(verdict=FileVerdict.UNREADABLE.value)
