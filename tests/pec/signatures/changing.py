"""Changes signed PDF files as honest tools and attackers do: by further revisions, or byte by byte."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Callable

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pypdf import PdfReader, PdfWriter

name = generic.pdf_name


def revised(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with one more revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def refilled(pdf: bytes, **values: str) -> bytes:
    """The file with other values in its fields, put in by an ordinary tool, as a further revision."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.update_page_form_field_values(None, values, auto_regenerate=False)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def page_added(pdf: bytes) -> bytes:
    """The file with a page more."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_blank_page(300, 300)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def replaced(pdf: bytes) -> bytes:
    """Shadow attack "replace": the page shows something else (CVE-2020-9592)."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
        writer.update_container(page)

    return revised(pdf, change)


def hidden(pdf: bytes) -> bytes:
    """Shadow attack "hide": an annotation that covered something is taken away (CVE-2020-9596)."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[name("/Annots")] = generic.ArrayObject(list(page["/Annots"])[1:])
        writer.update_container(page)

    return revised(pdf, change)


def overlaid(pdf: bytes) -> bytes:
    """Shadow attack "overlay": an annotation that lies over a field (CVE-2020-9592)."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        drawn = {name("/Subtype"): name("/FreeText"), name("/Contents"): generic.pdf_string("30")}
        place = generic.ArrayObject([generic.NumberObject(edge) for edge in (100, 500, 300, 520)])
        annotation = generic.DictionaryObject({**drawn, name("/Rect"): place})
        page["/Annots"].append(writer.add_object(annotation))
        writer.update_container(page["/Annots"])

    return revised(pdf, change)


def signature_drawn(pdf: bytes, place: tuple[int, int, int, int], field: str = "over") -> bytes:
    """The file with an empty signature field that shows a number at that place."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        append_signature_field(writer, SigFieldSpec(field, box=place))
        added = next(one for one in _fields(writer) if one.get("/T") == field)
        drawn = generic.StreamObject(stream_data=b"1 g 0 0 200 20 re f 0 g BT /Helv 9 Tf (30) Tj ET")
        drawn[name("/Type")], drawn[name("/Subtype")] = name("/XObject"), name("/Form")
        drawn[name("/BBox")] = generic.ArrayObject([generic.NumberObject(edge) for edge in (0, 0, 200, 20)])
        added[name("/AP")] = generic.DictionaryObject({name("/N"): writer.add_object(drawn)})
        writer.update_container(added)

    return revised(pdf, change)


def redrawn(pdf: bytes) -> bytes:
    """A field keeps its value and shows another one."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][1]
        drawn = generic.StreamObject(stream_data=b"BT /Helv 9 Tf (30) Tj ET")
        drawn[name("/Type")], drawn[name("/Subtype")] = name("/XObject"), name("/Form")
        drawn[name("/BBox")] = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 200, 20)])
        field[name("/AP")] = generic.DictionaryObject({name("/N"): writer.add_object(drawn)})
        writer.update_container(field)

    return revised(pdf, change)


def reason_replaced(pdf: bytes) -> bytes:
    """The signature itself says another reason afterwards."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        signature = next(field for field in _fields(writer) if field.get("/FT") == "/Sig")["/V"]
        signature[name("/Reason")] = generic.pdf_string("as a witness only")
        writer.update_container(signature)

    return revised(pdf, change)


def _fields(writer: IncrementalPdfFileWriter) -> list[generic.DictionaryObject]:
    return [entry.get_object() for entry in writer.root["/AcroForm"]["/Fields"]]


def with_range(pdf: bytes, change: Callable[[list[int]], list[int]]) -> bytes:
    """The file with other numbers in the last byte range, padded to the same length."""
    found = list(re.finditer(rb"/ByteRange \[([0-9 ]+)\]", pdf))[-1]
    numbers = " ".join(str(number) for number in change([int(part) for part in found[1].split()]))
    return pdf[: found.start(1)] + numbers.encode().ljust(len(found[1])) + pdf[found.end(1) :]


def re_saved(pdf: bytes) -> bytes:
    """The file written anew by a tool that knows nothing of signatures."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(written)
    return written.getvalue()


def values_of(pdf: bytes) -> dict[str, str]:
    """What the fields of a form hold."""
    fields = PdfReader(io.BytesIO(pdf)).get_fields() or {}
    return {key: str(field.get("/V")) for key, field in fields.items() if field.get("/FT") == "/Tx"}


def stamped(pdf: bytes, stamper: TimeStamper) -> bytes:
    """The file with a time stamp over the whole document, as for long-term keeping."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    stamping = PdfTimeStamper(stamper).async_timestamp_pdf(writer, "sha256")
    return asyncio.run(stamping).getvalue()


def with_store(pdf: bytes, crls: list[bytes]) -> bytes:
    """The file with lists of revoked certificates in its security store."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        streams = [writer.add_object(generic.StreamObject(stream_data=der)) for der in crls]
        store = generic.DictionaryObject({name("/CRLs"): generic.ArrayObject(streams)})
        writer.root[name("/DSS")] = writer.add_object(store)
        writer.update_root()

    return revised(pdf, change)
