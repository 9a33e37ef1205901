"""What a reading of certified mail says, in the office's languages: one short sentence for each reason.

The library speaks English and knows no catalogues; these sentences say the same, without the advice.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.records.models import Message
from tragitto.web.office.mail_verdicts import BY_KIND, BY_VERDICT
from tragitto.web.parts.counts import written_out

SENTENCES: Mapping[str, str | Promise] = {
    "empty-input": _("The file is empty."),
    "not-a-message": _("The file is not an e-mail message."),
    "file-not-opened": _("The file could not be opened: {problem}."),
    "message-too-large": _("The message is larger than {limit} bytes."),
    "header-too-large": _("The header is longer than {limit} bytes."),
    "too-many-parts": _("The message has more than {limit} parts."),
    "too-deep": _("The message is nested deeper than {limit} levels."),
    "reader-failed": _("The reader failed on this message ({problem}): please report the fault."),
    "reader-out-of-time": _("Reading took longer than {limit} seconds and was stopped."),
    "reader-out-of-memory": _("Reading needed more memory than allowed and was stopped."),
    "reader-stopped": _("The reading ended unexpectedly ({problem})."),
    "ordinary-mail": _("Ordinary mail without a provider's seal: it has no certified time."),
    "anomaly-envelope": _("A provider's envelope around ordinary mail: it certifies no time of sending."),
    "not-smime": _("Signed in a form that is not S/MIME ({protocol})."),
    "opaque-signature": _("Signed with the content inside the signature, as certified mail never is."),
    "parts-not-two": _("A sealed message has three boundary lines, this one has {parts}."),
    "signed-part-not-mixed": _("The signed part is {media_type}, not as in certified mail."),
    "no-daticert": _("No daticert.xml: nothing states a certified time."),
    "several-daticert": _("There are {count} files daticert.xml instead of one."),
    "daticert-after-original": _("The daticert.xml stands where a sender could have put it."),
    "daticert-unreadable": _("The daticert.xml is not as RFC 6109 demands: {problem}."),
    "seal-unreadable": _("The seal cannot be read ({problem}): it was damaged or replaced."),
    "seal-carries-content": _("The seal carries a content of its own beside the message."),
    "several-signers": _("The seal has {count} signers; a provider's seal has one."),
    "attributes-missing": _("The seal lacks or repeats a compulsory attribute: {attribute}."),
    "content-altered": _("The content was changed after sealing: its digest does not match."),
    "signature-wrong": _("The signature does not belong to the certificate it names."),
    "signer-certificate-missing": _("The signer's certificate does not travel with the message."),
    "certificate-unreadable": _("A certificate in the seal cannot be read: {problem}."),
    "issuer-not-pinned": _("The signer ({subject}) is not certified by an authority of certified mail."),
    "issuer-signature-wrong": _("The signer's certificate names {anchor} as issuer and is forged."),
    "anchor-not-in-force": _("{anchor} certified providers in another period than {moment}."),
    "certificate-not-in-force": _("The provider's certificate was not in force at {moment}."),
    "moment-missing": _("Nothing signed says when the envelope was made."),
    "policy-missing": _("The signer's certificate lacks the policy of certified mail ({policy})."),
    "address-differs": _("The message comes from {sender}, the certificate belongs to {address}."),
    "key-usage-wrong": _("The signer's certificate is not for digital signatures."),
    "extended-key-usage-wrong": _("The signer's certificate is not for the protection of e-mail."),
    "digest-not-accepted": _("The digest {digest} is not accepted for a seal of {moment}."),
    "certificate-digest-not-accepted": _("The provider's certificate is signed with {digest}, too weak."),
    "key-not-accepted": _("The provider's key ({key}) is too weak for {moment}."),
    "algorithm-unknown": _("The seal uses {algorithm}, which the reader does not know."),
    "header-unreadable": _("The header {header} is too long to be read: its addresses are left out."),
    "subject-header-differs": _("The subject in the header is not the sealed one: the sealed one counts."),
    "kind-header-differs": _("The header calls it {shown}, the sealed data say {sealed}."),
    "date-header-differs": _("The header is dated {shown}; the certified time {sealed} counts."),
    "sender-header-differs": _("The header shows {shown} as sender, the sealed data say {sealed}."),
    "message-id-differs": _("The Message-ID in the header is not the sealed identifier."),
    "reference-differs": _("The reference in the header is not the sealed one."),
    "signing-time-far": _("Sealed at {signed}, far from the certified time {sealed}."),
    "original-missing": _("The envelope holds no original message: ask the sender for the content."),
    "original-unreadable": _("The original cannot be taken apart ({problem}); the certified time stands."),
    "unexpected-part": _("The envelope holds {count} unusual parts: look at the file itself."),
    "attachment-damaged": _("The attachment {name} is damaged: ask for it again."),
    "name-cleaned": _("The attachment {name} had an unsafe name; a safe one is shown."),
    "daticert-without-seal": _("A daticert.xml without a provider's seal proves nothing."),
    "daticert-inside-original": _("The sender attached a daticert.xml of their own; it proves nothing."),
    "certified-message-inside": _("A sealed message travels inside this one; only the outer one was read."),
    "sha1-envelope": _("Sealed with SHA-1, tolerated for envelopes and for nothing else."),
    "attributes-not-sorted": _("The signed attributes are out of order, a known formal defect."),
    "inside-a-wrapper": _(
        "A mailing list or gateway wrapped the sealed message; only what is sealed was read."
    ),
    "unknown-certified-mail": _(
        "Certified mail of a kind not known here ({system}): {issuer} states {event} at {instant}. "
        "A person decides which time counts."
    ),
    "evidence-unreadable": _("The evidence is not as EN 319 522 demands: {problem}."),
    "line-ends-restored": _("Stored with other line ends, which were restored to check the seal."),
}


def sentence(reason: Mapping[str, object], sentences: Mapping[str, str | Promise] = SENTENCES) -> str:
    """A stored reason in words; one that has none here speaks in the library's own words."""
    words = sentences.get(str(reason.get("code")))
    facts = reason.get("facts")
    if words is None or not isinstance(facts, Mapping):
        return str(reason.get("text", ""))
    try:
        return str(words).format(**written_out(facts))
    except (KeyError, IndexError):
        return str(reason.get("text", ""))


#: What compares the unsigned headers with the sealed data.
_COMPARING = ("-header-differs", "message-id-differs", "reference-differs")


def verdict(message: Message) -> str:
    """What the message proves, in one sentence; "" as long as nobody has looked into it."""
    words = BY_VERDICT.get(message.verdict) or BY_KIND.get(message.kind, "")
    return str(words).format(provider=message.provider, mailbox=message.delivered_to or "—")


def differences(reasons: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The reasons that say: what a mail program shows is not what was sealed."""
    return [reason for reason in reasons if str(reason.get("code", "")).endswith(_COMPARING)]


def remarks(reasons: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """All other reasons."""
    return [reason for reason in reasons if not str(reason.get("code", "")).endswith(_COMPARING)]
