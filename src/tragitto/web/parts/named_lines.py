"""Lists of names in words: what the columns are called, and codes as the titles they stand for."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.curricula import Titles
from tragitto.candidates.models import NamedList
from tragitto.candidates.queries.named_lists import lines_of

HEADS: Mapping[str, str | Promise] = {
    "surnames": _("Surnames"),
    "given_names": _("Given names"),
    "arabic_surnames": _("Surnames in Arabic"),
    "arabic_given_names": _("Given names in Arabic"),
    "profiles": _("Profiles"),
    "languages": _("Languages"),
    "available_from": _("Available from"),
    "regions": _("Regions"),
}


def heads_in_words(columns: Sequence[str]) -> list[str | Promise]:
    """What the columns are called."""
    return [HEADS[column] for column in columns]


def lines_in_words(given: NamedList, language: str) -> list[list[str]]:
    """The lines of a list, profiles and regions by their titles. Six queries."""
    titles = Titles.of(given.call.scheme, language)
    known: Mapping[str, Mapping[str, str]] = {"profiles": titles.profiles, "regions": titles.regions}
    return [
        [
            ", ".join(known[column].get(word, word) for word in said.split()) if column in known else said
            for column, said in zip(given.columns, line, strict=True)
        ]
        for _person, line in lines_of(given)
    ]
