"""How files leave the house: as a download under a safe name; shown are only pictures drawn by the house."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from tragitto.kernel.canonical import csv_table
from tragitto.records import queries, stores
from tragitto.records.models import Document


def download(document: Document, name: str) -> HttpResponse:
    """The content of a kept document for saving, checked against its hash; 404 when it is not whole."""
    try:
        content = queries.content(document)
    except (stores.ContentMissing, stores.ContentChanged) as damaged:
        raise Http404 from damaged
    return as_file(content, name)


def as_file(content: bytes, name: str, media_type: str = "application/octet-stream") -> HttpResponse:
    """`content` as a file to save: the browser neither guesses its kind nor runs anything in it."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response


def as_picture(png: bytes) -> HttpResponse:
    """A picture this house has drawn itself, to be shown within a page and kept nowhere else."""
    response = HttpResponse(png, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def as_table(rows: Iterable[Sequence[object]]) -> bytes:
    """`rows` as CSV (RFC 4180); a cell that a spreadsheet would run is made text."""
    # The mark tells spreadsheets that the letters are UTF-8.
    return b"\xef\xbb\xbf" + csv_table(rows)
