"""How a state looks: a tone, an icon and a word, because a colour alone says nothing to many."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class State:
    """The look of one state."""

    tone: str
    icon: str
    word: str | Promise


#: Findings first, then the tones that other words may borrow.
STATES = {
    "met": State("good", "it-check-circle", pgettext_lazy("finding", "Met")),
    "unmet": State("bad", "it-close-circle", pgettext_lazy("finding", "Not met")),
    "unknown": State("open", "it-help-circle", pgettext_lazy("finding", "Not established")),
    "good": State("good", "it-check-circle", _("Done")),
    "bad": State("bad", "it-close-circle", _("Refused")),
    "open": State("open", "it-clock", _("Waiting")),
    "info": State("info", "it-info-circle", _("Note")),
    "neutral": State("neutral", "it-flag", _("Closed")),
}


def look(state: str) -> State:
    """The look of ``state``. Raises ``KeyError`` for a word that has none."""
    return STATES[str(state)]
