"""What the fields of identity documents are called in the office."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: No annotation: forms take what `gettext_lazy` gives, by a type that has no public name.
FIELDS = {
    "surnames": _("Surnames"),
    "given_names": _("Given names"),
    "birth_on": _("Birth"),
    "nationality": _("Nationality"),
    "number": _("Number of the document"),
    "personal_number": _("Personal number (CIN)"),
    "issuing_state": _("Issuing state"),
    "issued_on": _("Issued on"),
    "expires_on": _("Valid until"),
}
#: Where another spelling was met; anything else is the kind of the document that has it.
FOUND_IN: Mapping[str, str | Promise] = {
    "typed": _("as it was typed"),
    "merge": _("from a registration that was merged with this one"),
    "mrz": _("as the lines of a document (MRZ) have it"),
    "two-letters": _("with letters written in two"),
    "transliteration": _("the Arabic names in Latin letters, by the table of ICAO"),
}
