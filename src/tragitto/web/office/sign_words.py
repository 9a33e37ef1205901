"""What a reading of signatures says, in the office's languages: one short sentence for each reason."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "signature-unreadable": _("It looks signed and cannot be taken apart ({problem}): ask for it again."),
    "file-not-opened": _("The file could not be opened: {problem}."),
    "reader-stopped": _("Reading the signatures had to be stopped ({problem}): a person must look at it."),
    "encrypted": _("The file is encrypted and cannot be read: ask for it again."),
    "too-many-layers": _("Signed files lie in each other more than {limit} deep."),
    "too-many-signers": _("The file has more than {limit} signatures."),
    "too-large": _("The file is larger than {limit} bytes."),
    "no-content": _("The signature came without the file it signs."),
    "content-changed": _("What was signed is not what is here: it was changed after signing."),
    "signature-wrong": _("The signature was not made with the key of the certificate it names."),
    "certificate-missing": _("The signer's certificate did not come with the signature."),
    "certificate-mismatch": _("The signature names another certificate than the one that came with it."),
    "attributes-wrong": _("A compulsory part of the signature is missing or wrong ({problem})."),
    "method-unknown": _("The signature uses a method that is not known here ({method})."),
    "range-wrong": _("The signature leaves out bytes it should cover: something could have been put there."),
    "not-covered": _("The signature covers only a part of the file, as in a forgery."),
    "fields-changed": _("After the signature these fields were changed: {fields}. The signed values count."),
    "changed-later": _("After the signature the file was changed; what was signed is shown."),
    "signed-inside": _("A signed file lies inside, and not all is well with its own signatures."),
    "no-trusted-list": _("No trusted list is loaded: whether the signature is qualified is not known."),
    "list-stale": _("The trusted list should have been renewed by {next_update}: load a newer one."),
    "no-moment": _("Nothing says when it was signed, so the certificate was not judged."),
    "moment-claimed": _("Judged at the signer's own clock, which proves nothing."),
    "issuer-unknown": _(
        "The certificate's issuer ({issuer}) is neither in the file nor in the trusted list."
    ),
    "issuer-not-listed": _(
        "The certificate leads to an authority that is not in the trusted list ({issuer})."
    ),
    "service-not-in-force": _("The authority is in the trusted list, but not for {moment}."),
    "certificate-expired": _("The certificate had expired by {moment}: it was valid until {until}."),
    "certificate-not-yet": _("The certificate was not yet valid at {moment}: it begins on {since}."),
    "chain-wrong": _("The certificate cannot be traced to the trusted list: {problem}."),
    "chain-weak": _("A certificate on the way to the trusted list uses a method that is no longer safe."),
    "usage-wrong": _("The certificate is not for signing documents."),
    "weak-digest": _("The signature uses {digest}, which can be forged."),
    "weak-key": _("The signer's key ({key}) is too small to be safe."),
    "revoked": _("The certificate was revoked on {at}, before the moment in question."),
    "revocation-unclear": _("What is known of revocations does not settle it: {problem}."),
    "foreign": _(
        "The certificate calls itself a qualified one of {country}; the trusted list at hand is that of "
        "{territory}."
    ),
    "not-qualified": _("The certificate is not a qualified one for signatures or seals at that time."),
    "no-device": _("The certificate is qualified, the device with the key is not: an advanced signature."),
    "no-signed-attributes": _("The signature says nothing of its certificate and its time."),
    "stamp-unproven": _("A time stamp says {at}, but it cannot be traced to the trusted list."),
    "stamp-wrong": _("A time stamp does not belong to this signature."),
    "several-revisions": _("Several people signed one after the other: {count} signatures."),
    "unsorted-attributes": _("The signed attributes are out of order, a known formal defect."),
    "trailing-bytes": _("There are bytes behind the signed file; they are not part of it."),
    "several-encodings": _("The signed file was encoded as text more than once."),
    "revoked-later": _("The certificate was revoked on {at}, after the moment in question."),
    "validation-data": _("Data for checking the signature later were added, as is usual."),
    "another-signature": _("Another signature was added afterwards, and no field was changed."),
    "judged-at-stamp": _("Judged at the time stamp, {at}."),
    "stamped": _("A time stamp proves that the file existed on {at}."),
    "no-signer": _("It is a collection of certificates, not a signature."),
}
