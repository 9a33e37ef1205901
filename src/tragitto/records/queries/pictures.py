"""Files as pictures: drawn in the limited process, so that nothing in a file comes to act."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from tragitto.records import stores
from tragitto.records.models import Attachment, Document
from tragitto.records.queries.documents import content
from tragitto.records.queries.reading import CONFINED
from tragitto.records.registries import template_of
from tragitto_pec.confined import StoppedError
from tragitto_pec.confined_questions import CROPS, PAGE, PAPER, Nothing
from tragitto_pec.forms_code import Code, Place, Template
from tragitto_pec.paper.crops import CropsAsked
from tragitto_pec.paper.look import PageAsked
from tragitto_pec.paper.reading import Sheet
from tragitto_pec.scan.straightening import code_of, has_both, lying

#: How much of what stands around a place is shown with it, in points.
_AROUND = 3.0


@dataclass(frozen=True)
class Picture:
    """One page as a PNG; `problem` is a word, empty when it could be drawn."""

    number: int
    pages: int = 0
    png: bytes = b""
    width: int = 0
    height: int = 0
    problem: str = ""


@dataclass(frozen=True)
class Cutting:
    """The place of one answer on a scanned page, straightened, as a PNG."""

    page: int
    png: bytes
    width: int
    height: int


def page_of(file: Attachment, number: int) -> Picture:
    """The page `number` (from 1) of a file as a picture; of a signed file, of what was signed."""
    return page_of_document(file.content or file.document, number)


def page_of_document(document: Document, number: int) -> Picture:
    """The page `number` (from 1) of a kept document as a picture."""
    try:
        raw = content(document)
        image, png = CONFINED.ask(PAGE, raw, PageAsked(page=number))
    except (stores.ContentMissing, stores.ContentChanged):
        return Picture(number, problem="missing")
    except (StoppedError, OSError):
        return Picture(number, problem="stopped")
    return Picture(number, image.pages, png, image.width, image.height, image.problem)


def places_of(file: Attachment, code: Code) -> dict[str, Cutting]:
    """Each place of a printed form as it was filled in, by its name; none where its pages cannot be found.

    Takes a second for each page.
    """
    template = template_of(code)
    if template is None or not template.fits(code):
        return {}
    try:
        return dict(_places(content(file.content or file.document), code, template))
    except (stores.ContentMissing, stores.ContentChanged, StoppedError, OSError):
        return {}


def _places(raw: bytes, code: Code, template: Template) -> Iterator[tuple[str, Cutting]]:
    paper = CONFINED.ask(PAPER, raw, Nothing())[0]
    for sheet in paper.sheets:
        own = code_of(sheet)
        if own and template.fits(own) and own.form == code.form:
            yield from _cut(raw, sheet, template, list(template.on_page(own.page)))


def _cut(raw: bytes, sheet: Sheet, template: Template, places: list[Place]) -> Iterator[tuple[str, Cutting]]:
    way = lying(sheet, template) if has_both(sheet, template) else None
    if way is None:
        return
    boxes = tuple(
        (place.x0 - _AROUND, place.y0 - _AROUND, place.x1 + _AROUND, place.y1 + _AROUND) for place in places
    )
    answer, pixels = CONFINED.ask(CROPS, raw, CropsAsked(sheet.number, way, boxes))
    if answer.problem or len(answer.crops) != len(places):
        return
    at = 0
    for place, crop in zip(places, answer.crops, strict=True):
        size = crop.width * crop.height
        cut = Image.frombytes("L", (crop.width, crop.height), pixels[at : at + size])
        at += size
        small = cut.resize((max(1, cut.width // 2), max(1, cut.height // 2)))
        yield place.name, Cutting(sheet.number, _png(small), small.width, small.height)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
