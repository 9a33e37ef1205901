"""Small steps through the objects of a PDF, which may be anything but what they should be."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NumberObject

MOST_DEPTH = 16


def dictionary(value: Any) -> DictionaryObject:
    """The dictionary behind a reference; an empty one for anything else."""
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def items(value: Any) -> list[Any]:
    """What an array behind a reference holds; nothing for anything else."""
    found = value.get_object() if value is not None else None
    return list(found) if isinstance(found, ArrayObject) else []


def number(value: Any) -> float:
    """The number behind a reference; 0 for anything else."""
    found = value.get_object() if value is not None else None
    return float(found) if isinstance(found, FloatObject | NumberObject) else 0.0


def inherited(node: DictionaryObject, key: str) -> Any:
    """A value of a field, or of the fields above it (ISO 32000-1 § 12.7.3.1)."""
    for _level in range(MOST_DEPTH):
        if key in node:
            return node[key].get_object()
        if "/Parent" not in node:
            return None
        node = dictionary(node["/Parent"])
    return None


def full_name(node: DictionaryObject) -> str:
    """The name of a field with those of the fields above it, or of the field this widget belongs to."""
    pieces: list[str] = []
    for _level in range(MOST_DEPTH):
        if "/T" in node:
            pieces.append(str(node["/T"].get_object()))
        if "/Parent" not in node:
            break
        node = dictionary(node["/Parent"])
    return ".".join(piece for piece in reversed(pieces) if piece)
