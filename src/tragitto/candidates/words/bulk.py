"""Why somebody is left out of a change of many, in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tragitto.candidates.queries import bulk
from tragitto.candidates.rules.standing import Hindrance
from tragitto.candidates.words.reasons import finding

if TYPE_CHECKING:
    from django.utils.functional import Promise

_WORDS = {
    bulk.OWN: _("This is your own registration: somebody else looks after it."),
    bulk.MERGED: _("This registration was merged into another one of the same person."),
    bulk.NO_REASON: _("This roster has no such reason: choose one of its own."),
    bulk.ON_IT: _("Already on this list."),
    bulk.NOT_ON_IT: _("Not on this list."),
    bulk.NOT_WAITING: _("Only those on the roster are asked: this registration is not waiting there now."),
}


def why_left(code: str) -> "str | Promise":
    """The sentence for a reason of the preview."""
    return _WORDS[code] if code in _WORDS else finding(Hindrance(code)).text
