"""Every reason a reading can give: a stable code, its weight, and a sentence that says how to mend it."""

from __future__ import annotations

from tragitto_pec.reading import Reason
from tragitto_pec.vocabulary import Weight

_ASK_AGAIN = "Ask the sender to send the message again from a certified mailbox."
_ASK_ORIGINAL = "Ask for the original file, saved from the mailbox as .eml without opening or forwarding it."
_BY_HAND = "A person must look at it; no certified time can be taken from it."

_DECIDING: dict[str, str] = {
    # not readable at all
    "empty-input": f"The file is empty. {_ASK_ORIGINAL}",
    "not-a-message": f"The file is not an e-mail message. {_ASK_ORIGINAL}",
    "file-not-opened": "The file could not be opened: {problem}. Check its name and the right to read it.",
    "message-too-large": "The message is larger than {limit} bytes. " + _BY_HAND,
    "header-too-large": "The header is longer than {limit} bytes. " + _BY_HAND,
    "too-many-parts": "The message has more than {limit} parts. " + _BY_HAND,
    "too-deep": "The message is nested deeper than {limit} levels. " + _BY_HAND,
    "reader-failed": "The reader failed on this message ({problem}). Keep the file and report the fault.",
    "reader-out-of-time": "Reading took longer than {limit} seconds and was stopped. " + _BY_HAND,
    "reader-out-of-memory": "Reading needed more memory than allowed and was stopped. " + _BY_HAND,
    "reader-stopped": "The reading process ended unexpectedly ({problem}). " + _BY_HAND,
    # ordinary and unknown forms
    "ordinary-mail": f"Ordinary mail without a provider's seal: it has no certified time. {_ASK_AGAIN}",
    "anomaly-envelope": "A provider's anomaly envelope around ordinary mail: the envelope is genuine, "
    f"but it certifies no time of sending. {_ASK_AGAIN}",
    "not-smime": f"Signed in a form that is not S/MIME ({{protocol}}). {_BY_HAND}",
    "opaque-signature": "Signed with the content inside the signature, which certified mail never does. "
    + _BY_HAND,
    "parts-not-two": "A sealed message has exactly two parts, this one has {parts} boundary lines instead "
    f"of three. {_ASK_ORIGINAL}",
    "signed-part-not-mixed": "The signed part is {media_type} and not multipart/mixed as in certified mail. "
    + _BY_HAND,
    "no-daticert": f"The signed part holds no daticert.xml, so nothing states a certified time. {_BY_HAND}",
    "several-daticert": "The signed part holds {count} files daticert.xml instead of one. " + _BY_HAND,
    "daticert-after-original": "The daticert.xml stands after the original message, where a sender could "
    f"have put it. {_BY_HAND}",
    "daticert-unreadable": "The daticert.xml is not as RFC 6109 demands: {problem}. " + _BY_HAND,
    "unknown-certified-mail": "Has the form of certified mail of another kind ({system}): {issuer} states "
    "{event} at {instant}, but nothing here says whose seals of that kind count. A person must decide which "
    "time counts.",
    "evidence-unreadable": f"The evidence is not as EN 319 522 demands: {{problem}}. {_BY_HAND}",
    # the seal
    "seal-unreadable": "The signature cannot be read ({problem}): it was damaged or replaced. "
    + _ASK_ORIGINAL,
    "seal-carries-content": "The signature carries a content of its own beside the message. " + _BY_HAND,
    "several-signers": "The signature has {count} signers, a provider's seal has one. " + _BY_HAND,
    "attributes-missing": "The signature lacks or repeats a compulsory attribute: {attribute}. " + _BY_HAND,
    "content-altered": "The content is not what was sealed: its digest does not match. It was changed after "
    f"sealing. {_ASK_ORIGINAL}",
    "signature-wrong": f"The signature does not belong to the certificate it names. {_ASK_ORIGINAL}",
    # the signer
    "signer-certificate-missing": "The certificate of the signer does not travel with the message, so it "
    f"cannot be proven. {_ASK_ORIGINAL}",
    "certificate-unreadable": "A certificate in the signature cannot be read: {problem}. " + _BY_HAND,
    "issuer-not-pinned": "The signer's certificate ({subject}) was not issued by an authority of certified "
    f"mail providers. Treat the message as ordinary mail. {_ASK_AGAIN}",
    "issuer-signature-wrong": "The signer's certificate names {anchor} as issuer, but was not signed by its "
    "key: it is forged. Treat the message as ordinary mail.",
    "anchor-not-in-force": "The authority {anchor} certified providers in another period than {moment}. "
    + _BY_HAND,
    "certificate-not-in-force": "The provider's certificate was not in force at {moment}. " + _BY_HAND,
    "moment-missing": f"Nothing signed says when the envelope was made. {_BY_HAND}",
    "policy-missing": "The signer's certificate lacks the policy {policy} of certified mail providers. "
    "Treat the message as ordinary mail.",
    "address-differs": "The message comes from {sender}, the certificate belongs to {address}. Somebody may "
    f"have changed the sender. {_ASK_ORIGINAL}",
    "key-usage-wrong": "The signer's certificate is not for digital signatures. " + _BY_HAND,
    "extended-key-usage-wrong": "The signer's certificate is not for the protection of e-mail. " + _BY_HAND,
    "digest-not-accepted": "The digest {digest} is not accepted for a seal of {moment}. " + _BY_HAND,
    "certificate-digest-not-accepted": "The provider's certificate is signed with {digest}, not accepted "
    f"at {{moment}}. {_BY_HAND}",
    "key-not-accepted": "The provider's key ({key}) is too weak for {moment}. " + _BY_HAND,
    "algorithm-unknown": "The signature uses {algorithm}, which this reader does not know. " + _BY_HAND,
}

_WARNINGS: dict[str, str] = {
    "header-unreadable": "The header {header} is too long to be read: its addresses are left out.",
    "subject-header-differs": "The subject in the header is not the sealed one: use the sealed subject.",
    "kind-header-differs": "The header calls the message {shown}, the sealed data say {sealed}: the sealed "
    "data count.",
    "date-header-differs": "The Date header is {shown}, the certified time is {sealed}: the certified time "
    "counts.",
    "sender-header-differs": "The header shows {shown} as sender, the sealed data say {sealed}: the sealed "
    "data count.",
    "message-id-differs": "The Message-ID in the header is not the sealed identifier: use the identifier.",
    "reference-differs": "The reference in the header is not the sealed message id: use the sealed one.",
    "signing-time-far": "The seal was made at {signed}, far from the certified time {sealed}: ask the "
    "provider if the exact time decides.",
    "original-missing": "The envelope holds no postacert.eml: ask the sender for the content.",
    "original-unreadable": "The original message inside cannot be taken apart ({problem}). The certified "
    "time stands; ask for the attachments.",
    "unexpected-part": "The envelope holds {count} parts beside the usual ones: look at the file itself.",
    "attachment-damaged": "The attachment {name} is damaged in its encoding: ask for it again.",
    "name-cleaned": "The attachment {name} had an unsafe name; a safe one is shown.",
    "daticert-without-seal": "A daticert.xml without a provider's seal proves nothing. " + _ASK_ORIGINAL,
    "daticert-inside-original": "The sender attached a daticert.xml of their own; it proves nothing here.",
    "inside-a-wrapper": "A mailing list or a mail gateway put a wrapper around the sealed message: only what "
    "is sealed was read.",
    "certified-message-inside": "A sealed message travels inside this one; only the outer one was read. "
    "Read the inner one as a file of its own.",
}

_NOTES: dict[str, str] = {
    "sha1-envelope": "The provider sealed with SHA-1, tolerated for envelopes and for nothing else.",
    "attributes-not-sorted": "The signed attributes are not in their canonical order, a known formal defect.",
    "line-ends-restored": "The file was stored with other line ends; they were restored to check the seal.",
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
