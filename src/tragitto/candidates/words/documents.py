"""What is wrong or doubtful about an identity document, in words that say how to mend it."""

from django.utils.translation import gettext_lazy as _

from tragitto.candidates.rules.documents import Doubt, Fault, Wrong
from tragitto.kernel.refusals import Finding

_FAULTS = {
    Fault.KIND_NOT_TAKEN: _("This roster does not take this kind of document: choose another one."),
    Fault.NUMBER_MISSING: _("Please write the number of the document."),
    Fault.NUMBER_SIGNS: _("The number has only capital letters and digits: take out “{signs}”."),
    Fault.PERSONAL_SIGNS: _("The personal number has only capital letters and digits: take out “{signs}”."),
    Fault.STATE_UNKNOWN: _("Write the code of the state as the document has it, such as MAR."),
    Fault.STATE_NOT_TAKEN: _("This kind of document is taken only from {states}: choose another kind."),
    Fault.NAMES_MISSING: _("Please write the surnames or the given names as the document has them."),
    Fault.NAMES_SIGNS: _("Write the names in Latin letters as the document has them: take out “{signs}”."),
    Fault.BORN_LATER: _("The date of birth is in the future: look at the document again."),
    Fault.ISSUED_LATER: _("The day of issue is in the future: look at the document again."),
    Fault.EXPIRES_BEFORE_ISSUE: _(
        "The document would expire before it was issued: look at both dates again."
    ),
    Fault.ZONE_UNREADABLE: _(
        "These are not the lines of a document: copy each line whole, with its “<” signs, or leave them out."
    ),
    Fault.ZONE_NUMBER: _("You wrote the number {ours}; the lines of the document say {theirs}. Look again."),
    Fault.ZONE_BIRTH: _("You wrote the birth {ours}; the lines of the document say {theirs}. Look again."),
    Fault.ZONE_EXPIRY: _("You wrote the expiry {ours}; the lines of the document say {theirs}. Look again."),
}
_DOUBTS = {
    Doubt.EXPIRED: _("The document has expired: ask for the new one."),
    Doubt.EXPIRES_SOON: _("The document expires soon."),
    Doubt.EXPIRY_MISSING: _("Nobody said until when the document is valid."),
    Doubt.NO_PHOTO: _("There is no photo: compare with the paper itself."),
    Doubt.NO_ZONE: _("The lines at the bottom of the document (MRZ) are not here: compare every letter."),
    Doubt.ZONE_NOT_PROVED: _("The check digits of the lines (MRZ) do not all hold: compare every letter."),
    Doubt.ZONE_NAMES: _("The names and the lines of the document (MRZ) differ."),
    Doubt.PASSPORT_FORM: _("Moroccan passports have two letters and seven digits: this number is different."),
    Doubt.CIN_FORM: _("A Moroccan CIN has one or two letters, then digits: this number is different."),
    Doubt.NOT_OF_REFUGEES: _("The document is of a refugee and the nationality code of a stateless person."),
    Doubt.NOT_OF_STATELESS: _("The document is of a stateless person and names a nationality."),
}


def fault_finding(wrong: Wrong) -> Finding:
    """A fault as a finding at its field."""
    return Finding(wrong.fault.value, _FAULTS[wrong.fault].format(**wrong.facts), {"field": wrong.field})


def doubt_finding(doubt: Doubt) -> Finding:
    """A doubt as a finding."""
    return Finding(doubt.value, _DOUBTS[doubt])
