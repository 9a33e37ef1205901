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
    "admitted_late": _(
        "Filed {instant}, out of time; two people have admitted it as an exception that the call names:"
        " {ground}"
    ),
    "altered_after_signing": _(
        "The file of the form {form} was changed after it was signed, and the signature no longer"
        " fits: ask for it again."
    ),
    "asked_for_in_time": _("Filed {instant} in answer to the office, which had given time until {until}."),
    "asked_for_of_unknown_time": _(
        "Filed {instant} in answer to the office, which had given time until {until}; whether what it"
        " completes was filed in time, a person must say."
    ),
    "by_hand_without_copy": _(
        "The form {form} is signed by hand, and no copy of the signer's identity document came with it."
    ),
    "certificate_expired": _(
        "The signer's certificate had expired when the form {form} was filed, and nothing proves"
        " that it was signed before."
    ),
    "certificate_not_checked": _(
        "Whether the signer's certificate comes from a service of the trusted list could not be"
        " checked (form {form})."
    ),
    "certificate_not_yet": _("The signer's certificate was not valid yet when the form {form} was filed."),
    "certificate_revoked": _(
        "The signer's certificate had been revoked: the form {form} counts as not signed."
    ),
    "certificate_untrusted": _(
        "The signer's certificate comes from no service of the trusted list: who signed the form"
        " {form} is not proven."
    ),
    "changed_after_signing": _(
        "The form {form} was changed after it was signed. What stands here is what was signed:"
        " compare it with the file."
    ),
    "codice_fiscale_wrong": _("The codice fiscale does not pass the check of its last character."),
    "delegate_without_delegation": _("A delegate signed the form {form}, and no delegation came with it."),
    "delegation_not_read": _(
        "A delegate signed the form {form}; whether a further file is the delegation, a person must see."
    ),
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
    "identified_as_signatory": _(
        "The person whom the form {form} names sent it on line, known by digital identity."
    ),
    "identity_copy_missing": _("No copy of the legal representative's identity document came."),
    "identity_copy_not_read": _(
        "A further file came; whether it is the copy of the identity document, a person must see."
    ),
    "in_the_sector": _("The ATECO code {ateco} belongs to the sector the call addresses."),
    "is_company": _("Codice fiscale and partita IVA of a company."),
    "is_private_person": _("The codice fiscale of a person, without a partita IVA: no enterprise."),
    "is_sole_trader": _("A sole trader: the codice fiscale of a person, with a partita IVA."),
    "judge_failed": _("This could not be judged by the program ({error}): a person must see."),
    "neither_signed_nor_identified": _(
        "The form {form} was sent on line without a signature, and not by the person it names, known by"
        " digital identity."
    ),
    "no_delegation_needed": _("The legal representative signs: no delegation is needed."),
    "no_digital_signature": _(
        "The form {form} bears no electronic signature. Look whether it is signed by hand, and"
        " compare the signature with the copy of the identity document."
    ),
    "no_ink": _("No ink was found where the form {form} is signed: look at the page."),
    "no_instant": _("No certified instant is known for this message."),
    "no_profile_asked": _("No profile is asked for."),
    "no_unit_in_the_region": _("No production unit lies in the region: {provinces}."),
    "not_signed": _("The form {form} bears no electronic signature, and this call accepts no other."),
    "not_signed_here": _(
        "The form {form} bears no electronic signature; whether it stands in another file, a person must see."
    ),
    "outside_the_sector": _(
        "The ATECO code {ateco} lies outside the sector the call addresses; it is no requirement."
    ),
    "pages_not_seen": _(
        "The program could not see the pages of the form {form}: look whether they show what the fields hold."
    ),
    "partita_iva_wrong": _("The partita IVA does not pass the check of its last digit."),
    "profiles_inside": _("All profiles are among those of the call: {profiles}."),
    "profiles_outside": _("These are no profiles of the call: {profiles}."),
    "province_not_understood": _("The province of a production unit could not be understood: {provinces}."),
    "revocation_not_checked": _(
        "The right person signed the form {form} with a qualified signature. Whether the"
        " certificate had been revoked is not known: have it checked."
    ),
    "sealed_by_organisation": _(
        "The form {form} bears the seal of an organisation, not the signature of a person."
    ),
    "seen_otherwise": _(
        "Fields of the form {form} show something else than they hold: {fields}. Look at the page."
    ),
    "signature_deceives": _(
        "What is signed in the form {form} is not what the file shows: the signature counts for nothing."
    ),
    "signature_kind_unknown": _(
        "Whether the signature of the form {form} is a qualified one could not be told."
    ),
    "signature_not_accepted": _("The form {form} bears a signature of a kind this call does not accept."),
    "signature_not_qualified": _(
        "The signature of the form {form} is not a qualified one: whether it shows who signed, a"
        " person must see."
    ),
    "signature_not_read": _("Nobody has read the signatures of this form: it came before the program could."),
    "signature_not_verified": _(
        "A signature of the form {form} could not be compared with the file: a person must check it."
    ),
    "signature_unreadable": _("The form {form} looks signed, but the signature could not be read."),
    "signed_by_another": _(
        "The form {form} is signed by somebody else than the person it names, and no delegation"
        " says that this person may."
    ),
    "signed_by_another_unread": _(
        "The form {form} is signed by somebody else than the person it names; whether a further"
        " file is a delegation, a person must see."
    ),
    "signed_by_delegate": _(
        "The delegate signed the form {form}, and the legal representative the delegation:"
        " qualified signatures, not revoked."
    ),
    "signed_by_delegate_unchecked": _(
        "The delegate signed the form {form}, and the legal representative the delegation. Whether"
        " the certificates had been revoked was not checked."
    ),
    "signed_by_hand": _(
        "The form {form} is signed by hand: compare the signature with the copy of the identity document."
    ),
    "signed_by_representative": _(
        "The legal representative signed the form {form}: a qualified signature, not revoked."
    ),
    "signed_by_representative_unchecked": _(
        "The legal representative signed the form {form} with a qualified signature. Whether the"
        " certificate had been revoked was not checked."
    ),
    "signer_without_number": _(
        "The signer's certificate names no codice fiscale: compare the name with the one in the form {form}."
    ),
    "unit_in_the_region": _("A production unit lies in the region: {provinces}."),
}


def sentence(code: str, parameters: Mapping[str, Any]) -> "str | Promise":
    """The sentence of `code`, filled with `parameters`, in the language of whoever reads it."""
    return _filled(code, {name: str(value) for name, value in parameters.items()})


def _fill(code: str, values: Mapping[str, str]) -> str:
    return str(SENTENCES.get(code, code)).format_map(values)


_filled = lazy(_fill, str)
