"""Every text that people read must speak all four languages."""

from collections.abc import Iterator
from typing import Any

import msgspec

from tragitto.kernel.texts import missing_languages
from tragitto.schemes.pack import Pack
from tragitto.schemes.rules.problems import Problem

TEXTS = dict[str, str]


def check(pack: Pack) -> list[Problem]:
    """One error for each text of the pack that lacks a language."""
    return [
        Problem("missing_language", where, f"no text in: {', '.join(missing)}")
        for where, text, is_required in _texts(pack, "")
        if (text or is_required) and (missing := missing_languages(text))
    ]


def _texts(value: Any, where: str) -> Iterator[tuple[str, dict[str, str], bool]]:
    if isinstance(value, msgspec.Struct):
        here = _named(value, where)
        for field in msgspec.structs.fields(type(value)):
            inner = getattr(value, field.encode_name)
            place = f"{here}.{field.encode_name}"
            if field.type == TEXTS:
                yield place, inner, field.required
            else:
                yield from _texts(inner, place)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, where)
    elif isinstance(value, dict) and all(isinstance(item, dict) for item in value.values()):
        for key, item in value.items():
            yield f"{where}.{key}", item, True


def _named(value: msgspec.Struct, where: str) -> str:
    name = getattr(value, "code", "") or getattr(value, "name", "") or getattr(value, "value", "")
    return f"{where}[{name}]" if name else where
