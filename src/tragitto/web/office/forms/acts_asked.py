"""What a page of a draft asks: the shape of a question, of a page, and the questions of the conditions."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Said = str | Promise


@dataclass(frozen=True)
class Asked:
    """One thing asked: its path, its label, what happens with the answer, and how it is answered.

    `kind`: "long" text, "lines" (one thing a line), "code", "email", or the name of a list of choices.
    """

    path: str
    label: Said
    help: Said = ""
    kind: str = ""


@dataclass(frozen=True)
class Section:
    """A page of questions; with `rows`, a list of things each of which has such a page."""

    code: str
    title: Said
    asked: tuple[Asked, ...]
    says: Said = ""
    rows: str = ""
    one: Said = ""
    named: str = "code"

    @property
    def paths(self) -> tuple[str, ...]:
        """What of a call this page is about."""
        return (self.rows,) if self.rows else tuple(each.path for each in self.asked)


#: What the conditions are asked for, by the names of their parameters.
PARAMETERS: dict[str, Asked] = {
    "months": Asked("months", _("For how many months")),
    "at": Asked("at", _("Counted to the moment")),
    "forms": Asked("forms", _("These forms"), kind="call_forms"),
    "form": Asked("form", _("The form"), kind="call_form"),
    "identity_copy": Asked("identity_copy", _("Without the copy of the identity document, the employer is")),
    "accepted": Asked("accepted", _("Signatures that count")),
    "unchecked_revocation": Asked(
        "unchecked_revocation", _("Where nobody could check whether a certificate was revoked")
    ),
    "ateco_divisions": Asked("ateco_divisions", _("Divisions of ATECO"), _("One a line."), "lines"),
}
