"""What is known of revocations beside the file itself: lists and answers that somebody has fetched."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Lists of revoked certificates and answers about single ones, each in DER (RFC 5280, RFC 6960)."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


NONE = Evidence()
