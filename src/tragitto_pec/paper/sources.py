"""The pages of a file, whether it is a PDF or a picture: how large they are, and how they look."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Iterator
from itertools import islice
from typing import Protocol

import pypdfium2 as pdfium
from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin

from tragitto_pec.formats import Format, kind_of
from tragitto_pec.paper.drawing import POINTS, fitting, flat_page, opened, picture

_MOST_BYTES = 64 * 1024 * 1024
_PICTURES = ("PNG", "JPEG", "TIFF")
# Loaded with this module: the limited process can open no file to load them on first use.
_LOADED = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin)
#: No picture is unpacked with more pixels: an A4 page at 900 dots per inch.
_MOST_UNPACKED = 80_000_000
_MOST_FRAMES = 200
#: The longer side of A4, which every picture is taken to have.
_LONGER_SIDE = 842.0
_MOST_OBJECTS = 500


class NoPagesError(Exception):
    """The file has no pages that can be seen; the text is the word for the problem."""


class Pages(Protocol):
    """The pages of a file, counted from 0; their sizes are in points."""

    format: str
    count: int

    def size(self, index: int) -> tuple[float, float]:
        """Width and height of a page as it is shown."""

    def picture(self, index: int, dpi: float, most_pixels: int, mode: str) -> Image.Image:
        """The page as an image, of fewer dots per inch than asked where it would be too large."""

    def finest(self, index: int) -> float:
        """The dots per inch at which a picture is as it was taken; more would only make it larger."""

    def writing(self, index: int) -> tuple[int, bool]:
        """How many letters of a page are text, and whether a picture fills most of it."""


@contextlib.contextmanager
def pages_of(raw: bytes) -> Iterator[Pages]:
    """The pages of a file. Raises ``NoPagesError``: ``not-paper, too-large, encrypted, unreadable``."""
    if len(raw) > _MOST_BYTES:
        raise NoPagesError("too-large")
    found = kind_of(raw)
    try:
        if found is Format.PDF:
            with opened(raw) as document:
                yield _PdfPages(document)
        elif found is Format.IMAGE:
            with Image.open(io.BytesIO(raw), formats=_PICTURES) as image:
                yield _PicturePages(image)
        else:
            raise NoPagesError("not-paper")
    except NoPagesError:
        raise
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD
        raise NoPagesError("encrypted" if is_locked else "unreadable") from error
    except Exception as error:
        # Damaged files surface as nearly any exception.
        raise NoPagesError("unreadable") from error


class _PdfPages:
    """The pages of a PDF."""

    format = "pdf"

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self.document = document
        self.count = len(document)

    def size(self, index: int) -> tuple[float, float]:
        width, height = self.document.get_page_size(index)
        return width, height

    def picture(self, index: int, dpi: float, most_pixels: int, mode: str) -> Image.Image:
        with flat_page(self.document, index) as page:
            return picture(page, dpi, most_pixels, mode)

    def finest(self, index: int) -> float:
        return math.inf

    def writing(self, index: int) -> tuple[int, bool]:
        with flat_page(self.document, index) as page:
            text = page.get_textpage()
            letters = text.count_chars()
            text.close()
            width, height = page.get_size()
            found = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
            areas = [_area(image.get_bounds()) for image in islice(found, _MOST_OBJECTS)]
        return letters, sum(areas) > width * height / 2


def _area(bounds: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = bounds
    return abs(right - left) * abs(top - bottom)


class _PicturePages:
    """The frames of a picture, most often one."""

    format = "image"

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.count = min(int(getattr(image, "n_frames", 1)), _MOST_FRAMES)

    def size(self, index: int) -> tuple[float, float]:
        width, height = self._frame(index).size
        scale = _LONGER_SIDE / max(width, height)
        return width * scale, height * scale

    def picture(self, index: int, dpi: float, most_pixels: int, mode: str) -> Image.Image:
        frame = self._frame(index)
        width, height = self.size(index)
        scale = fitting(width, height, dpi, most_pixels) / POINTS
        size = max(1, round(width * scale)), max(1, round(height * scale))
        return _on_white(frame).convert(mode).resize(size, Image.Resampling.LANCZOS)

    def finest(self, index: int) -> float:
        return max(self._frame(index).size) / _LONGER_SIDE * POINTS

    def writing(self, index: int) -> tuple[int, bool]:
        return 0, True

    def _frame(self, index: int) -> Image.Image:
        self.image.seek(index)
        if self.image.width * self.image.height > _MOST_UNPACKED:
            raise NoPagesError("too-large")
        return ImageOps.exif_transpose(self.image)


def _on_white(image: Image.Image) -> Image.Image:
    """What is transparent is paper."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    clear = image.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    ground.alpha_composite(clear)
    return ground.convert("RGB")
