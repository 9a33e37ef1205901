"""Names of countries in the four languages (Unicode CLDR), by their codes of three letters (ISO 3166-1)."""

import json
from functools import cache
from pathlib import Path

from tragitto.kernel.texts import Text, in_language

_FILE = Path(__file__).parent / "countries.json"


@cache
def names() -> dict[str, Text]:
    """The names of every country."""
    found: dict[str, Text] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def name_of(code: str, language: str) -> str:
    """What a country is called in `language`; the code itself for what is none."""
    return in_language(names().get(code, {}), language) or code


@cache
def choices(language: str, first: str = "") -> tuple[tuple[str, str], ...]:
    """All countries for a list to choose from, by name, the country `first` before all others."""
    listed = [(code, in_language(text, language)) for code, text in names().items()]
    return tuple(sorted(listed, key=lambda each: (each[0] != first, each[1])))
