"""The closed words of requests as their enterprises read them, each with the tone of its badge."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.employers.vocabulary import EnquiryState


@dataclass(frozen=True)
class StateWord:
    """How a state is called, its tone, and what it means for the enterprise."""

    word: str | Promise
    tone: str
    means: str | Promise


ENQUIRY_STATES = {
    EnquiryState.OPEN: StateWord(
        pgettext_lazy("enquiry", "Received"), "info", _("Your request is with us; we get in touch with you.")
    ),
    EnquiryState.ANSWERED: StateWord(
        pgettext_lazy("enquiry", "Answered"),
        "good",
        _("We have spoken. Ask again whenever you like."),
    ),
    EnquiryState.CONVERTED: StateWord(
        _("Invited to answer the call"), "good", _("You can begin to answer the call from here.")
    ),
    EnquiryState.CLOSED: StateWord(
        pgettext_lazy("enquiry", "Closed"),
        "neutral",
        _("Nothing more is due. You may ask again."),
    ),
}
