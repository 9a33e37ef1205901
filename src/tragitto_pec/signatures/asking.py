"""The question about a signed file, as the limited process answers it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tragitto_pec.questions import HELD
from tragitto_pec.signatures.evidence import NONE, Evidence
from tragitto_pec.signatures.reader import open_signed
from tragitto_pec.signatures.reading import SignatureReading
from tragitto_pec.signatures.trusted import TrustedList, TrustedListError, trusted_list

#: Under this name the process holds the bytes of the trusted list.
TRUSTED_LIST = "trusted-list"


class Signed(msgspec.Struct, frozen=True):
    """When the file is proven to have existed, and what is known of revocations.

    ``beside`` is how many of the last bytes of the body are the file that a signature travels beside;
    None when there is none.
    """

    moment: datetime | None = None
    evidence: Evidence = NONE
    beside: int | None = None


def find_signed(body: bytes, asked: Signed) -> tuple[SignatureReading, bytes]:
    """Read a signed file, trusting the list the process holds. Never raises."""
    at = len(body) if asked.beside is None else max(0, len(body) - asked.beside)
    detached = None if asked.beside is None else body[at:]
    return open_signed(
        body[:at], moment=asked.moment, trust=_held(), evidence=asked.evidence, detached=detached
    )


def _held() -> TrustedList | None:
    """The list the process holds; one that cannot be read is as good as none."""
    xml = HELD.get(TRUSTED_LIST)
    try:
        return trusted_list(xml) if xml else None
    except TrustedListError:
        return None
