"""What is said of an answer given on line: how to mend it, or what to look at again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.texts import Text, in_language
from tragitto.schemes.rules import Said

if TYPE_CHECKING:
    from django.utils.functional import Promise

WORDS: Mapping[str, "str | Promise"] = {
    "ateco_earlier": _("This is a code of ATECO {edition}. In ATECO 2025 it is {now}: you may use either."),
    "ateco_earlier_only": _(
        "This is a code of ATECO {edition}; ATECO 2025 no longer has it. You may use it."
    ),
    "ateco_unknown": _(
        "No edition of ATECO has the code {written}. Copy it from the company register, for example 25.62.00."
    ),
    "choice_unknown": _("Choose one of the answers in the list."),
    "codice_fiscale_form": _(
        "A codice fiscale has 11 digits (a company) or 16 letters and digits (a person): you wrote {written}"
        " characters."
    ),
    "company_check": _(
        "The last digit does not fit the others: compare the codice fiscale with the company register."
    ),
    "company_instead_of_person": _("This is the codice fiscale of a company: write that of the person."),
    "company_length": _("The codice fiscale of a company has {wanted} digits: you wrote {written}."),
    "date_form": _(
        "“{written}” is not a date: write day, month and year with four digits, for example 31/12/2024."
    ),
    "email_form": _("Write the whole address, for example name@enterprise.it."),
    "fixed_term_without_months": _(
        "Profile {row} is for a fixed term and names no number of months: the office will ask for it."
    ),
    "money_form": _("“{written}” is not an amount: write euros and cents, for example 1800,00."),
    "municipality_elsewhere": _(
        "{written} is not in the province {province} but in {others}: correct the municipality or the"
        " province."
    ),
    "municipality_gone": _("{written} has become part of another municipality. You may leave it so."),
    "municipality_unknown": _(
        "Our list of municipalities does not have {written}: look whether it is written right. You may leave"
        " it so."
    ),
    "no_unit_in_the_region": _(
        "No production unit lies in the region of this call: you named {written}, its provinces are"
        " {provinces}."
    ),
    "number_form": _("“{written}” is not a whole number: write digits alone, for example 2."),
    "partita_iva_digits": _("A partita IVA has 11 digits and nothing else: write it without letters."),
    "permanent_with_months": _(
        "Profile {row} is for a permanent contract and names a number of months: one of the two must go."
    ),
    "person_check": _(
        "The last letter does not fit the others: compare the codice fiscale with the health card."
    ),
    "person_length": _(
        "The codice fiscale of a person has {wanted} letters and digits: you wrote {written} characters."
    ),
    "phone_form": _("Write the number with its prefix, for example +39 035 123456."),
    "province_unknown": _("“{written}” is no province we know: write its two letters, for example BG."),
    "rea_form": _("Write the letters of the province and the number, for example MI-1234567."),
    "too_long": _("This is longer than the form can hold: {written} characters, at most {most}."),
    "vat_check": _(
        "The last digit does not fit the others: compare the partita IVA with the company register."
    ),
    "vat_length": _("A partita IVA has {wanted} digits: you wrote {written}."),
}


def _say(code: str, values: Mapping[str, str | int]) -> str:
    return str(WORDS[code]).format_map(values)


def _say_of(place: tuple[Text, ...], said: "str | Promise") -> str:
    language = get_language() or "it"
    return ": ".join([" – ".join(in_language(text, language) for text in place), str(said)])


_said = lazy(_say, str)
_said_of = lazy(_say_of, str)


def sentence(said: Said) -> "str | Promise":
    """The sentence in the language of whoever reads it."""
    return _said(said.code, dict(said.values))


def about(place: tuple[Text, ...], said: "str | Promise") -> "str | Promise":
    """A sentence behind the names of what it is about, all in the language of whoever reads it."""
    return _said_of(place, said)
