"""Makes fillable forms as the house does, fills them in as people do, and spoils them as nobody should."""

from __future__ import annotations

import io
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas


def blank_form() -> bytes:
    """A form as the generator of the house makes it: text, tick box, choice, hidden fields."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    form = canvas.acroForm
    form.textfield(name="denominazione", x=50, y=700)
    form.checkbox(name="delegato", x=50, y=650)
    form.choice(name="provincia", x=50, y=600, options=[("Milano", "MI"), ("Bergamo", "BG")], value="MI")
    for name, value in (("call", "lombardia-2025"), ("form", "modulo-a"), ("version", "1")):
        form.textfield(name=name, value=value, x=0, y=0, width=1, height=1, fieldFlags="readOnly")
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def filled(pdf: bytes, values: dict[str, str]) -> bytes:
    """The form with values typed in."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """The bytes of a document."""
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def opened() -> PdfWriter:
    """The blank form, to be spoiled."""
    return PdfWriter(clone_from=PdfReader(io.BytesIO(BLANK)))


def with_looks(count: int, size: int) -> bytes:
    """A form of text fields, the look of each unpacking to so many bytes that draw nothing."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    widgets = ArrayObject()
    for number in range(count):
        look = StreamObject()
        look._data = zlib.compress(b" " * size, 9)
        look[NameObject("/Subtype")] = NameObject("/Form")
        look[NameObject("/BBox")] = ArrayObject([NumberObject(side) for side in (0, 0, 90, 15)])
        look[NameObject("/Filter")] = NameObject("/FlateDecode")
        place = (10, 10 + number * 20, 100, 25 + number * 20)
        widget = {
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject(f"f{number}"),
            NameObject("/V"): TextStringObject("x"),
            NameObject("/Rect"): ArrayObject([NumberObject(side) for side in place]),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
        widgets.append(writer._add_object(DictionaryObject(widget)))
    page[NameObject("/Annots")] = widgets
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): widgets})
    return written(writer)


def field(writer: PdfWriter, name: str) -> DictionaryObject:
    """A field of the form, to be changed."""
    found = [each.get_object() for each in writer.root_object["/AcroForm"]["/Fields"]]
    return next(each for each in found if each["/T"] == name)


BLANK = blank_form()
FILLED = filled(BLANK, {"denominazione": "Però & Figli S.r.l.", "delegato": "/Yes", "provincia": "BG"})
