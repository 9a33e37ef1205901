"""The lists from which the answers of a registration are taken, in four languages."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from django.utils import translation

from tragitto.candidates import words
from tragitto.candidates.rules.answers import Asked
from tragitto.candidates.rules.cells import Choices
from tragitto.candidates.rules.columns import folded
from tragitto.candidates.vocabulary import Housing, Mastery, Shift, Standing
from tragitto.kernel.texts import LANGUAGES, Text
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import RosterSpec

#: Each list by its name: codes with their titles, in order.
type Lists = Mapping[str, tuple[tuple[str, Text], ...]]


def lists_of(scheme: Scheme, spec: RosterSpec) -> Lists:
    """Every list of the roster. Two queries."""
    return {
        "profiles": tuple((each.code, each.title) for each in scheme.profiles.order_by("position")),
        "regions": tuple((each.code, each.title) for each in scheme.regions.order_by("code")),
        "skills": tuple((each.code, each.title) for each in spec.skills),
        "mastery": _words(Mastery, words.MASTERY),
        "tongues": _named(spec.languages, words.TONGUE),
        "languages_of_ours": _named(LANGUAGES, words.TONGUE),
        "diplomas": tuple((each.code, each.title) for each in spec.diplomas),
        "documents": tuple((each.kind.value, each.title) for each in spec.identities),
        "standings": _words(Standing, words.STANDING),
        "shifts": _words(Shift, words.SHIFT),
        "housing": _words(Housing, words.HOUSING),
    }


def choices_of(lists: Lists) -> Choices:
    """What may be written for each code: itself, or its title in any language."""
    return {
        name: {folded(text): code for code, title in reversed(rows) for text in (*title.values(), code)}
        for name, rows in lists.items()
    }


def asked_of(lists: Lists, spec: RosterSpec, on: date) -> Asked:
    """What the answers of people are held against on a day."""
    profiles, regions = ([code for code, _title in lists[name]] for name in ("profiles", "regions"))
    return Asked(spec, on, profiles=profiles, regions=regions)


def _words(closed: type[StrEnum], named: Mapping[str, words.Word]) -> tuple[tuple[str, Text], ...]:
    return _named((word.value for word in closed), named)


def _named(codes: Iterable[str], named: Mapping[str, words.Word]) -> tuple[tuple[str, Text], ...]:
    return tuple((code, _text(named.get(code, code))) for code in codes)


def _text(word: words.Word) -> Text:
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(word)
    return told
