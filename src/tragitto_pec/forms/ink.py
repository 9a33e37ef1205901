"""A page of a form as it was drawn: its letters, which of them can be seen, and ink that is no letter."""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from tragitto_pec.forms.widgets import Box
from tragitto_pec.paper.drawing import TooManyObjectsError, keep_letters, picture

_MOST_LETTERS = 20_000
_DPI = 144
#: Letters lower than this, in points, or with less contrast than this (of 255), are there only for programs.
_LEAST_HEIGHT, _LEAST_CONTRAST = 3.0, 40
#: A box is marked when so many of its inner pixels are dark, or for one that is off: unlike its ground.
_DARK, _LEAST_INK = 128, 0.01
#: How far the frame of a field reaches into it: so many points, or this part of its lesser side.
_FRAME, _PART = 2.0, 0.15
#: A line through so much of a field is its frame; of other strokes so many pixels, so strong, are seen.
_WHOLE, _LEAST_STROKE, _LEAST_STRENGTH = 0.9, 4, 50
_STRONG = [255 * (value >= _LEAST_STRENGTH) for value in range(256)]
#: The button of a choice: how wide it is, its frame, and how far its arrow reaches from the middle.
_BUTTON, _BUTTON_FRAME, _ARROW = 15.0, 3.5, (4.5, 3.0)
# PDFium has these for a hyphen at the end of a line, and nothing for a letter it cannot name.
_NAMED = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0x00: "\ufffd"}


Pixels = tuple[int, int, int, int]


class UnseenError(Exception):
    """The pages cannot be drawn, or are too many: nothing is known of what they show."""


class Paper:
    """One page as it was drawn, and once more with its letters alone."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        """Draw the page, which has nothing but letters then. Raises ``UnseenError``, ``PdfiumError``."""
        self.page = page
        self.letters = list(_letters(page))
        self.image: Image.Image = picture(page, _DPI)
        try:
            keep_letters(page)
        except TooManyObjectsError as error:
            raise UnseenError from error
        self.lettered: Image.Image = picture(page, _DPI)

    def is_seen(self, box: Box) -> bool:
        """Whether a person would see a letter here: high enough, and darker or lighter than its ground."""
        if min(abs(box[3] - box[1]), 1e6) < _LEAST_HEIGHT:
            return False
        darkest, lightest = self.image.crop(self.pixels(box)).getextrema()
        return bool(float(lightest) - float(darkest) >= _LEAST_CONTRAST)  # type: ignore[arg-type]

    def has_ink(self, box: Box) -> bool:
        """Whether there is a mark inside a box, apart from its frame."""
        inner = self._inside(box)
        dark = sum(inner.histogram()[:_DARK])
        return dark >= _LEAST_INK * inner.width * inner.height

    def is_marked(self, box: Box) -> bool:
        """Whether there is a mark of any colour inside a box, however faint, apart from its frame."""
        inner = self._inside(box)
        drawn = sum(_drawn(inner).histogram()[_LEAST_CONTRAST:])
        return drawn >= _LEAST_INK * inner.width * inner.height

    def has_strokes(self, box: Box, *, has_cells: bool = False, has_button: bool = False) -> bool:
        """Whether there is ink inside a field that its letters do not explain, apart from frame and rules.

        Lines across the whole field part its lines, and with ``has_cells`` lines down part its letters. With
        ``has_button`` there may be the arrow of a choice at its right end.
        """
        inset = min(_FRAME, _PART * min(box[2] - box[0], box[3] - box[1]))
        place = self.pixels((box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset))
        whole, letters = self.image.crop(place), self.lettered.crop(place)
        if ImageChops.difference(whole, letters).getbbox() is None:
            return False
        strokes = ImageChops.difference(_drawn(whole), _drawn(letters)).point(_STRONG)
        if has_button:
            self._take_button(strokes, place, box)
        strokes = _without_lines(strokes, (1, strokes.height))
        if has_cells:
            strokes = _without_lines(strokes, (strokes.width, 1))
        return strokes.histogram()[255] >= _LEAST_STROKE

    def _take_button(self, strokes: Image.Image, place: Pixels, box: Box) -> None:
        """Take the button of a choice out of the strokes, when there is the arrow that makes it one."""
        (across, along), middle = _ARROW, (box[1] + box[3]) / 2
        x = box[2] - _BUTTON / 2
        arrow = _within(place, self.pixels((x - across, middle - along, x + across, middle + along)))
        if strokes.crop(arrow).getbbox() is None:
            return
        left, bottom, right, top = box[2] - _BUTTON, box[1], box[2], box[3]
        frame = min(_BUTTON_FRAME, (top - bottom) / 2)
        whole = _within(place, self.pixels((left, bottom, right, top)))
        inner = (left + frame, bottom + frame, right - frame, top - frame)
        inside = _within(place, self.pixels(inner))
        kept = strokes.crop(inside)
        strokes.paste(0, whole)
        strokes.paste(kept, inside)
        strokes.paste(0, arrow)

    def _inside(self, box: Box) -> Image.Image:
        inset = 0.2 * min(box[2] - box[0], box[3] - box[1])
        return self.image.crop(self.pixels((box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset)))

    def pixels(self, box: Box) -> Pixels:
        """The part of the image that shows these points of the page."""
        left, top = self._pixel(box[0], box[3])
        right, bottom = self._pixel(box[2], box[1])
        xs, ys = sorted((left, right)), sorted((top, bottom))
        return xs[0], ys[0], max(xs[1], xs[0] + 1), max(ys[1], ys[0] + 1)

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        """Where a point of the page is in the image, however the page is turned and cut."""
        across, down = ctypes.c_int(), ctypes.c_int()
        width, height = self.image.size
        pdfium.raw.FPDF_PageToDevice(self.page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value


def _letters(page: pdfium.PdfPage) -> Iterator[tuple[str, Box]]:
    """Each letter of the page with its place, in points of the page's own axes. Raises ``UnseenError``."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > _MOST_LETTERS:
            raise UnseenError
        box = pdfium.raw.FS_RECTF()
        for at in range(count):
            code = pdfium.raw.FPDFText_GetUnicode(text.raw, at)
            pdfium.raw.FPDFText_GetLooseCharBox(text.raw, at, box)
            yield _NAMED.get(code) or chr(code), (box.left, box.bottom, box.right, box.top)
    finally:
        text.close()


def _within(place: Pixels, part: Pixels) -> Pixels:
    """A part of the image as seen from a place it lies in, not beyond its edges."""
    width, height = place[2] - place[0], place[3] - place[1]
    left, top, right, bottom = (part[at] - place[at % 2] for at in range(4))
    return max(left, 0), max(top, 0), max(min(right, width), 0), max(min(bottom, height), 0)


def _drawn(image: Image.Image) -> Image.Image:
    """How far each pixel is from the ground, the grey that most of them have; 255 is as far as can be."""
    counts = image.histogram()
    ground = counts.index(max(counts))
    return image.point(_distances(ground))


@functools.cache
def _distances(ground: int) -> list[int]:
    farthest = max(ground, 255 - ground)
    return [abs(value - ground) * 255 // farthest for value in range(256)]


def _without_lines(strokes: Image.Image, onto: tuple[int, int]) -> Image.Image:
    """The strokes without straight lines from side to side: those that stay when pressed ``onto`` one row."""
    pressed = strokes.resize(onto, Image.Resampling.BOX)
    lines = pressed.point(lambda value: 255 * (value >= 255 * _WHOLE))
    return ImageChops.subtract(strokes, lines.resize(strokes.size, Image.Resampling.NEAREST))
