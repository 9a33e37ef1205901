"""Words that somebody typed as the database searches them: in any of four languages."""

from collections.abc import Sequence

from django.db import connection

from tragitto.candidates.rules import lexemes
from tragitto.kernel.texts import Text
from tragitto.schemes.models import Profile, Scheme
from tragitto.schemes.queries import roster_of

#: The dictionaries of the database, by language.
DICTIONARIES = ("pg_catalog.italian", "pg_catalog.french", "pg_catalog.english", "pg_catalog.arabic")
_STEMS = """
SELECT word, tsvector_to_array(to_tsvector(dictionary::regconfig, word)) FROM unnest(%s::text[]) AS word,
unnest(%s::text[]) AS dictionary
"""
_titles: dict[tuple[int, int], dict[str, frozenset[str]]] = {}


def asked(words: str, scheme: Scheme) -> str:
    """`words` of a trade as PostgreSQL reads a text search query; empty for words that say nothing.

    Every word must be there: in the dictionary of some language, or in the title of a profile or skill that
    the person has, in whatever language. A word that some language finds too common is left out. Two queries,
    and two more once for a roster.
    """
    typed = lexemes.words_of(words)
    if not typed:
        return ""
    stems, titles = _stems(typed), _titles_of(scheme)
    said: list[str] = []
    common: list[str] = []
    for word in typed:
        met = {stem for each in stems[word] for stem in each}
        if met:
            query = lexemes.any_of([*sorted(met), *lexemes.titled(met, titles)])
            (said if all(stems[word]) else common).append(query)
    return " & ".join(said or common)


def _stems(words: Sequence[str]) -> dict[str, list[list[str]]]:
    """The stems of each of these words, dictionary by dictionary."""
    found: dict[str, list[list[str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [list(dict.fromkeys(words)), list(DICTIONARIES)])
        for word, stems in cursor.fetchall():
            found.setdefault(word, []).append(stems)
    return found


def _titles_of(scheme: Scheme) -> dict[str, frozenset[str]]:
    """The stems of the titles of profiles and skills, by the lexeme that stands for them."""
    roster = roster_of(scheme)
    # A version of a roster never changes, and the profiles of a scheme do not either.
    key = scheme.pk, roster.version
    if key not in _titles:
        profiles: dict[str, Text] = dict(Profile.objects.filter(scheme=scheme).values_list("code", "title"))
        titles = {
            **{lexeme: profiles[code] for code in profiles for lexeme in lexemes.of_titles([code], [])},
            **{lexeme: each.title for each in roster.skills for lexeme in lexemes.of_titles([], [each.code])},
        }
        stems = _stems([text for title in titles.values() for text in title.values()])
        _titles[key] = {
            lexeme: frozenset(stem for text in title.values() for each in stems[text] for stem in each)
            for lexeme, title in titles.items()
        }
    return _titles[key]
