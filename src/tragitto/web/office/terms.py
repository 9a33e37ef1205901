"""What the terms of the law and the moments they run from are called: words instead of codes."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from tragitto.kernel.texts import Text, in_language
from tragitto.law import queries
from tragitto.law.rules import read_pack


def titles(on: date, language: str) -> dict[str, str]:
    """The titles of the parameters in force on a day, by code. One query."""
    return {row.code: in_language(row.title, language) for row in queries.all_on(on)}


def moment(code: str, language: str) -> str:
    """What a moment is called from which a term runs; one that the shipped law does not name says itself."""
    title = _moments().get(code)
    return in_language(title, language) if title else code


@cache
def _moments() -> Mapping[str, Text]:
    return read_pack().moments
