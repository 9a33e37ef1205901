"""Long work in the background, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates.vocabulary import WorkKind, WorkState
from tragitto.web.office.word import Word

WORK: Mapping[str, str | Promise] = {
    WorkKind.EXPORT: _("Export"),
    WorkKind.BULK: _("Change of many people"),
    WorkKind.DUPLICATES: _("Search for duplicates"),
}
STATES: Mapping[str, Word] = {
    WorkState.WAITING: Word(pgettext_lazy("work", "Waiting"), "open"),
    WorkState.RUNNING: Word(pgettext_lazy("work", "Under way"), "info"),
    WorkState.DONE: Word(pgettext_lazy("work", "Done"), "good"),
    WorkState.CANCELLED: Word(pgettext_lazy("work", "Cancelled"), "neutral"),
    WorkState.FAILED: Word(pgettext_lazy("work", "Not done"), "bad"),
}
PROBLEMS: Mapping[str, str | Promise] = {
    "not-allowed": _("Whoever ordered it had no longer the right to when its turn came."),
    "broken": _(
        "Something broke on the way. Order it again; if it breaks again, tell those who run the house."
    ),
}
