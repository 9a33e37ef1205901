"""Several people sign one PDF in turn, with changes between: nobody counts for what that person never saw."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, append_signature_field

from tests.pec.signatures.changing import (
    name,
    overlaid,
    refilled,
    revised,
    signature_drawn,
    stamped,
    values_of,
)
from tests.pec.signatures.stage import (
    BRUNO,
    CARLA,
    MORNING,
    STAMPER,
    STRANGER,
    codes,
    content,
    form,
    read,
)
from tragitto_pec.rehearsal.signing import Signatory
from tragitto_pec.signatures import Changes, FileVerdict, SignatureReading


def signed(pdf: bytes, who: Signatory, turn: int = 0) -> bytes:
    """The file with one more signature, in the field of that turn."""
    return who.sign_pdf(pdf, f"s{turn}", at=MORNING + timedelta(minutes=turn))


def places(pdf: bytes, value: str) -> bytes:
    """The file with another number of places; the old one with the very appearance it had at first."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][1]
        field[name("/V")] = generic.pdf_string(value)
        field[name("/AP")] = generic.DictionaryObject({name("/N"): _drawn(writer, value)})
        writer.update_container(field)

    return revised(pdf, change)


def _drawn(writer: IncrementalPdfFileWriter, value: str) -> generic.IndirectObject:
    first = PdfFileReader(io.BytesIO(form())).root["/AcroForm"]["/Fields"][1]["/AP"].raw_get("/N")
    if value == "3":
        return generic.IndirectObject(first.idnum, first.generation, writer)
    drawn = generic.StreamObject(stream_data=f"/Tx BMC BT /Helv 9 Tf 2 6 Td ({value}) Tj ET EMC".encode())
    drawn[name("/Type")], drawn[name("/Subtype")] = name("/XObject"), name("/Form")
    drawn[name("/BBox")] = generic.ArrayObject([generic.NumberObject(edge) for edge in (0, 0, 200, 20)])
    return writer.add_object(drawn)


def locking(pdf: bytes) -> bytes:
    """The form in which the second signature locks every field and the document."""
    lock = SigFieldSpec(
        "s2", field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL), doc_mdp_update_value=MDPPerm.NO_CHANGES
    )
    return revised(pdf, lambda writer: append_signature_field(writer, lock))


def restored(begun: bytes, around: Signatory = CARLA) -> bytes:
    """Somebody signs three places; Bruno signs thirty; somebody puts the three back and signs again."""
    by_bruno = signed(places(signed(begun, around, 1), "30"), BRUNO, 2)
    return signed(places(by_bruno, "3"), around, 3)


def covering(reading: SignatureReading) -> list[str]:
    """Whose signatures cover the content."""
    return [one.name for one in reading.signers if one.covers_content]


@pytest.mark.parametrize("begun", [form(), locking(form())], ids=["open", "locked"])
def test_a_value_put_back_does_not_make_the_one_between_sign_it(begun):
    attacked = restored(begun)

    reading = read(attacked)

    assert reading.verdict is FileVerdict.CHANGED_AFTER
    assert values_of(content(attacked))["places"] == "3"
    assert BRUNO.name not in covering(reading)


def test_the_field_that_was_put_back_is_named():
    reading = read(restored(form()))

    assert (reading.changes, codes(reading)) == (Changes.FIELDS, ["several-revisions", "fields-changed"])
    assert reading.reasons[1].facts == {"fields": "places"}


def test_without_a_list_a_value_put_back_is_seen_too():
    reading = read(restored(form(), STRANGER), trust=None)

    assert (reading.verdict, BRUNO.name in covering(reading)) == (FileVerdict.CHANGED_AFTER, False)


def test_strangers_around_do_not_move_what_counts():
    attacked = restored(form(), STRANGER)

    assert (read(attacked).verdict, covering(read(attacked))) == (FileVerdict.CHANGED_AFTER, [BRUNO.name])
    assert values_of(content(attacked))["places"] == "30"


def test_a_stranger_between_who_signed_something_else_is_seen():
    begun = signed(places(signed(form(), BRUNO, 1), "30"), STRANGER, 2)

    reading = read(signed(places(begun, "3"), BRUNO, 3))

    assert (reading.verdict, STRANGER.name in covering(reading)) == (FileVerdict.CHANGED_AFTER, False)


def test_a_value_put_back_inside_a_signed_file():
    reading = read(CARLA.p7m(restored(form()), at=MORNING))

    assert (reading.verdict, BRUNO.name in covering(reading)) == (FileVerdict.CHANGED_AFTER, False)


def test_who_signs_a_changed_form_as_a_file_covers_what_the_first_does_not():
    """The content of the wrapping is the whole file, with what was filled after Bruno's signature."""
    raw = CARLA.p7m(places(signed(form(), BRUNO), "30"), at=MORNING)

    assert values_of(content(raw))["places"] == "30"
    assert covering(read(raw)) == [CARLA.name]


def test_who_signs_the_same_covers_the_content():
    twice = signed(signed(form(), BRUNO, 1), CARLA, 2)

    assert (read(twice).verdict, covering(read(twice))) == (FileVerdict.INTACT, [BRUNO.name, CARLA.name])
    assert (covering(read(CARLA.p7m(twice)))) == [CARLA.name, BRUNO.name, CARLA.name]


def test_two_who_signed_the_same_cover_it_though_it_was_filled_later():
    twice = signed(signed(form(), BRUNO, 1), CARLA, 2)

    reading = read(places(twice, "30"))

    assert (reading.verdict, reading.revision_end) == (FileVerdict.CHANGED_AFTER, len(twice))
    assert covering(reading) == [BRUNO.name, CARLA.name]


def test_nobody_covers_what_was_altered():
    attacked = bytearray(signed(form(), BRUNO))
    attacked[1000] ^= 1

    assert covering(read(bytes(attacked))) == []
    assert covering(read(BRUNO.p7m(b"three").replace(b"three", b"eight"))) == []


@pytest.mark.parametrize(("entry", "value"), [("/F", 2), ("/Ff", 1 << 13), ("/Q", 2)])
def test_a_field_hidden_or_made_another_is_changed(entry, value):
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][1]
        field[name(entry)] = generic.NumberObject(value)
        writer.update_container(field)

    attacked = signed(revised(signed(form(), BRUNO, 1), change), CARLA, 2)

    reading = read(attacked)

    assert (reading.verdict, covering(reading)) == (FileVerdict.CHANGED_AFTER, [BRUNO.name])


STEPS = {
    "Bruno": lambda pdf, turn: signed(pdf, BRUNO, turn),
    "Carla": lambda pdf, turn: signed(pdf, CARLA, turn),
    "stranger": lambda pdf, turn: signed(pdf, STRANGER, turn),
    "3": lambda pdf, _turn: places(pdf, "3"),
    "30": lambda pdf, _turn: places(pdf, "30"),
    "refilled": lambda pdf, turn: refilled(pdf, name=f"Bruno {turn % 2}"),
    "stamped": lambda pdf, _turn: stamped(pdf, STAMPER.for_pdf(MORNING)),
    "overlaid": lambda pdf, _turn: overlaid(pdf),
    "drawn": lambda pdf, turn: signature_drawn(pdf, (100, 500, 300, 520), f"over{turn}"),
}
PEOPLE = ("Bruno", "Carla", "stranger")


def in_turn(steps: list[str]) -> tuple[bytes, dict[str, bytes]]:
    """The file after these steps, and what each signature field signed."""
    pdf, saw = form(), {}
    for turn, step in enumerate(steps):
        pdf = STEPS[step](pdf, turn)
        if step in PEOPLE:
            saw[f"s{turn}"] = pdf
    return pdf, saw


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=2, max_size=6),
    wraps=st.booleans(),
    lists=st.booleans(),
)
def test_whatever_the_order_who_counts_has_signed_every_value_of_the_content(steps, wraps, lists):
    pdf, saw = in_turn(steps)
    raw = CARLA.p7m(pdf, at=MORNING) if wraps else pdf
    asked = {} if lists else {"trust": None}

    reading, counted = read(raw, **asked), content(raw, **asked)

    for one in reading.signers:
        if one.field and one.covers_content:
            assert values_of(saw[one.field]) == values_of(counted)
        if reading.verdict is FileVerdict.INTACT:
            assert one.covers_content
