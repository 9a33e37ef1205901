"""Every text that people read must speak all four languages."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from tragitto.kernel.texts import missing_languages
from tragitto.schemes.pack import CallSpec, Pack
from tragitto.schemes.rules.problems import Problem

TEXTS = dict[str, str]


NAMED = re.compile(r"\[([^\]]*)\]")


def check(pack: Pack) -> list[Problem]:
    """One error for each text of the pack, its calls aside, that lacks a language."""
    return [
        Problem("missing_language", where, _said(missing))
        for where, missing in _lacking(msgspec.structs.replace(pack, calls=()))
    ]


def check_call(call: CallSpec) -> list[Problem]:
    """One error for each text of ``call`` that lacks a language."""
    # "[a-call].criteria[in-time].title" is read as "criteria.in-time.title".
    found = [(NAMED.sub(r".\1", where.partition("].")[2]), missing) for where, missing in _lacking(call)]
    return [
        Problem(
            "missing_language",
            f"calls/{call.code}.{path}",
            _said(missing),
            matter=", ".join(missing),
            path=path,
        )
        for path, missing in found
    ]


def _lacking(part: msgspec.Struct) -> Iterator[tuple[str, tuple[str, ...]]]:
    for where, text, is_required in _texts(part, ""):
        if (text or is_required) and (missing := missing_languages(text)):
            yield where, missing


def _said(missing: tuple[str, ...]) -> str:
    return f"no text in: {', '.join(missing)}"


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
