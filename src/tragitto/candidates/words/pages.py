"""What is said of the pages of registering: what is wrong with an answer, and what is still lacking."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.rules.answers import MOST_PROFILES, NAME_SIGNS
from tragitto.candidates.vocabulary import PageKind

_PROBLEMS: Mapping[str, Promise] = {
    "choose": _("Choose one of the answers."),
    "too_long": _("This is too long. Write less."),
    "no_day": _("Write the day, the month and the year, for example 27 3 1999."),
    "no_figures": _("Write the day, the month and the year in figures, for example 27 3 1999."),
    "no_such_day": _("This day does not exist. Look at the day, the month and the year."),
    "not_a_birthday": _("This cannot be your date of birth. Check the year."),
    "no_name": _("Write your name as your passport has it."),
    "not_latin": _("Write this with Latin letters (A, B, C), as your passport has it."),
    "not_arabic": _("Write this with Arabic letters."),
    "no_nationality": _("Choose the country of which you are a citizen."),
    "under_age_when_sent": _(
        "By this day you were under age when you sent your registration. Withdraw it and register again:"
        " then you can correct the day."
    ),
    "no_phone": _("This is not a mobile number. Write it like this: 06 12 34 56 78."),
    "no_address": _("This is not an e-mail address. It looks like this: name@example.org."),
    "no_contact": _("Write a mobile number or an e-mail address, so that we can reach you."),
    "no_town": _("Write the town or village where you live."),
    "no_years": _("Write a number of years from 0 to 60. If you are just beginning, write 0."),
}
_UNDER_AGE = _(
    "This roster is for people who are {age} or older. We have not kept your answer."
    " You are welcome from your birthday on."
)
_NAME_SIGNS = _("A name in a passport has letters, hyphens and apostrophes: take out “{signs}”.")
_TOO_MANY = _("Choose {most} at most: those that you know best.")
_MISSING: Mapping[PageKind, Promise] = {
    PageKind.NOTICE: _("Read what happens with your data."),
    PageKind.BIRTH: _("Tell us when you were born."),
    PageKind.LATIN_NAMES: _("Write your name as your passport has it."),
    PageKind.STANDING: _("Tell us your status in the country where you live."),
    PageKind.CONTACTS: _("Tell us how we can reach you."),
    PageKind.HOME: _("Tell us where you live."),
    PageKind.DOCUMENT: _("Show us an identity document."),
    PageKind.PROFILES: _("Choose the work that you can do."),
}


def problem_words(code: str, least_age: int = 0, signs: str = "") -> str | Promise:
    """The sentence about what is wrong with an answer, which says how to mend it."""
    if code == "under_age":
        return _UNDER_AGE.format(age=least_age)
    if code == NAME_SIGNS:
        return _NAME_SIGNS.format(signs=signs)
    if code == "too_many":
        return _TOO_MANY.format(most=MOST_PROFILES)
    return _PROBLEMS[code]


def missing_words(kind: PageKind) -> str | Promise:
    """What to do about a page that is still to be answered."""
    return _MISSING[kind]
