"""What the portal says of words of the house: which version keeps the place, moments in sentences."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.schemes.vocabulary import PlaceRule
from tragitto.web.parts.moments import instant_in_words

type Word = str | Promise

PLACE: Mapping[str, Word] = {
    PlaceRule.FIRST: _("The first message in time keeps the place, whatever you add later."),
    PlaceRule.FIRST_COMPLETE: _(
        "The first complete message keeps the place: who completes what was missing takes the later place."
    ),
    PlaceRule.LATEST: _("The latest message takes the place: each supplement moves you to a later place."),
}
_ZONE = "Europe/Rome"


def moments(parameters: Mapping[str, object]) -> dict[str, object]:
    """What fills the sentence of a finding, its instants in words."""
    return {name: _in_words(value) for name, value in parameters.items()}


def _in_words(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return instant_in_words(at, _ZONE) if at.tzinfo else value
