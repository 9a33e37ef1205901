"""The places on the pages where a form's fields are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from tragitto_pec.forms.objects import dictionary, full_name, inherited, items, number

_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5
_RADIO_OR_COMBO, _PUSHBUTTON, _COMB = 1 << 17, 1 << 16, 1 << 24
_MOST_WIDGETS = 4000
_MOST_DRAWING = 256 * 1024
#: Straight lines make frames and rounded ones their corners; many of them make letters.
_MOST_LINES, _MOST_CURVES = 24, 16
_PICTURES = frozenset({b"Do", b"BI", b"INLINE IMAGE", b"sh"})
_LINES, _CURVES = frozenset({b"l"}), frozenset({b"c", b"v", b"y"})

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Widget:
    """One place of a field: on which page (from 0) and where, in points of the page's own axes.

    ``kind`` is the field's type, ``""`` for an annotation that belongs to no field. ``state`` is the
    appearance that is chosen, for boxes and radio buttons, and empty when it is ``Off`` or not there.
    ``is_pictured`` is whether its appearance draws more than text and a frame, ``is_covering`` whether
    some program shows it, which may be one that draws annotations without an appearance as it likes.
    """

    name: str
    page: int
    box: Box
    kind: str
    state: str = ""
    is_shown: bool = True
    is_hidden: bool = False
    is_covering: bool = True
    is_listed: bool = False
    is_button: bool = False
    is_comb: bool = False
    is_pictured: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the page lies in this place."""
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]

    def is_under(self, other: Widget) -> bool:
        """Whether another annotation lies over a part of this place that can be seen."""
        across = min(self.box[2], other.box[2]) - max(self.box[0], other.box[0])
        along = min(self.box[3], other.box[3]) - max(self.box[1], other.box[1])
        return other.is_covering and self.page == other.page and across > 1 and along > 1


class TooManyError(Exception):
    """More annotations than any form has."""


def widgets_of(reader: PdfReader) -> list[Widget]:
    """All annotations of the pages, fields or not. Raises ``TooManyError``."""
    found: list[Widget] = []
    for index, page in enumerate(reader.pages):
        for reference in items(page.get("/Annots")):
            if len(found) >= _MOST_WIDGETS:
                raise TooManyError
            node = dictionary(reference)
            if node.get("/Subtype") != "/Popup":
                found.append(_widget(node, index, reader))
    return found


def _widget(node: DictionaryObject, page: int, reader: PdfReader) -> Widget:
    kind = str(inherited(node, "/FT") or "") if node.get("/Subtype") == "/Widget" else ""
    annotation_flags = int(number(node.get("/F")))
    is_hidden = bool(annotation_flags & (_HIDDEN | _NO_VIEW))
    look, state = _look(node)
    flags = int(number(inherited(node, "/Ff")))
    return Widget(
        name=full_name(node) if kind else "",
        page=page,
        box=_box(node),
        kind=kind,
        state=state,
        is_shown=not is_hidden and look is not None,
        is_hidden=is_hidden,
        # One that is not for the screen still comes out of the printer.
        is_covering=not annotation_flags & _HIDDEN and (look is not None or _is_drawn_anyhow(node)),
        is_listed=kind == "/Ch" and not flags & _RADIO_OR_COMBO,
        is_button=kind == "/Btn" and bool(flags & _PUSHBUTTON),
        is_comb=kind == "/Tx" and bool(flags & _COMB),
        is_pictured=kind in ("/Tx", "/Ch") and look is not None and _is_pictured(look, reader),
        labels=_labels(node) if kind == "/Ch" else {},
    )


def _is_drawn_anyhow(node: DictionaryObject) -> bool:
    """Whether a program may draw an annotation without a look: all but links without a border."""
    if node.get("/Subtype") != "/Link":
        return True
    border = items(node.get("/Border"))
    width = dictionary(node.get("/BS")).get("/W", border[2] if len(border) > 2 else None)
    return width is None or number(width) > 0


def _box(node: DictionaryObject) -> Box:
    sides = [number(side) for side in items(node.get("/Rect"))][:4]
    left, bottom, right, top = sides if len(sides) == 4 else (0.0, 0.0, 0.0, 0.0)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _look(node: DictionaryObject) -> tuple[StreamObject | None, str]:
    """The appearance that is drawn, and the name of its state (ISO 32000-1 § 12.5.5)."""
    normal = dictionary(dictionary(node.get("/AP")).get("/N"))
    state = str(node.get("/AS", "")).removeprefix("/")
    if isinstance(normal, StreamObject):
        return normal, state if state != "Off" else ""
    chosen = dictionary(normal.get(f"/{state}"))
    if not isinstance(chosen, StreamObject):
        return None, ""
    return chosen, state if state != "Off" else ""


def _is_pictured(look: StreamObject, reader: PdfReader) -> bool:
    """Whether an appearance draws pictures, or so many lines that they may be letters."""
    if len(look.get_data()) > _MOST_DRAWING:
        return True
    lines = curves = 0
    for _operands, operator in ContentStream(look, reader).operations:
        lines += operator in _LINES
        curves += operator in _CURVES
        if operator in _PICTURES or lines > _MOST_LINES or curves > _MOST_CURVES:
            return True
    return False


def _labels(node: DictionaryObject) -> dict[str, str]:
    """What a choice shows for each of its values (ISO 32000-1 § 12.7.4.4)."""
    labels: dict[str, str] = {}
    for option in (inherited(node, "/Opt") or [])[:_MOST_WIDGETS]:
        pair = items(option)
        if len(pair) == 2:
            labels[str(pair[0].get_object())] = str(pair[1].get_object())
    return labels
