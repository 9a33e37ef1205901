"""pypdf, as a company's own program would: an incremental update."""

from collections.abc import Mapping
from io import BytesIO

from pypdf import PdfReader, PdfWriter


def fill_with_pypdf(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The file as pypdf writes it."""
    fields = PdfReader(BytesIO(pdf)).get_fields() or {}
    ticks = {name for name, field in fields.items() if field.field_type == "/Btn"}
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    words = {name: "/Yes" if name in ticks else value for name, value in values.items()}
    writer.update_page_form_field_values(None, words, auto_regenerate=False)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()
