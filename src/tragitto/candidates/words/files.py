"""Why a file or a list of rows could not be taken in, in sentences that say what to do."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.words.rows import heading
from tragitto.kernel.refusals import Finding

_SENTENCES: Mapping[str, str | Promise] = {
    "empty": _("There is nothing in the first sheet of this file."),
    "unreadable": _(
        "This file cannot be read: save it as a spreadsheet (XLSX) or as CSV, and send it again."
    ),
    "encrypted": _("This file has a password: save it without one, and send it again."),
    "too-large": _("This file is too large: send the people in several files."),
    "too-many-rows": _("These are too many people at once: send at most 20,000 in one file."),
    "too-many-columns": _("This file has too many columns: use the list that can be downloaded here."),
    "no-reader": _("The file could not be looked into just now: try again in a few minutes."),
    "not-text": _("A cell holds signs that are no text (NUL or half a letter): take them out."),
    "no-rows": _("There is no person in this list: write one in each row below the headings."),
    "no-headings": _(
        "The headings were not found: use those of the list that can be downloaded here. A column with your"
        " reference of each person must be among them."
    ),
}
_TWICE = _("Two columns mean the same: %(columns)s. Leave one of them.")
_UNKNOWN = _("These columns do not exist: %(columns)s. The page of the API names those that do.")


def unread(code: str, *, columns: Sequence[str] = ()) -> Finding:
    """Why nothing was taken in."""
    if code == "headings-twice":
        return Finding(code, _TWICE % {"columns": ", ".join(map(heading, columns))})
    if code == "columns-unknown":
        return Finding(code, _UNKNOWN % {"columns": ", ".join(columns)})
    return Finding(code, _SENTENCES[code])
