"""Every reason a reading of signatures can give: a stable code, its weight, and a sentence."""

from __future__ import annotations

from tragitto_pec.reading import Reason
from tragitto_pec.vocabulary import Weight

_BY_HAND = "A person must look at it."
_ASK_AGAIN = "Ask for the file again, signed and not changed afterwards."

_DECIDING: dict[str, str] = {
    "signature-unreadable": f"It looks signed, but cannot be taken apart ({{problem}}). {_ASK_AGAIN}",
    "file-not-opened": "The file could not be opened: {problem}. Check its name and the right to read it.",
    "reader-stopped": f"Reading had to be stopped ({{problem}}). {_BY_HAND}",
    "encrypted": f"The file is encrypted and cannot be read. {_ASK_AGAIN}",
    "too-many-layers": f"Signed files lie in each other more than {{limit}} deep. {_BY_HAND}",
    "too-many-signers": f"The file has more than {{limit}} signatures. {_BY_HAND}",
    "too-large": f"The file is larger than {{limit}} bytes. {_BY_HAND}",
    "no-content": "The signature travels without the file it signs: put the two side by side.",
    "content-changed": f"What was signed is not what is here: it was changed after signing. {_ASK_AGAIN}",
    "signature-wrong": f"The signature was not made with the key of the certificate it names. {_ASK_AGAIN}",
    "certificate-missing": f"The signer's certificate does not travel with the signature. {_ASK_AGAIN}",
    "certificate-mismatch": "The signature names another certificate than the one that travels with it. "
    + _BY_HAND,
    "attributes-wrong": "A compulsory attribute of the signature is missing or wrong ({problem}). "
    + _BY_HAND,
    "method-unknown": f"The signature uses a method that is not known here ({{method}}). {_BY_HAND}",
    "range-wrong": "The signature leaves out bytes it should cover, so that something could be put there. "
    + _ASK_AGAIN,
    "not-covered": f"The signature covers a part of its revision alone, as in a forgery. {_ASK_AGAIN}",
    "fields-changed": "After the signature the value of a field was changed: {fields}. The values that were "
    f"signed are the ones that count. {_BY_HAND}",
    "changed-later": "After the signature the file was changed in a way that is not a further signature or "
    f"data for its validation. What was signed is shown. {_BY_HAND}",
    "signed-inside": "A signed file lies inside, and not all is well with its own signatures. " + _BY_HAND,
}

_WARNINGS: dict[str, str] = {
    "no-trusted-list": "No trusted list is at hand, so it is not known whether the certificate is qualified. "
    "Load one.",
    "list-stale": "The trusted list should have been renewed by {next_update}, before the moment in "
    "question. Load a newer one.",
    "no-moment": "Nothing says when it was signed, so the certificate was not judged.",
    "moment-claimed": "Judged at the signer's own clock, which proves nothing.",
    "issuer-unknown": "The issuer of the certificate ({issuer}) is neither in the file nor in the trusted "
    "list.",
    "issuer-not-listed": "The certificate leads to an authority that is not in the trusted list ({issuer}).",
    "service-not-in-force": "The authority is in the trusted list, but not for {moment}.",
    "certificate-expired": "The certificate had expired by {moment}: it was valid until {until}.",
    "certificate-not-yet": "The certificate was not yet valid at {moment}: it begins on {since}.",
    "chain-wrong": "The certificate cannot be traced to the trusted list: {problem}.",
    "chain-weak": "A certificate on the way to the trusted list uses a method that is no longer safe.",
    "usage-wrong": "The certificate is not for signing documents.",
    "weak-digest": "The signature uses {digest}, which can be forged.",
    "weak-key": "The signer's key ({key}) is too small to be safe.",
    "revoked": "The certificate was revoked on {at}, before the moment in question ({why}).",
    "revocation-unclear": "What is known of revocations does not settle it: {problem}.",
    "foreign": "The certificate calls itself a qualified one of {country}; the trusted list at hand is that "
    "of {territory}. Look it up in the other list.",
    "not-qualified": "The certificate is not a qualified one for signatures or seals at that time.",
    "no-device": "The certificate is qualified, the device that holds the key is not: an advanced signature.",
    "no-signed-attributes": "The signature lacks signed attributes and says nothing of certificate and time.",
    "stamp-unproven": "A time stamp says {at}, but it cannot be traced to the trusted list.",
    "stamp-wrong": "A time stamp does not belong to this signature.",
    "several-revisions": "Several people signed one after the other; {count} signatures.",
}

_NOTES: dict[str, str] = {
    "unsorted-attributes": "The signed attributes are not in their canonical order, a known formal defect.",
    "trailing-bytes": "There are bytes behind the signed file; they are not part of it.",
    "several-encodings": "The signed file was encoded as text more than once.",
    "revoked-later": "The certificate was revoked on {at}, after the moment in question.",
    "validation-data": "Data for long-term validation were added after the signature, as is usual.",
    "another-signature": "Another signature was added afterwards, and no field was changed.",
    "judged-at-stamp": "Judged at the time stamp, {at}.",
    "stamped": "A time stamp proves that the file existed on {at}.",
    "no-signer": "It is a collection of certificates, not a signature.",
}


def deciding(code: str, **facts: str) -> Reason:
    """Make a reason that decides the verdict. Raises ``KeyError`` for a code that is not listed."""
    return Reason(code, _DECIDING[code].format(**facts), facts, Weight.DECIDING)


def warning(code: str, **facts: str) -> Reason:
    """Make a reason worth a look that leaves the verdict. Raises ``KeyError`` for an unlisted code."""
    return Reason(code, _WARNINGS[code].format(**facts), facts, Weight.WARNING)


def note(code: str, **facts: str) -> Reason:
    """Make a reason that is information only. Raises ``KeyError`` for an unlisted code."""
    return Reason(code, _NOTES[code].format(**facts), facts, Weight.NOTE)


def codes() -> dict[str, str]:
    """Every code with its sentence, for catalogues and documentation."""
    return {**_DECIDING, **_WARNINGS, **_NOTES}
