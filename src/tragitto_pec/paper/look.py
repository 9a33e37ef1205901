"""Looks at a file as paper; for the limited process, where whatever a file does harms nobody."""

from __future__ import annotations

import io
import time

import msgspec
from PIL import Image

from tragitto_pec.formats import Format, kind_of
from tragitto_pec.forms_code import CORNERS
from tragitto_pec.paper.codes import codes_on
from tragitto_pec.paper.danger import dangers_of
from tragitto_pec.paper.drawing import MOST_PIXELS
from tragitto_pec.paper.reading import MOST_SHEETS, CodeSeen, PageImage, PaperReading, Sheet
from tragitto_pec.paper.sources import NoPagesError, Pages, pages_of

# The first finds both codes of a good scan within half a point; the second is for noisy ones.
_CODE_DPI, _FINE_DPI = 200, 300
_CODES_A_PAGE = len(CORNERS)
#: After so many seconds of thinking no further page is searched for codes.
_MOST_SECONDS = 20.0
_LEAST_DPI, _MOST_DPI = 20, 200
#: An image of a page with more pixels than this would not fit into an answer.
_MOST_SHOWN = 4_000_000


class PageAsked(msgspec.Struct, frozen=True):
    """Which page (from 1), and how finely: never more than 200 dots per inch, or ``most_pixels``."""

    page: int = 1
    dpi: int = 110
    most_pixels: int = _MOST_SHOWN


def paper_of(raw: bytes) -> PaperReading:
    """Count the pages of a PDF or picture, find their codes and name its dangers.

    Never raises: see ``PaperReading.problem``, one of ``not-paper, too-large, encrypted, unreadable``.
    """
    flags = tuple(sorted(dangers_of(raw))) if kind_of(raw) is Format.PDF else ()
    try:
        with pages_of(raw) as pages:
            return PaperReading(pages.format, pages.count, _sheets(pages), flags)
    except NoPagesError as error:
        return PaperReading(flags=flags, problem=str(error))


def _sheets(pages: Pages) -> tuple[Sheet, ...]:
    until = time.process_time() + _MOST_SECONDS
    sheets = []
    for index in range(min(pages.count, MOST_SHEETS)):
        if time.process_time() > until:
            break
        sheets.append(_sheet(pages, index))
    return tuple(sheets)


def _sheet(pages: Pages, index: int) -> Sheet:
    width, height = pages.size(index)
    letters, has_picture = pages.writing(index)
    codes = _codes(pages, index, _CODE_DPI)
    # A page that was drawn by a program shows its codes at once, or has none.
    if len(codes) < _CODES_A_PAGE and (codes or has_picture):
        codes = {**codes, **_codes(pages, index, _FINE_DPI)}
    return Sheet(index + 1, width, height, tuple(codes.values()), letters, has_picture)


def _codes(pages: Pages, index: int, dpi: int) -> dict[str, CodeSeen]:
    image = pages.picture(index, dpi, MOST_PIXELS, "L")
    width, _height = pages.size(index)
    return {code.text: code for code in codes_on(image, points_a_pixel=width / image.width)}


def page_of(raw: bytes, asked: PageAsked) -> tuple[PageImage, bytes]:
    """One page as a PNG of our own making. Never raises: see ``PageImage.problem``.

    The words of ``paper_of``, and ``no-such-page``.
    """
    dpi = min(max(asked.dpi, _LEAST_DPI), _MOST_DPI)
    try:
        with pages_of(raw) as pages:
            if not 1 <= asked.page <= pages.count:
                return PageImage(pages=pages.count, problem="no-such-page"), b""
            image = pages.picture(asked.page - 1, dpi, min(asked.most_pixels, _MOST_SHOWN), "RGB")
            return PageImage(image.width, image.height, pages.count), png_of(image)
    except NoPagesError as error:
        return PageImage(problem=str(error)), b""


def png_of(image: Image.Image) -> bytes:
    """An image as PNG without anything beside its pixels."""
    stream = io.BytesIO()
    Image.frombytes(image.mode, image.size, image.tobytes()).save(stream, "PNG")
    return stream.getvalue()
