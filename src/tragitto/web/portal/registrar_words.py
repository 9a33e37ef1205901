"""What states of batches, verdicts of rows and their problems are called on the pages of registrars."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates.actions.applying import BROKEN, MOVED_ON
from tragitto.candidates.models import Registration
from tragitto.candidates.vocabulary import BatchState, RowVerdict
from tragitto.candidates.words import STATUS
from tragitto.schemes.vocabulary import RosterStatus

#: A tone of the badges, and a word.
type Look = tuple[str, str | Promise]

STATES: Mapping[str, Look] = {
    BatchState.CHECKING: ("open", pgettext_lazy("batch", "Being tried")),
    BatchState.CHECKED: ("info", pgettext_lazy("batch", "Tried, not entered yet")),
    BatchState.APPLYING: ("open", pgettext_lazy("batch", "Being entered")),
    BatchState.APPLIED: ("good", pgettext_lazy("batch", "Entered")),
    BatchState.CANCELLED: ("neutral", pgettext_lazy("batch", "Thrown away")),
    BatchState.FAILED: ("bad", pgettext_lazy("batch", "Broken off")),
}
#: In the order in which they are shown; the last one says something besides the verdict.
VERDICTS: Mapping[str, Look] = {
    RowVerdict.REFUSED: ("bad", pgettext_lazy("row", "Refused")),
    RowVerdict.DOUBTFUL: ("open", pgettext_lazy("row", "Looks like somebody")),
    RowVerdict.NEW: ("good", pgettext_lazy("row", "New")),
    RowVerdict.CHANGED: ("info", pgettext_lazy("row", "Changes somebody")),
    RowVerdict.SAME: ("neutral", pgettext_lazy("row", "Changes nothing")),
    "kept": ("neutral", pgettext_lazy("row", "In part not taken")),
}
PROBLEMS: Mapping[str, str | Promise] = {
    MOVED_ON: _(
        "Something about these people changed after the rows were tried: nobody was entered, and the rows are"
        " tried again. Look at the result before you enter it."
    ),
    BROKEN: _("The work broke off; nobody was entered. Throw this batch away and send the file again."),
}
_TONES = {
    RosterStatus.ACTIVE: "good",
    RosterStatus.PLACED: "good",
    RosterStatus.CHECKING: "open",
    RosterStatus.REGISTERING: "open",
    RosterStatus.NOT_ADMITTED: "bad",
}


def states_of_people(registration: Registration) -> Look:
    """Where somebody stands, as the badge shows it."""
    status = registration.candidate.status
    return _TONES.get(RosterStatus(status), "neutral"), STATUS[status]
