"""The few words a blank form says of itself, in Italian and in the language of the guidance."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

LEGEND = _(
    "Fields with * are required. Fill the form in on the screen and sign it digitally in its last box, "
    "or print it, fill it in in capitals and sign it by hand."
)
SIGN_HERE = _("Digital signature in this box, or signature by hand.")
#: Beside the number of a row: the stars of the first row do not ask for five of them.
ONLY_IF_NEEDED = _("only if needed")
PAGE = _("Page {page} of {pages}")
VERSION = _("version {version}")


def texts(said: str | Promise, language: str) -> dict[str, str]:
    """`said` in Italian and in `language`."""
    found = {}
    for code in ("it", language):
        with override(code):
            found[code] = str(said)
    return found
