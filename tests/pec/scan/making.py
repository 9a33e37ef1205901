"""A printed form of the house's kind with two codes a page, filled in and signed by pen."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from tests.pec.paper.making import printed
from tragitto_pec.forms_code import CORNERS, Code, CodePlace, Corner, Option, Place, Template

WIDTH, HEIGHT, SIDE, EDGE = 595.0, 842.0, 48.0, 30.0
CORNER: dict[Corner, tuple[float, float]] = {
    "TR": (WIDTH - EDGE - SIDE, HEIGHT - EDGE - SIDE),
    "BL": (EDGE, EDGE),
}
CODE = Code("lombardia-2025", "modulo-b", 1, "it", "0123abcd", 1, "TR")
PROVINCES = (Option("MI", "Milano"), Option("BG", "Bergamo"), Option("BS", "Brescia"))
PLACES = (
    Place("denominazione", 1, 60, 700, 360, 718),
    Place("pec", 1, 60, 660, 360, 678),
    Place("vuoto", 1, 60, 620, 360, 638),
    Place("provincia", 1, 60, 580, 200, 598, "choice", PROVINCES),
    Place("delegato", 1, 60, 550, 71, 561, "tick"),
    Place("rinuncia", 1, 60, 520, 71, 531, "tick"),
    Place("motivazione", 1, 60, 420, 500, 480),
    Place("luogo", 2, 60, 700, 360, 718),
)
SIGNATURE = Place("signature", 2, 300, 600, 540, 660, "signature")
CODES = tuple(
    CodePlace(page, corner, x, y, x + SIDE, y + SIDE) for page in (1, 2) for corner, (x, y) in CORNER.items()
)
TEMPLATE = Template(
    call=CODE.call,
    form=CODE.form,
    version=CODE.version,
    language=CODE.language,
    layout=CODE.layout,
    pages=((WIDTH, HEIGHT), (WIDTH, HEIGHT)),
    codes=CODES,
    places=PLACES,
    signature=SIGNATURE,
)
WORDS = {
    "denominazione": ("Officine Però S.r.l.",),
    "pec": ("bruno@pec.esempio.it",),
    "provincia": ("Bergamo",),
    "motivazione": ("La società cerca due saldatori", "per il cantiere di Treviglio"),
    "luogo": ("Treviglio",),
}


def paper(
    *, form: str = CODE.form, layout: str = CODE.layout, corners: tuple[Corner, ...] = CORNERS
) -> list[Image.Image]:
    """The pages as they come out of the printer, filled in, ticked and signed."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT))
    for page in (1, 2):
        for corner in corners:
            _print_code(canvas, Code(CODE.call, form, 1, "it", layout, page, corner))
        for place in (*TEMPLATE.on_page(page), *([SIGNATURE] if page == 2 else [])):
            canvas.setLineWidth(0.6)
            canvas.rect(place.x0, place.y0, place.x1 - place.x0, place.y1 - place.y0)
            canvas.setFont("Helvetica", 10)
            for line, words in enumerate(WORDS.get(place.name, ())):
                canvas.drawString(place.x0 + 5, place.y1 - 13 - 14 * line, words)
        canvas.showPage()
    canvas.save()
    pages = printed(stream.getvalue())
    _tick(pages[0], TEMPLATE.places[4])
    _sign(pages[1], SIGNATURE)
    return pages


def _print_code(canvas: Canvas, code: Code) -> None:
    made = zxingcpp.create_barcode(code.text(), zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    rows = memoryview(made.to_image(scale=1, add_quiet_zones=False)).tolist()
    x, y = CORNER[code.corner]
    module = SIDE / len(rows)
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            if value == 0:
                left, low = x + column * module, y + SIDE - (row + 1) * module
                canvas.rect(left, low, module, module, stroke=0, fill=1)


def _tick(page: Image.Image, place: Place) -> None:
    (left, top), (right, bottom) = _pixels(place)
    draw = ImageDraw.Draw(page)
    draw.line([left + 3, top + 4, right - 3, bottom - 3], fill=40, width=3)
    draw.line([right - 4, top + 3, left + 4, bottom - 4], fill=40, width=3)


def _sign(page: Image.Image, place: Place) -> None:
    (left, top), (right, bottom) = _pixels(place)
    middle = (top + bottom) / 2
    wave = [(left + 20 + step * (right - left - 40) / 30, middle + 20 * (-1) ** step) for step in range(30)]
    ImageDraw.Draw(page).line(wave, fill=60, width=3)


def _pixels(place: Place) -> tuple[tuple[float, float], tuple[float, float]]:
    scale = 150 / 72
    return (place.x0 * scale, (HEIGHT - place.y1) * scale), (place.x1 * scale, (HEIGHT - place.y0) * scale)
