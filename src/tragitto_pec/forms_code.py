"""What the two-dimensional codes on a printed form say, and where on its pages the answers stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

#: The corners that bear a code: two opposite ones, so that eight points straighten a scanned page.
Corner = Literal["TR", "BL"]
CORNERS: tuple[Corner, Corner] = ("TR", "BL")
#: What is written into a place: words, a mark, one of some words, or a name by hand.
PlaceKind = Literal["text", "tick", "choice", "signature"]

_SIGN = "TRAGITTO"
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_LAYOUT = re.compile(r"[0-9a-f]{8}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_PATTERNS = (_WORD, _WORD, _NUMBER, _LANGUAGE, _LAYOUT, _NUMBER)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Code:
    """What one code says: which form of which call, in which language of guidance, which page and corner.

    ``layout`` is the fingerprint of all places of the form (`Template.layout`): a page printed with other
    places, by another release or without one of the fonts, is recognised and not read in the wrong ones.
    ``page`` counts from 1.
    """

    call: str
    form: str
    version: int
    language: str
    layout: str
    page: int
    corner: Corner

    def text(self) -> str:
        """The words of the code; `parse` reads them again. Raises ``ValueError`` where it could not."""
        parts = (self.call, self.form, self.version, self.language, self.layout, self.page, self.corner)
        text = "|".join((_SIGN, *map(str, parts)))
        if parse(text) != self:
            raise ValueError(f"not a code that can be read again: {text}")
        return text


def parse(text: str) -> Code | None:
    """The code that says ``text``, or None: it is somebody else's, or was misread. Never raises."""
    parts = text.split("|") if len(text) <= _LONGEST else []
    if len(parts) != 8 or parts[0] != _SIGN or parts[7] not in CORNERS:
        return None
    if not all(pattern.fullmatch(part) for pattern, part in zip(_PATTERNS, parts[1:7], strict=True)):
        return None
    _, call, form, version, language, layout, page, corner = parts
    return Code(call, form, int(version), language, layout, int(page), "TR" if corner == "TR" else "BL")


@dataclass(frozen=True, slots=True)
class Option:
    """A word to choose: the value that is kept, and the label that is printed."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer named ``name`` stands: on ``page`` (from 1), in points from its lower left corner."""

    name: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    kind: PlaceKind = "text"
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class CodePlace:
    """Where a code is printed: its dark modules fill exactly this square, without the quiet zone."""

    page: int
    corner: Corner
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Template:
    """Where everything stands on the pages of a form as it was printed.

    ``pages`` are their sizes (width, height) in points. ``places`` are the answers to read; where a
    person signs is ``signature``, apart from them, for nothing is read there but whether there is ink.
    """

    call: str
    form: str
    version: int
    language: str
    layout: str
    pages: tuple[tuple[float, float], ...]
    codes: tuple[CodePlace, ...]
    places: tuple[Place, ...]
    signature: Place | None = None

    def on_page(self, page: int) -> tuple[Place, ...]:
        """The answers that stand on one page (from 1)."""
        return tuple(place for place in self.places if place.page == page)

    def fits(self, code: Code) -> bool:
        """Whether ``code`` was printed on a page with these places, and not merely on the same form."""
        said = (code.call, code.form, code.version, code.language, code.layout)
        own = (self.call, self.form, self.version, self.language, self.layout)
        return said == own and code.page <= len(self.pages)
