"""What the columns of an export are called."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import Promise

COLUMNS: Mapping[str, "str | Promise"] = {
    "code": pgettext_lazy("roster", "Code"),
    "surnames": _("Surnames"),
    "given_names": _("Given names"),
    "arabic_surnames": _("Surnames in Arabic"),
    "arabic_given_names": _("Given names in Arabic"),
    "birth_on": _("Date of birth"),
    "nationality": _("Nationality"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "town": _("Town"),
    "documents": _("Identity documents"),
    "confirmed": _("Identity confirmed"),
    "status": _("Status"),
    "reason": _("Reason"),
    "seniority": _("Waiting since"),
    "valid_until": _("Valid until"),
    "confirm_by": _("To confirm by"),
    "profiles": _("Profiles and years"),
    "skills": _("Skills"),
    "languages": _("Languages"),
    "diplomas": _("Diplomas"),
    "eqf": _("Highest level (EQF)"),
    "regions": _("Regions"),
    "shifts": _("Shifts"),
    "housing": _("Housing"),
    "available_from": _("Available from"),
    "language": _("Language of messages"),
    "registrars": _("Registered by"),
}
