"""Reads signed files (CAdES and PAdES): who signed what, when, and what that is worth.

``read_signed(raw)`` never raises and needs neither clock nor network.
"""

from tragitto_pec.signatures.asks import Ask
from tragitto_pec.signatures.evidence import NONE, Evidence
from tragitto_pec.signatures.reader import open_signed, read_signed
from tragitto_pec.signatures.reading import FileSigner, ListSummary, SignatureReading
from tragitto_pec.signatures.trusted import TrustedList, TrustedListError, trusted_list
from tragitto_pec.signatures.vocabulary import (
    Chain,
    Changes,
    Container,
    FileVerdict,
    Integrity,
    Qualified,
    Revocation,
)

__all__ = [
    "NONE",
    "Ask",
    "Chain",
    "Changes",
    "Container",
    "Evidence",
    "FileSigner",
    "FileVerdict",
    "Integrity",
    "ListSummary",
    "Qualified",
    "Revocation",
    "SignatureReading",
    "TrustedList",
    "TrustedListError",
    "open_signed",
    "read_signed",
    "trusted_list",
]
