"""The steps of a counted term in words: the sentence of the law room with its days written out."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext

from tragitto.web.parts.moments import day_in_words, instant_in_words

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})")


def step_in_words(step: Mapping[str, object], zone: str = "Europe/Rome") -> str:
    """A stored step of a count, translated; days and instants among its facts are written in words."""
    facts = step.get("facts")
    shown = written_out(facts, zone) if isinstance(facts, Mapping) else {}
    # The law room marks these sentences for the catalogues.
    words = gettext(str(step.get("text", "")))
    try:
        return words.format(**shown)
    except (KeyError, IndexError):
        return words


def written_out(facts: Mapping[str, object], zone: str = "Europe/Rome") -> dict[str, object]:
    """`facts` with the days and instants among them in words."""
    return {key: _shown(value, zone) for key, value in facts.items()}


def _shown(value: object, zone: str) -> object:
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value):
        return day_in_words(date.fromisoformat(value))
    return instant_in_words(datetime.fromisoformat(value), zone) if _INSTANT.fullmatch(value) else value
