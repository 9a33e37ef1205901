"""Compares the fields of a PDF form between two states of the same file: what they hold and how they look."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from tragitto_pec.signatures.limits import FIELDS
from tragitto_pec.signatures.pdf_overlays import Overlays, TooManyFieldsError, listed, resolved

_DEEPEST = 20
_MOST_OBJECTS = 20_000
# What leads from an appearance back to the page and through it to everything.
_UPWARDS = frozenset({"/Parent", "/P", "/StructParent", "/StructParents"})

#: The state, whether it is hidden, and how a viewer draws it anew (ISO 32000-2 § 12.7.4).
_DRAWN = ("/AS", "/F", "/DA", "/Q")
_TELLING = frozenset({"/V", "/AP", "/Ff", *_DRAWN})
#: Some tools set it on every field when they sign.
_READ_ONLY = 1


def held(handler: PdfHandler) -> dict[str, str]:
    """What every field holds and how it looks, signature fields apart, written so that equal is equal.

    Of several fields of one name each is there, with its number. Raises ``TooManyFieldsError``, or what the
    library raises for a damaged file.
    """
    found: dict[str, str] = {}
    times: Counter[str] = Counter()
    for name, plain in _values(handler):
        times[name] += 1
        found[name if times[name] == 1 else f"{name}#{times[name]}"] = plain
    return found


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The names of fields that are not the same in both states, or in one of them alone."""
    names = {*before, *after}
    return tuple(sorted(name for name in names if before.get(name) != after.get(name)))


def counted(handler: PdfHandler) -> int:
    """How many fields the form has. Raises ``TooManyFieldsError``: the library would follow them all."""
    form = resolved(handler.root.get("/AcroForm"))
    tops = form.get("/Fields") if isinstance(form, generic.DictionaryObject) else None
    waiting = [(field, 0) for field in listed(tops)]
    for entry, depth in waiting:
        if len(waiting) > FIELDS or depth > _DEEPEST:
            raise TooManyFieldsError
        field = resolved(entry)
        if isinstance(field, generic.DictionaryObject):
            waiting += [(kid, depth + 1) for kid in listed(field.get("/Kids"))]
    return len(waiting)


def _values(handler: PdfHandler) -> Iterator[tuple[str, str]]:
    """Every field that holds something other than a signature, with a value that can be compared."""
    form = resolved(handler.root.get("/AcroForm"))
    if not isinstance(form, generic.DictionaryObject):
        return
    marks, overlays = _Marks(), Overlays(handler)
    waiting = [(field, "", "", 0) for field in listed(form.get("/Fields"))]
    for entry, prefix, inherited, depth in waiting:  # what is added at the end leaves the order as it was
        if len(waiting) > FIELDS or depth > _DEEPEST:
            raise TooManyFieldsError
        field = resolved(entry)
        if not isinstance(field, generic.DictionaryObject):
            continue
        kind = str(field.get("/FT", inherited))
        name = _name(prefix, field)
        waiting += [(kid, name, kind, depth + 1) for kid in listed(field.get("/Kids"))]
        if kind != "/Sig" and _TELLING & field.keys():
            over = [repr(one.frame) + marks.of(one.drawn) for one in overlays.over(entry, field)]
            yield name, _plain(field, marks) + "".join(sorted(over))


def _name(prefix: str, field: generic.DictionaryObject) -> str:
    own = field.get("/T")
    if own is None:
        return prefix
    return f"{prefix}.{own}" if prefix else str(own)


def _plain(field: generic.DictionaryObject, marks: _Marks) -> str:
    """A value, a state, what kind of field it is and an appearance, written so that equal ones are equal."""
    value = resolved(field.get("/V"))
    parts = [resolved(part) for part in value] if isinstance(value, generic.ArrayObject) else [value]
    looks = marks.of(field.raw_get("/AP")) if "/AP" in field else ""
    flags = resolved(field.get("/Ff"))
    kind = flags & ~_READ_ONLY if isinstance(flags, int) else flags
    drawn = [str(resolved(field.get(key))) for key in _DRAWN]
    return repr([[str(part) for part in parts], drawn, str(kind or 0), looks])


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
            self.known[entry.reference] = self._fresh(resolved(entry), depth)
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
