"""What is wrong with a row of a list, in sentences that say how to mend it; one home for every door."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.rules.answers import NAME_SIGNS
from tragitto.candidates.rules.columns import BY_CODE
from tragitto.candidates.rules.rows import Problem
from tragitto.kernel.refusals import Finding
from tragitto.kernel.texts import in_language

_SENTENCES: Mapping[str, str | Promise] = {
    "needed": _("This cell must not be empty."),
    "reference_twice": _("Another row has the same reference (row %(row)s): give each person their own."),
    "reference_elsewhere": _("You have this reference for a person on the roster of another scheme."),
    "registration_ended": _("This person no longer takes part, or no longer through you: take the row out."),
    "under_age": _("This person is not %(age)s yet. Nothing about them has been kept: take the row out."),
    "under_age_when_sent": _(
        "By this day the person was under age when you registered them: take the row out and write to the"
        " office that keeps the roster."
    ),
    "no_contact": _("Give a mobile number or an e-mail address of the person: they must be told."),
    "no_phone": _("This is not a telephone number. Write it like 06 12 34 56 78 or +212 612 345 678."),
    "no_address": _("This is not an e-mail address."),
    "no_text": _("This holds signs that are no text (NUL or half a letter): take them out."),
    "too_long": _("This is too long: at most %(most)s characters."),
    "no_day": _("This is not a date. Write it like 2001-12-31 or 31/12/2001, the day before the month."),
    "not_a_birthday": _("This cannot be a date of birth: check the year."),
    "no_month": _("This is not a month. Write it like 2021-09 or 09/2021."),
    "no_number": _("Write a whole number here."),
    "no_state": _("Write the three letters that passports have for the state, such as MAR or ITA."),
    "no_year": _("This cannot be the year: write four digits, not later than this year."),
    "years": _("Write the years as a number, at most %(most)s."),
    "no_name": _("Write the names as they stand in the passport."),
    NAME_SIGNS: _("A name in a passport has letters, hyphens and apostrophes: take out “%(signs)s”."),
    "not_latin": _("Write this in Latin letters; the names in Arabic have columns of their own."),
    "not_arabic": _("Write this in Arabic letters, or leave it empty."),
    "choose": _("This is not one of the answers: take one from the sheet of lists."),
    "not_in_list": _("“%(written)s” is not in the list: take an answer from the sheet of lists."),
    "no_nationality": _("Write of which state a foreign resident is a citizen, such as SEN."),
    "national_of_another": _(
        "Who is a citizen of the country has the nationality %(origin)s: mend one of them."
    ),
    "document_kind": _("Say what kind of document this is: take an answer from the sheet of lists."),
    "document_state": _("This document is issued by another state: %(states)s."),
    "document_number": _("This cannot be the number of a document: letters and digits, at most 32."),
    "no_level": _("Write the level after the language, such as fr: B1; found: %(written)s."),
    "no_mastery": _("“%(written)s” says nothing about how well: take an answer from the sheet of lists."),
    "wrong_order": _("Work ends after it begins, and not later than today: mend one of the two."),
    "like_own": _("This looks like your own person with the reference %(reference)s: is it the same?"),
    "kept": _("Somebody else wrote this differently, perhaps the person: what they wrote stays."),
    "like_row": _("This looks like row %(row)s of the same file: is it the same person?"),
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence for a problem of a row, in the language of whoever reads."""
    return str(_SENTENCES[code]) % facts


def heading(column: str) -> str:
    """What a column is called, in the language of whoever reads; its code where it is none of ours."""
    known = BY_CODE.get(column)
    return in_language(known.headings, get_language() or "en") if known else column


def finding(problem: Problem) -> Finding:
    """A problem as a finding of a refusal."""
    told = f"{heading(problem.field)}: {sentence(problem.code, problem.facts)}"
    return Finding(problem.code, told, {"field": problem.field, **problem.facts})
