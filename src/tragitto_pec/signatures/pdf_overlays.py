"""Finds fields of a PDF that lie under what a signature draws: the one thing a signed form may still gain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from tragitto_pec.signatures.limits import FIELDS

_MOST_PAGES = 1000
_DEEPEST = 20
#: Frames that share an edge do not cover each other.
_MARGIN = 1.0

Frame = tuple[float, float, float, float]


class TooManyFieldsError(ValueError):
    """The form has more fields than any form of ours, or they lie in each other without end."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one signature draws: on which page, where, and the appearance itself."""

    page: int
    frame: Frame
    drawn: object


class Overlays:
    """Everything that signatures draw in one state of a file."""

    def __init__(self, handler: PdfHandler) -> None:
        self.found: list[Overlay] = []
        self.pages: dict[generic.Reference, int] = {}
        for number, page in enumerate(_pages(handler)):
            for annotation in listed(page.get("/Annots")):
                self._look_at(annotation, number)

    def _look_at(self, entry: object, page: int) -> None:
        if isinstance(entry, generic.IndirectObject):
            self.pages[entry.reference] = page
        annotation = resolved(entry)
        if not isinstance(annotation, generic.DictionaryObject) or "/AP" not in annotation:
            return
        frame = _frame(annotation)
        if frame and _kind(annotation) == "/Sig":
            self.found.append(Overlay(page, frame, annotation.raw_get("/AP")))

    def over(self, entry: object, field: generic.DictionaryObject) -> list[Overlay]:
        """What lies over a field; one of which no page is known is looked for on each."""
        frame = _frame(field)
        known = self.pages.get(entry.reference) if isinstance(entry, generic.IndirectObject) else None
        if frame is None:
            return []
        return [one for one in self.found if known in (None, one.page) and _meet(one.frame, frame)]


def resolved(entry: object) -> object:
    """The object itself, where it may stand apart."""
    if not isinstance(entry, generic.IndirectObject):
        return entry
    found: object = entry.get_object()  # type: ignore[no-untyped-call]
    return found


def listed(entry: object) -> list[object]:
    """The entries of an array as they are written, references too; nothing for what is none."""
    found = resolved(entry)
    if not isinstance(found, generic.ArrayObject):
        return []
    return [found.raw_get(place) for place in range(len(found))]


def _pages(handler: PdfHandler) -> Iterator[generic.DictionaryObject]:
    waiting: list[tuple[object, int]] = [(handler.root.get("/Pages"), 0)]
    for entry, depth in waiting:
        if len(waiting) > _MOST_PAGES or depth > _DEEPEST:
            raise TooManyFieldsError
        node = resolved(entry)
        if not isinstance(node, generic.DictionaryObject):
            continue
        waiting += [(kid, depth + 1) for kid in listed(node.get("/Kids"))]
        if len(listed(node.get("/Annots"))) > FIELDS:
            raise TooManyFieldsError
        yield node


def _kind(annotation: generic.DictionaryObject) -> str:
    """The kind of field, which those below inherit (ISO 32000-2 § 12.7.4.1)."""
    node: object = annotation
    for _step in range(_DEEPEST):
        if not isinstance(node, generic.DictionaryObject):
            break
        if "/FT" in node:
            return str(node["/FT"])
        node = resolved(node.get("/Parent"))
    return ""


def _frame(field: generic.DictionaryObject) -> Frame | None:
    edges = [resolved(edge) for edge in listed(field.get("/Rect"))]
    numbers = [float(edge) for edge in edges if isinstance(edge, int | float | generic.FloatObject)]
    if len(numbers) != 4:
        return None
    left, bottom, right, top = numbers
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _meet(one: Frame, other: Frame) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    upward = min(one[3], other[3]) - max(one[1], other[1])
    return across > _MARGIN and upward > _MARGIN
