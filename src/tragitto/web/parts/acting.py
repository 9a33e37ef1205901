"""Words on who acts for an enterprise, and on what the office writes to it: for both sides."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.employers.vocabulary import Capacity, Confirmed, LetterKind, Power

type Word = str | Promise

POWERS: Mapping[str, Word] = {
    Power.FILE: _("File for the enterprise"),
    Power.SUPPLEMENT: _("Complete or change what was filed"),
    Power.WITHDRAW: _("Withdraw what was filed"),
    Power.RECEIVE: _("Read what the office writes, and answer"),
}
CAPACITIES: Mapping[str, Word] = {
    Capacity.LEGAL_REPRESENTATIVE: _("Legal representative"),
    Capacity.DELEGATE: _("Delegate"),
}
CONFIRMED: Mapping[str, Word] = {
    Confirmed.SIGNATURE: _("Confirmed by the signature on what was filed, for what you sent yourself"),
    Confirmed.IDENTITY: _("Confirmed by the digital identity you signed in with"),
    Confirmed.OFFICE: _("Confirmed by the office"),
}
CONFIRMED_TO_OFFICE: Mapping[str, Word] = {
    Confirmed.SIGNATURE: _("by the signature on what was filed, for what they sent themselves"),
    Confirmed.IDENTITY: _("by digital identity"),
    Confirmed.OFFICE: _("by the office, on the papers"),
}
LETTERS: Mapping[str, Word] = {
    LetterKind.START_NOTICE: _("The review has begun"),
    LetterKind.SOCCORSO_ISTRUTTORIO: _("Something is missing: please complete it"),
    LetterKind.PREAVVISO_DI_RIGETTO: _("Notice before a refusal: you may answer"),
    LetterKind.DECISION: _("Decision"),
    LetterKind.CORRECTION: _("A decision was corrected: the review goes on"),
}
LISTS: Mapping[str, Mapping[str, Word]] = {
    "power": POWERS,
    "capacity": CAPACITIES,
    "confirmed": CONFIRMED,
    "confirmed_to_office": CONFIRMED_TO_OFFICE,
    "letter": LETTERS,
}
