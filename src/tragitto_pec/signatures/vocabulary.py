"""The closed word lists of a signed file: what carries the signatures, and what each is worth."""

from __future__ import annotations

from enum import StrEnum


class Container(StrEnum):
    """What carries the signatures: the outermost wrapping of the file."""

    NONE = ""
    CADES = "cades"
    PADES = "pades"
    TIMESTAMPED = "timestamped"


class FileVerdict(StrEnum):
    """What the signatures say of the file; who signed, and with what right, is said of each signer.

    ``unsigned``: no electronic signature in it.
    ``intact``: every signature fits, and nothing that counts was added after the last one.
    ``changed-after``: a signed state is intact, but the file was changed afterwards. A person decides.
    ``altered``: at least one signature does not fit what it is said to sign.
    ``refused``: built so that what is signed is not what is seen, as in an attack.
    ``unverified``: signed, but it cannot be compared: the file it signs, or its method, is not known here.
    ``too-deep``: beyond the limits for layers and signers.
    ``unreadable``: it looks signed and cannot be taken apart.
    """

    UNSIGNED = "unsigned"
    INTACT = "intact"
    CHANGED_AFTER = "changed-after"
    ALTERED = "altered"
    REFUSED = "refused"
    UNVERIFIED = "unverified"
    TOO_DEEP = "too-deep"
    UNREADABLE = "unreadable"


class Changes(StrEnum):
    """What was added to a PDF after the signed revision, from nothing to anything."""

    NONE = "none"
    VALIDATION_DATA = "validation-data"
    ANOTHER_SIGNATURE = "another-signature"
    FIELDS = "fields"
    OTHER = "other"


class Integrity(StrEnum):
    """Whether one signature fits what it signs."""

    INTACT = "intact"
    ALTERED = "altered"
    UNSUPPORTED = "unsupported"


class Chain(StrEnum):
    """Whether the signer's certificate leads to a service of the trusted list, at the moment in question."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    INCOMPLETE = "incomplete"
    NOT_CHECKED = "not-checked"


class Revocation(StrEnum):
    """Whether the certificate had been revoked; never ``good`` without a list or an answer that says so."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    NOT_CHECKED = "not-checked"


class Qualified(StrEnum):
    """Whether the signature is a qualified one (eIDAS art. 3), as far as the trusted list tells."""

    QUALIFIED = "qualified"
    NOT_QUALIFIED = "not-qualified"
    UNKNOWN = "unknown"
