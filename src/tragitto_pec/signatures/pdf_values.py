"""Compares the fields of a PDF form between two states of the same file: what they hold and how they look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from tragitto_pec.signatures.limits import FIELDS

_DEEPEST = 20
_MOST_OBJECTS = 20_000
# What leads from an appearance back to the page and through it to everything.
_UPWARDS = frozenset({"/Parent", "/P", "/StructParent", "/StructParents"})


class TooManyFieldsError(ValueError):
    """The form has more fields than any form of ours, or they lie in each other without end."""


def differing(before: PdfHandler, after: PdfHandler) -> tuple[str, ...]:
    """The names of fields, signature fields apart, whose value or appearance is not the same in both states.

    Fields that are in one of them alone differ too. Raises ``TooManyFieldsError``, or what the library
    raises for a damaged file.
    """
    old, new = dict(_values(before)), dict(_values(after))
    return tuple(sorted(name for name in {*old, *new} if old.get(name) != new.get(name)))


def _values(handler: PdfHandler) -> Iterator[tuple[str, str]]:
    """Every field that holds something other than a signature, with a value that can be compared."""
    form = _resolved(handler.root.get("/AcroForm"))
    if not isinstance(form, generic.DictionaryObject):
        return
    marks = _Marks()
    waiting = [(field, "", "", 0) for field in _listed(form.get("/Fields"))]
    count = 0
    while waiting:
        entry, prefix, inherited, depth = waiting.pop()
        count += 1
        if count > FIELDS or depth > _DEEPEST:
            raise TooManyFieldsError
        field = _resolved(entry)
        if not isinstance(field, generic.DictionaryObject):
            continue
        kind = str(field.get("/FT", inherited))
        name = _name(prefix, field)
        waiting += [(kid, name, kind, depth + 1) for kid in _listed(field.get("/Kids"))]
        if kind != "/Sig" and {"/V", "/AS", "/AP"} & field.keys():
            yield f"{name}#{count}" if "/T" not in field else name, _plain(field, marks)


def _name(prefix: str, field: generic.DictionaryObject) -> str:
    own = field.get("/T")
    if own is None:
        return prefix
    return f"{prefix}.{own}" if prefix else str(own)


def _plain(field: generic.DictionaryObject, marks: _Marks) -> str:
    """A value, a state and an appearance, written so that equal ones are equal."""
    value = _resolved(field.get("/V"))
    parts = [_resolved(part) for part in value] if isinstance(value, generic.ArrayObject) else [value]
    looks = marks.of(field.raw_get("/AP")) if "/AP" in field else ""
    return repr([str(part) for part in parts] + [str(field.get("/AS")), looks])


class _Marks:
    """Digests of objects with all they refer to: fonts and images of an appearance can be exchanged too."""

    def __init__(self) -> None:
        self.known: dict[generic.Reference, str] = {}
        self.count = 0

    def of(self, entry: object, depth: int = 0) -> str:
        """A digest of one object. Raises ``TooManyFieldsError`` for one that is without end."""
        self.count += 1
        if self.count > _MOST_OBJECTS or depth > _DEEPEST:
            raise TooManyFieldsError
        if not isinstance(entry, generic.IndirectObject):
            return self._fresh(entry, depth)
        if entry.reference not in self.known:
            self.known[entry.reference] = ""  # one that refers to itself
            self.known[entry.reference] = self._fresh(_resolved(entry), depth)
        return self.known[entry.reference]

    def _fresh(self, found: object, depth: int) -> str:
        parts = [type(found).__name__]
        if isinstance(found, generic.DictionaryObject):
            for key in sorted(key for key in found if key not in _UPWARDS):
                parts += [str(key), self.of(found.raw_get(key), depth + 1)]
        elif isinstance(found, generic.ArrayObject):
            parts += [self.of(found.raw_get(place), depth + 1) for place in range(len(found))]
        else:
            parts.append(repr(found))
        if isinstance(found, generic.StreamObject):
            parts.append(hashlib.sha256(found.encoded_data).hexdigest())
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _listed(entry: object) -> list[object]:
    found = _resolved(entry)
    return list(found) if isinstance(found, generic.ArrayObject) else []


def _resolved(entry: object) -> object:
    if not isinstance(entry, generic.IndirectObject):
        return entry
    found: object = entry.get_object()  # type: ignore[no-untyped-call]
    return found
