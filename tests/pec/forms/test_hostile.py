"""Forms made to harm who reads them, each read behind the seal: an answer, and the next one unharmed."""

from __future__ import annotations

import zlib
from itertools import accumulate

import pytest
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tests.pec.forms.making import FILLED, field, opened, written
from tragitto_pec.confined import Bounds, Confined
from tragitto_pec.forms import read_fields


@pytest.fixture(scope="module")
def confined():
    with Confined(Bounds(memory_bytes=1 << 30, cpu_seconds=15, wall_seconds=30)) as process:
        yield process


def with_objects(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    numbered = (b"%d 0 obj %s endobj\n" % (number, content) for number, content in enumerate(objects, 1))
    body = [b"%PDF-1.7\n", *numbered]
    *places, size = accumulate(map(len, body))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % len(body)
    end = b"trailer <</Root 1 0 R /Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(body), size)
    return b"".join([*body, head, table, end])


def test_behind_the_seal_a_form_reads_as_it_does_before_it(confined):
    assert confined.form_fields(FILLED) == read_fields(FILLED)


def test_a_hundred_thousand_fields(confined):
    # Hostile input 28.
    references = b" ".join(b"%d 0 R" % number for number in range(4, 100_004))
    fields = [b"<</T (f%d) /FT /Tx>>" % number for number in range(100_000)]
    raw = with_objects(
        b"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [%s]>>>>" % references,
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>",
        *fields,
    )

    assert confined.form_fields(raw).problem in ("too-many-fields", "stopped")
    assert confined.form_fields(FILLED).is_read


def test_a_look_that_unpacks_to_half_a_gigabyte(confined):
    # Hostile input 27: the stream of a field's appearance, compressed twice.
    packer = zlib.compressobj(1)
    piece = b"0 0 m 9 9 l S\n" * 80_000
    packed = zlib.compress(b"".join(packer.compress(piece) for _count in range(450)) + packer.flush())
    writer = opened()
    look = StreamObject()
    look._data = packed
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([NumberObject(side) for side in (0, 0, 120, 36)]),
            NameObject("/Filter"): ArrayObject([NameObject("/FlateDecode")] * 2),
        }
    )
    named = field(writer, "denominazione")
    named[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})

    found = confined.form_fields(written(writer))

    assert (found.problem, found.flags) in (("", ("unseen",)), ("stopped", ()))
    assert confined.form_fields(FILLED).is_read


@pytest.mark.parametrize("key", ["/Parent", "/Kids"])
def test_fields_that_lead_to_themselves(confined, key):
    # Hostile input 29.
    writer = opened()
    loop = field(writer, "denominazione")
    itself = loop.indirect_reference
    loop[NameObject(key)] = ArrayObject([itself]) if key == "/Kids" else itself

    assert confined.form_fields(written(writer)).problem in ("", "unreadable")


def test_a_page_full_of_places_is_not_compared(confined):
    writer = opened()
    places = writer.pages[0]["/Annots"]
    for number in range(400):
        place = {
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject(f"f{number}"),
            NameObject("/Rect"): ArrayObject([NumberObject(side) for side in (0, 0, 10, 10)]),
        }
        places.append(writer._add_object(DictionaryObject(place)))

    assert confined.form_fields(written(writer)).flags == ("unseen",)


def test_a_value_of_a_million_letters_is_cut(confined):
    writer = opened()
    field(writer, "denominazione")[NameObject("/V")] = TextStringObject("x" * 1_000_000)

    found = confined.form_fields(written(writer))

    assert len(found.fields["denominazione"]) == 20_000
    assert found.appearance == {"denominazione": ""}
