"""Compares what the pages show in each field with its value: a file can say one thing and show another."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader

from tragitto_pec.forms.widgets import Box, Widget, widgets_of
from tragitto_pec.paper.drawing import flat_page, opened, picture

#: Stands in what is seen for a picture, or for another annotation laid over the field.
PICTURE = "\ufffc"
_MOST_PAGES = 40
_MOST_LETTERS = 20_000
_MOST_PLACES = 300
_DPI = 144
#: Letters lower than this, in points, or with less contrast than this (of 255), are there only for programs.
_LEAST_HEIGHT, _LEAST_CONTRAST = 3.0, 40
#: A box is marked when so many of its inner pixels are dark.
_DARK, _LEAST_INK = 128, 0.01
# PDFium has these for a hyphen at the end of a line.
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}


class UnseenError(Exception):
    """The pages cannot be drawn, or are too many: nothing is known of what they show."""


def differences(
    pdf: bytes, reader: PdfReader, values: Mapping[str, str], apart: Sequence[str]
) -> dict[str, str]:
    """What is seen in each field that shows something else than its value; an empty text for nothing.

    The fields named in ``apart`` are hidden on purpose and are left out. Raises ``UnseenError``.
    """
    if len(reader.pages) > _MOST_PAGES:
        raise UnseenError
    widgets = widgets_of(reader)
    shown = _shown(pdf, widgets)
    by_name: dict[str, list[Widget]] = defaultdict(list)
    for widget in widgets:
        if widget.name and not widget.is_button:
            by_name[widget.name].append(widget)
    compared = {name: value for name, value in values.items() if name not in apart}
    found = ((name, _other(value, by_name[name], shown)) for name, value in compared.items())
    return {name: seen for name, seen in found if seen is not None}


def _other(value: str, places: list[Widget], shown: Mapping[int, str]) -> str | None:
    """What one field shows when that is not its value, and None when it is."""
    if any(place.is_button for place in places):
        return None
    if places and places[0].kind == "/Btn":
        marked = {place.state for place in places if place.is_shown and shown[id(place)]} - {""}
        return None if marked == ({value} if value else set()) else " ".join(sorted(marked))
    visible = [place for place in places if place.is_shown] or places
    for place in visible:
        seen = shown[id(place)]
        if not _is_same(value, seen, place):
            return seen
    return None if visible or not value else ""


def _is_same(value: str, seen: str, place: Widget) -> bool:
    texts = [place.labels.get(each, each) for each in value.split("\n")] if place.labels else [value]
    if place.is_listed:
        # A list shows all its options, the chosen ones on another ground.
        return all(_plain(text) in _plain(seen) for text in texts)
    return _alike("".join(texts), seen) or _alike(value, seen)


def _alike(value: str, seen: str) -> bool:
    wanted, found = _plain(value), _plain(seen)
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in wanted):
        # Letters that run to the left come back in the order of the page or of the text.
        return sorted(wanted) == sorted(found)
    return wanted == found


def _plain(text: str) -> str:
    """Letters and signs alone: neither case, nor spaces, nor how an accent is composed."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] not in "ZC")


def _shown(pdf: bytes, widgets: list[Widget]) -> dict[int, str]:
    """What each place shows, by its identity: its letters, or for a box its state where there is ink."""
    by_page: dict[int, list[Widget]] = defaultdict(list)
    for widget in widgets:
        by_page[widget.page].append(widget)
    shown: dict[int, str] = {}
    try:
        with opened(pdf) as document:
            for index, places in by_page.items():
                shown.update(_shown_on(document, index, places))
    except (pdfium.PdfiumError, MemoryError, ValueError, OSError) as error:
        raise UnseenError from error
    return shown


def _shown_on(document: pdfium.PdfDocument, index: int, places: list[Widget]) -> dict[int, str]:
    if len(places) > _MOST_PLACES:
        raise UnseenError
    letters: dict[int, list[str]] = {id(place): [] for place in places}
    with flat_page(document, index) as page:
        paper = _Paper(page)
        for letter, box in paper.letters():
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            holding = [place for place in places if place.holds(x, y)]
            if holding and (letter.isspace() or paper.is_seen(box)):
                for place in holding:
                    letters[id(place)].append(letter)
        marked = {id(place) for place in places if place.kind == "/Btn" and paper.has_ink(place.box)}
    shown = {}
    for place in places:
        is_covered = any(place.is_under(other) for other in places if other is not place and other.is_shown)
        written = " ".join("".join(letters[id(place)]).split())
        pictured = written + PICTURE * (place.is_pictured or is_covered)
        shown[id(place)] = pictured if place.kind != "/Btn" else place.state * (id(place) in marked)
    return shown


class _Paper:
    """One page as it was drawn."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        self.image: Image.Image = picture(page, _DPI)

    def letters(self) -> Iterator[tuple[str, Box]]:
        """Each letter of the page with its place, in points of the page's own axes."""
        text = self.page.get_textpage()
        try:
            count = text.count_chars()
            if count > _MOST_LETTERS:
                raise UnseenError
            box = pdfium.raw.FS_RECTF()
            for at in range(count):
                code = pdfium.raw.FPDFText_GetUnicode(text.raw, at)
                pdfium.raw.FPDFText_GetLooseCharBox(text.raw, at, box)
                if code:
                    yield _HYPHENS.get(code, chr(code)), (box.left, box.bottom, box.right, box.top)
        finally:
            text.close()

    def is_seen(self, box: Box) -> bool:
        """Whether a person would see a letter here: high enough, and darker or lighter than its ground."""
        if min(abs(box[3] - box[1]), 1e6) < _LEAST_HEIGHT:
            return False
        darkest, lightest = self.cut(box).getextrema()
        return bool(float(lightest) - float(darkest) >= _LEAST_CONTRAST)  # type: ignore[arg-type]

    def has_ink(self, box: Box) -> bool:
        """Whether there is a mark inside a box, apart from its frame."""
        inset = 0.2 * min(box[2] - box[0], box[3] - box[1])
        inner = self.cut((box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset))
        dark = sum(inner.histogram()[:_DARK])
        return dark >= _LEAST_INK * inner.width * inner.height

    def cut(self, box: Box) -> Image.Image:
        """The part of the image that shows these points of the page."""
        left, top = self.pixel(box[0], box[3])
        right, bottom = self.pixel(box[2], box[1])
        xs, ys = sorted((left, right)), sorted((top, bottom))
        return self.image.crop((xs[0], ys[0], max(xs[1], xs[0] + 1), max(ys[1], ys[0] + 1)))

    def pixel(self, x: float, y: float) -> tuple[int, int]:
        """Where a point of the page is in the image, however the page is turned and cut."""
        across, down = ctypes.c_int(), ctypes.c_int()
        width, height = self.image.size
        pdfium.raw.FPDF_PageToDevice(self.page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value
