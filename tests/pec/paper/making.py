"""Makes pictures and scans of pages: printed, laid askew into a scanner, and compressed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

GREY = 245


def printed(pdf: bytes, dpi: int = 150) -> list[Image.Image]:
    """Every page of a PDF as a printer would put it on paper."""
    document = pdfium.PdfDocument(pdf)
    pages = []
    for index in range(len(document)):
        page = document[index]
        pdfium.raw.FPDFPage_Flatten(page.raw, 0)
        page.close()
        page = document[index]
        pages.append(page.render(scale=dpi / 72, may_draw_forms=False).to_pil().convert("L"))
        page.close()
    document.close()
    return pages


def scanned(
    pages: Sequence[Image.Image], *, turn: float = 0, noise: float = 12, quality: int = 60, dpi: int = 150
) -> bytes:
    """Pages of paper as an office's scanner makes them into a PDF."""
    laid = [_laid(page, turn, noise) for page in pages]
    stream = io.BytesIO()
    laid[0].save(stream, "PDF", save_all=True, append_images=laid[1:], resolution=float(dpi), quality=quality)
    return stream.getvalue()


def _laid(page: Image.Image, turn: float, noise: float) -> Image.Image:
    turned = page.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=GREY)
    return Image.blend(turned, Image.effect_noise(turned.size, noise), 0.08)


def picture(image: Image.Image, kind: str, **options: object) -> bytes:
    """An image as the bytes of a file."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def coded(text: str, *, side: float = 48, x: float = 400, y: float = 700, pages: int = 1) -> bytes:
    """Pages that bear a code, its modules filling exactly the square from (x, y) upwards."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    rows = memoryview(made.to_image(scale=1, add_quiet_zones=False)).tolist()
    module = side / len(rows)
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _page in range(pages):
        for row, line in enumerate(rows):
            for column, value in enumerate(line):
                if value == 0:
                    canvas.rect(
                        x + column * module, y + side - (row + 1) * module, module, module, stroke=0, fill=1
                    )
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
