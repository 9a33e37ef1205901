"""Texts in the four languages in which everything published here must speak."""

import re
from collections.abc import Mapping

#: Italian, French, Arabic, English; Italian first, because the acts are in Italian.
LANGUAGES = ("it", "fr", "ar", "en")
#: A text by language code.
Text = Mapping[str, str]
#: What stands for no letter, and what no database keeps: NUL, and half of a letter.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def missing_languages(text: Text) -> tuple[str, ...]:
    """The languages in which `text` says nothing."""
    return tuple(language for language in LANGUAGES if not text.get(language, "").strip())


def in_language(text: Text, language: str) -> str:
    """`text` in `language` (a code such as "fr" or "fr-ma"), in Italian where it is missing."""
    return text.get(language) or text.get(language.split("-", maxsplit=1)[0]) or text.get("it", "")


def is_text(written: str) -> bool:
    """Whether all of it can be kept: programs send what no keyboard writes."""
    return _NO_TEXT.search(written) is None
