"""Writes answers into the fillable PDF of a form, as the program of whoever fills it in would."""

from collections.abc import Mapping
from io import BytesIO

from pypdf import PdfReader, PdfWriter


def filled(pdf: bytes, words: Mapping[str, str]) -> bytes:
    """The form with these words in its fields, appended to the file: what was there stays as it was.

    A tick is "Yes". Letters that the form's font lacks stand in the fields and are not all seen on the page.
    """
    fields = PdfReader(BytesIO(pdf)).get_fields() or {}
    boxes = {name for name, field in fields.items() if field.field_type == "/Btn"}
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    told = {name: f"/{value}" if name in boxes else value for name, value in words.items()}
    writer.update_page_form_field_values(None, told, auto_regenerate=False)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()
