"""The sentences by which findings explain themselves, to be said in the language of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, "str | Promise"] = {
    "active_long_enough": _("Constituted and active since {since}, at least {months} months before {on}."),
    "active_too_short": _("Constituted and active since {since}: fewer than {months} months before {on}."),
    "addressed_elsewhere": _(
        "Filed {instant}, but the mailbox of the call is not among the certified addressees:"
        " whether that is in time, a person must say."
    ),
    "codice_fiscale_wrong": _("The codice fiscale does not pass the check of its last character."),
    "delegation_of_another": _("The delegation speaks of another enterprise than the form."),
    "delegation_there": _("The delegation is there and filled in."),
    "delegation_to_another": _("The delegation names another delegate than the form."),
    "field_not_read": _("The field “{field}” of the form {form} says nothing that could be read."),
    "fields_missing": _("Compulsory fields of the form {form} are empty: {fields}."),
    "fields_not_understood": _("Fields of the form {form} could not be understood: {fields}."),
    "filed_between_windows": _("Filed {instant}, after one window closed ({closed}) and before the next."),
    "filed_in_time": _("Filed {instant}, within window {window}."),
    "filed_too_early": _("Filed {instant}, before the call opened."),
    "filed_too_late": _("Filed {instant}: the first instant that is too late was {closed}."),
    "form_missing": _("The form {form} did not come with the message."),
    "form_not_read": _("The form {form} could not be read in any of the files that came."),
    "forms_filled_in": _("All compulsory fields are filled in: {forms}."),
    "identity_copy_missing": _("No copy of the legal representative's identity document came."),
    "identity_copy_not_read": _(
        "A further file came; whether it is the copy of the identity document, a person must see."
    ),
    "in_the_sector": _("The ATECO code {ateco} belongs to the sector the call addresses."),
    "is_company": _("Codice fiscale and partita IVA of a company."),
    "is_private_person": _("The codice fiscale of a person, without a partita IVA: no enterprise."),
    "is_sole_trader": _("A sole trader: the codice fiscale of a person, with a partita IVA."),
    "judge_failed": _("This could not be judged by the program ({error}): a person must see."),
    "no_delegation_needed": _("The legal representative signs: no delegation is needed."),
    "no_instant": _("No certified instant is known for this message."),
    "no_profile_asked": _("No profile is asked for."),
    "no_unit_in_the_region": _("No production unit lies in the region: {provinces}."),
    "outside_the_sector": _(
        "The ATECO code {ateco} lies outside the sector the call addresses; it is no requirement."
    ),
    "partita_iva_wrong": _("The partita IVA does not pass the check of its last digit."),
    "profiles_inside": _("All profiles are among those of the call: {profiles}."),
    "profiles_outside": _("These are no profiles of the call: {profiles}."),
    "province_not_understood": _("The province of a production unit could not be understood: {provinces}."),
    "signature_not_read": _("Who signed the form cannot be read yet: look at the signature."),
    "unit_in_the_region": _("A production unit lies in the region: {provinces}."),
}


def sentence(code: str, parameters: Mapping[str, Any]) -> "str | Promise":
    """The sentence of `code`, filled with `parameters`, in the language of whoever reads it."""
    return _filled(code, {name: str(value) for name, value in parameters.items()})


def _fill(code: str, values: Mapping[str, str]) -> str:
    return str(SENTENCES.get(code, code)).format_map(values)


_filled = lazy(_fill, str)
