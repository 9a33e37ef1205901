"""Draws the pages of a PDF with PDFium, each as its annotations and fields stand in the file."""

from __future__ import annotations

import contextlib
import ctypes
import math
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image

#: No page is drawn with more pixels than this, however large it says it is: A4 at 300 dots per inch.
MOST_PIXELS = 9_000_000
POINTS = 72.0
_FLATTEN_FAILED = 0
_FOR_THE_SCREEN = 0
#: More objects on a page, with all they hold, are of no form; each holds others no deeper than this.
MOST_OBJECTS, _MOST_DEPTH = 50_000, 16
_OFF = (ctypes.c_ushort * 4)(*map(ord, "Off"), 0)


class TooManyObjectsError(Exception):
    """A page has more objects, or deeper ones, than any form."""


@contextlib.contextmanager
def opened(pdf: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, closed again. Raises ``pdfium.PdfiumError``, also when it needs a password."""
    document = pdfium.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


@contextlib.contextmanager
def flat_page(document: pdfium.PdfDocument, index: int) -> Iterator[pdfium.PdfPage]:
    """A page whose annotations have become part of its content, closed again.

    Flattening takes the appearance that is in the file. Drawing annotations would not do: where a form
    says NeedAppearances, PDFium makes new ones from the values, and a forged value would look right.
    """
    page = document[index]
    # PDFium falls over an annotation with several looks that does not say which one: it is off, then.
    for at in range(pdfium.raw.FPDFPage_GetAnnotCount(page.raw)):
        if annotation := pdfium.raw.FPDFPage_GetAnnot(page.raw, at):
            if not pdfium.raw.FPDFAnnot_HasKey(annotation, b"AS"):
                pdfium.raw.FPDFAnnot_SetStringValue(annotation, b"AS", _OFF)
            pdfium.raw.FPDFPage_CloseAnnot(annotation)
    flattened = pdfium.raw.FPDFPage_Flatten(page.raw, _FOR_THE_SCREEN)
    page.close()
    if flattened == _FLATTEN_FAILED:
        raise pdfium.PdfiumError("the page cannot be flattened")
    page = document[index]
    try:
        yield page
    finally:
        page.close()


def keep_letters(page: pdfium.PdfPage) -> None:
    """Take all from the page that is no text, as it is drawn from now on. Raises ``TooManyObjectsError``."""
    raw = pdfium.raw
    pending = [(raw.FPDFPage_GetObject(page.raw, at), 0) for at in range(raw.FPDFPage_CountObjects(page.raw))]
    seen = 0
    while pending:
        node, depth = pending.pop()
        seen += 1
        if seen + len(pending) > MOST_OBJECTS or depth > _MOST_DEPTH:
            raise TooManyObjectsError
        kind = raw.FPDFPageObj_GetType(node)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            inner = range(raw.FPDFFormObj_CountObjects(node))
            pending.extend((raw.FPDFFormObj_GetObject(node, at), depth + 1) for at in inner)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_SetIsActive(node, False)


def picture(page: pdfium.PdfPage, dpi: float, most_pixels: int = MOST_PIXELS, mode: str = "L") -> Image.Image:
    """The page as an image of ``dpi`` dots per inch, or of fewer where that would be too many pixels."""
    width, height = (max(size, 1.0) for size in page.get_size())
    scale = fitting(width, height, dpi, most_pixels) / POINTS
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, grayscale=mode == "L")
    try:
        image: Image.Image = bitmap.to_pil()
        return image.convert(mode)
    finally:
        bitmap.close()


def fitting(width: float, height: float, dpi: float, most_pixels: int) -> float:
    """The dots per inch that keep a page of this size (in points) below ``most_pixels``."""
    # Each side is rounded up to whole pixels, so a strip one pixel wide still counts in full.
    asked = dpi / POINTS
    most = math.sqrt(most_pixels / (width * height))
    longest = most_pixels / max(width, height)
    return POINTS * min(asked, most, longest)
