"""The engine's reasons in words, with the names that the scheme and its roster give to things."""

from typing import cast

from django.utils import translation
from django.utils.translation import get_language

from tragitto.candidates import words
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of
from tragitto_matching import wording
from tragitto_matching.explaining import Change, Contribution, Reason


def in_words(what: Reason | Contribution | Change, audience: wording.Audience, scheme: Scheme) -> str:
    """One sentence in the language of who reads, for this audience. Three queries."""
    language = cast("wording.Language", (get_language() or "it").split("-")[0])
    return wording.say(what, audience, language, names_in(scheme, language))


def names_in(scheme: Scheme, language: str) -> dict[str, str]:
    """What the codes of profiles, regions, skills, languages and hours of work are called. Three queries."""
    titles = [
        *scheme.profiles.values_list("code", "title"),
        *scheme.regions.values_list("code", "title"),
        *((each.code, each.title) for each in roster_of(scheme).skills),
    ]
    with translation.override(language):
        known = {str(code): str(word) for code, word in {**words.TONGUE, **words.SHIFT}.items()}
    return known | {code: in_language(title, language) for code, title in titles}
