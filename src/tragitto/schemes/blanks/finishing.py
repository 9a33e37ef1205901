"""Finishes a painted form: what it is, in hidden fields; tool tips; the signature that locks it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tragitto.schemes.blanks.structure import add_structure
from tragitto.schemes.blanks.tagging import Piece
from tragitto_pec.forms_code import Place

READ_ONLY = 1
HIDDEN = 2
PRINTED = 4
NO_CHANGES = 1
SIGNATURES_EXIST = 1


@dataclass(frozen=True)
class Identity:
    """What a filled form says about itself: the call, the form and its version, hidden and read-only."""

    call: str
    form: str
    version: int

    def fields(self) -> Iterator[tuple[str, str]]:
        """The names and values of the hidden fields."""
        yield "call", self.call
        yield "form", self.form
        yield "version", str(self.version)


def finished(
    pdf: bytes, identity: Identity, tips: Mapping[str, str], signature: Place | None, pieces: Iterable[Piece]
) -> bytes:
    """The PDF with its hidden identity, `tips` by field name, and a field to sign in that locks all others.

    Tagged by `pieces`, which name what stands on its pages in the order of reading.

    Readers are not asked to draw the values anew (NeedAppearances): they would do so after a signature too.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    acro = writer._root_object.setdefault(NameObject("/AcroForm"), DictionaryObject()).get_object()
    assert isinstance(acro, DictionaryObject)
    fields = acro.setdefault(NameObject("/Fields"), ArrayObject())
    assert isinstance(fields, ArrayObject)
    if signature:
        fields.append(_signature(writer, signature))
        acro[NameObject("/SigFlags")] = NumberObject(SIGNATURES_EXIST)
    for reference in fields:
        field = reference.get_object()
        if tip := tips.get(str(field.get("/T"))):
            field[NameObject("/TU")] = TextStringObject(tip)
    for name, value in identity.fields():
        fields.append(_hidden(writer, name, value))
    add_structure(writer, pieces)
    _said_of_the_file(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _said_of_the_file(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/Lang")] = TextStringObject("it-IT")
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )


def _hidden(writer: PdfWriter, name: str, value: str) -> Any:
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/V"): TextStringObject(value),
            NameObject("/Ff"): NumberObject(READ_ONLY),
            NameObject("/F"): NumberObject(HIDDEN),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
        }
    )
    return writer._add_object(field)


def _signature(writer: PdfWriter, place: Place) -> Any:
    """A field to sign in; signing there locks every field and forbids changes (ISO 32000-1, tables 233, 254).

    Written out rather than made by a signing library: half a second of imports in every process that
    hands out a blank, and an identifier of the file that is never the same.
    """
    lock = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/SigFieldLock"),
            NameObject("/Action"): NameObject("/All"),
            NameObject("/P"): NumberObject(NO_CHANGES),
        }
    )
    page = writer.pages[place.page - 1]
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/T"): TextStringObject(place.name),
            NameObject("/F"): NumberObject(PRINTED),
            NameObject("/Rect"): ArrayObject(
                [FloatObject(side) for side in (place.x0, place.y0, place.x1, place.y1)]
            ),
            NameObject("/P"): page.indirect_reference,
            NameObject("/Lock"): writer._add_object(lock),
        }
    )
    reference = writer._add_object(field)
    annotations = page.setdefault(NameObject("/Annots"), ArrayObject()).get_object()
    assert isinstance(annotations, ArrayObject)
    annotations.append(reference)
    return reference
