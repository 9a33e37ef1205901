"""The closed words of requests for information as the office reads them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.web.office.word import Word

STATES = {
    "open": Word(pgettext_lazy("enquiry", "Open"), "open"),
    "answered": Word(pgettext_lazy("enquiry", "Answered"), "good"),
    "converted": Word(_("Invited to file"), "info"),
    "closed": Word(pgettext_lazy("enquiry", "Closed")),
}
CHANNELS = {
    "phone": Word(_("by telephone")),
    "email": Word(_("by e-mail")),
    "meeting": Word(_("in a meeting")),
}
OUTCOMES = {
    "reached": Word(_("Reached"), "good"),
    "not_reached": Word(_("Not reached"), "open"),
    "call_again": Word(_("To be called again"), "info"),
}
GIVEN = {
    "by_portfolio": Word(_("by the rule")),
    "by_hand": Word(_("by a person")),
}
LISTS: Mapping[str, Mapping[str, Word]] = {
    "enquiry": STATES,
    "contact_channel": CHANNELS,
    "contact_outcome": OUTCOMES,
    "given": GIVEN,
}
