"""The closed words of files as the office reads them: signatures, forms, scans, viruses."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.web.office.word import Word

SIGNED = {
    "unsigned": Word(_("No electronic signature")),
    "intact": Word(_("Signed, unchanged since"), "good"),
    "changed-after": Word(_("Changed after it was signed"), "open"),
    "altered": Word(_("Signature does not fit"), "bad"),
    "refused": Word(_("Built to deceive"), "bad"),
    "unverified": Word(_("Signature cannot be compared"), "open"),
    "too-deep": Word(_("Too many signatures to read"), "open"),
    "unreadable": Word(_("Signature cannot be read"), "open"),
}
CONTAINERS = {
    "cades": Word(_("signature around the file (p7m)")),
    "pades": Word(_("signature within the PDF")),
    "timestamped": Word(_("file with a time stamp")),
}
INTEGRITIES = {
    "intact": Word(pgettext_lazy("signature", "Fits"), "good"),
    "altered": Word(pgettext_lazy("signature", "Does not fit"), "bad"),
    "unsupported": Word(pgettext_lazy("signature", "Method unknown"), "open"),
}
CHAINS = {
    "trusted": Word(_("Issued by a listed authority"), "good"),
    "untrusted": Word(_("Issuer not in the trusted list"), "bad"),
    "expired": Word(_("Certificate had expired"), "bad"),
    "not-yet": Word(_("Certificate was not yet valid"), "bad"),
    "incomplete": Word(_("Issuer cannot be established"), "open"),
    "not-checked": Word(_("Issuer not checked"), "open"),
}
REVOCATIONS = {
    "good": Word(_("Not revoked"), "good"),
    "revoked": Word(_("Revoked"), "bad"),
    "unknown": Word(_("Revocation not known"), "open"),
    "not-checked": Word(_("Revocation not checked"), "open"),
}
QUALIFIED = {
    "qualified": Word(_("Qualified signature"), "good"),
    "not-qualified": Word(_("Not a qualified signature"), "open"),
    "unknown": Word(_("Qualified or not: not known"), "open"),
}
CHANGES = {
    "none": Word(_("Nothing was added after the signature."), "good"),
    "validation-data": Word(_("Only data for checking the signature was added later."), "good"),
    "another-signature": Word(_("Only another signature was added later."), "good"),
    "fields": Word(_("Fields were filled in after the signature; the signed state counts."), "open"),
    "other": Word(_("The file was changed after the signature; the signed state counts."), "open"),
}
DANGERS = {
    "embedded-files": Word(_("It carries other files inside."), "open"),
    "encrypted": Word(_("It is encrypted."), "open"),
    "import-data": Word(_("It fetches data from elsewhere."), "bad"),
    "javascript": Word(_("It carries a program (JavaScript)."), "bad"),
    "jbig2": Word(_("It holds pictures of a kind used in attacks (JBIG2)."), "open"),
    "launch": Word(_("It starts other programs."), "bad"),
    "open-action": Word(_("It acts by itself when it is opened."), "bad"),
    "remote": Word(_("It leads to another file or computer."), "bad"),
    "rich-media": Word(_("It carries film, sound or three-dimensional content."), "bad"),
    "submit": Word(_("It sends what is filled in to another computer."), "bad"),
    "unseen": Word(_("Its pages could not be drawn: what they show is not known."), "open"),
    "unsearched": Word(_("It is too intricate to be searched for dangers."), "bad"),
    "xfa": Word(_("It carries a second form of another kind (XFA)."), "bad"),
}
FORM_PROBLEMS = {
    "not-a-pdf": Word(_("It is not a PDF."), "open"),
    "too-large": Word(_("It is too large to be read."), "open"),
    "encrypted": Word(_("It is locked by a password."), "open"),
    "too-many-pages": Word(_("It has too many pages to be read."), "open"),
    "too-many-fields": Word(_("It has too many fields to be read."), "open"),
    "no-form": Word(_("It has no fields to fill in.")),
    "unreadable": Word(_("It cannot be read."), "open"),
    "stopped": Word(_("Reading it took too long and was stopped."), "open"),
}
SCAN_PROBLEMS = {
    "no-ocr": Word(_("This computer cannot read printed text: only ticked boxes are proposed."), "open"),
    "no-code": Word(_("No code of a form was found on the pages."), "open"),
    "one-code": Word(
        _("One of the two codes of a page cannot be seen: it is not read in the wrong places."), "open"
    ),
    "no-template": Word(_("The printed form is not one of this house's."), "open"),
    "other-form": Word(_("A page of another form."), "open"),
    "repeated": Word(_("The same page twice."), "open"),
    "stopped": Word(_("Reading it took too long and was stopped."), "open"),
    "unreadable": Word(_("The pages cannot be read."), "open"),
    "too-large": Word(_("It is too large to be read."), "open"),
    "encrypted": Word(_("It is locked by a password."), "open"),
    "too-many-pages": Word(_("It has too many pages to be read."), "open"),
}
ARCHIVE_PROBLEMS = {
    "encrypted": Word(_("The archive is locked by a password and was not opened."), "open"),
    "stopped": Word(_("Opening the archive took too long and was stopped."), "open"),
    "too-dense": Word(_("The archive would unpack to far more than it is, as in an attack."), "bad"),
    "too-large": Word(_("The archive holds more than this house opens."), "open"),
    "too-many-files": Word(_("The archive holds too many files to be opened."), "open"),
    "unreadable": Word(_("The archive cannot be opened."), "open"),
}
CHECKS = {
    "clean": Word(_("No virus found"), "good"),
    "infected": Word(_("Carries a virus"), "bad"),
    "failed": Word(_("Could not be checked for viruses"), "open"),
    "never_checked": Word(_("Not checked for viruses"), "open"),
}
LISTS: Mapping[str, Mapping[str, Word]] = {
    "archive_problem": ARCHIVE_PROBLEMS,
    "chain": CHAINS,
    "changes": CHANGES,
    "check": CHECKS,
    "container": CONTAINERS,
    "danger": DANGERS,
    "form_problem": FORM_PROBLEMS,
    "integrity": INTEGRITIES,
    "qualified": QUALIFIED,
    "revocation": REVOCATIONS,
    "scan_problem": SCAN_PROBLEMS,
    "signed": SIGNED,
}
