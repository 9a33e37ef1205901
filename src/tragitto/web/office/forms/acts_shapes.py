"""How a call's shape is walked by paths: which type stands there, which value, and putting another."""

from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import msgspec

from tragitto.schemes.pack.base import Texts


def field_at(shape: type[msgspec.Struct], path: str) -> tuple[Any, bool]:
    """The type that stands at ``path`` of ``shape``, "or nothing" left out, and whether it must be given."""
    word, _dot, rest = path.partition(".")
    found = next(each for each in msgspec.structs.fields(shape) if each.name == word)
    hint = without_none(found.type)
    if not rest:
        return hint, found.required
    if get_origin(hint) is dict:
        return Texts, False
    return field_at(hint, rest)


def row_shape(shape: type[msgspec.Struct], path: str) -> type[msgspec.Struct]:
    """The type of the things in the list at ``path``."""
    hint, _required = field_at(shape, path)
    row: type[msgspec.Struct] = get_args(hint)[0]
    return row


def without_none(hint: Any) -> Any:
    """``X | None`` as ``X``."""
    if isinstance(hint, UnionType) or (get_origin(hint) is not None and NoneType in get_args(hint)):
        (hint,) = [each for each in get_args(hint) if each is not NoneType]
    return hint


def value_at(raw: Any, path: str) -> Any:
    """The plain value at ``path``; None where the way ends before."""
    for word in path.split("."):
        raw = raw.get(word) if isinstance(raw, dict) else None
    return raw


def put(raw: dict[str, Any], path: str, value: Any) -> None:
    """Put a plain ``value`` at ``path``, making the way there where there is none."""
    *way, last = path.split(".")
    for word in way:
        if raw.get(word) is None:
            raw[word] = {}
        raw = raw[word]
    raw[last] = value
