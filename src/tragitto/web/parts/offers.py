"""An offer in words: its terms, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from tragitto.selection.models import Offer
from tragitto.selection.vocabulary import MatchEnd, OfferAnswer
from tragitto.web.parts.moments import day_in_words

#: What became of an offer, by its answer: the tone of the badge, and the word.
ANSWERS: Mapping[str, tuple[str, Promise]] = {
    "": ("open", pgettext_lazy("offer", "Waits for an answer")),
    OfferAnswer.ACCEPTED: ("good", pgettext_lazy("offer", "Accepted")),
    OfferAnswer.DECLINED: ("bad", pgettext_lazy("offer", "Declined")),
    OfferAnswer.LAPSED: ("bad", pgettext_lazy("offer", "Not answered in time")),
    OfferAnswer.TAKEN_BACK: ("neutral", pgettext_lazy("offer", "Taken back by the firm")),
}
ENDS: Mapping[str, Promise] = {
    MatchEnd.CANDIDATE_WITHDREW: pgettext_lazy("match", "The person left the round"),
    MatchEnd.EMPLOYER_WITHDREW: pgettext_lazy("match", "The firm withdrew the position"),
    MatchEnd.OFFER_DECLINED: pgettext_lazy("match", "The person declined the offer"),
    MatchEnd.OFFER_LAPSED: pgettext_lazy("match", "The offer was not answered in time"),
    MatchEnd.MATCHED_AGAIN: pgettext_lazy("match", "The match was made anew"),
}
_CENTS, _TENTHS = 100, 10


@dataclass(frozen=True)
class OfferShown:
    """An offer with its terms in words, in the order in which one reads them."""

    offer: Offer
    tone: str
    word: Promise
    terms: tuple[tuple[str, str], ...]


def offer_shown(offer: Offer) -> OfferShown:
    """The offer in the words of the language of the page."""
    tone, word = ANSWERS[offer.answer]
    pay = f"{Decimal(offer.pay_cents) / _CENTS:,.2f}".translate(str.maketrans(",.", ".,"))
    hours = f"{Decimal(offer.hours_tenths) / _TENTHS:g}".replace(".", ",")
    trial = ngettext("{days} day", "{days} days", offer.trial_days).format(days=offer.trial_days)
    terms = (
        (_("Contract"), offer.contract),
        (_("Collective agreement"), offer.agreement),
        (_("Level"), offer.level),
        (_("Pay, gross"), _("{pay} € a year").format(pay=pay)),
        (_("Hours a week"), hours),
        (_("Trial period"), trial if offer.trial_days else _("none")),
        (_("Place of work"), offer.place),
        (_("First day of work"), day_in_words(offer.starts_on) if offer.starts_on else ""),
        (_("Housing"), offer.housing),
        (_("Anything else"), offer.words),
    )
    return OfferShown(offer, tone, word, tuple(each for each in terms if each[1]))
