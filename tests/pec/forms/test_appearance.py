"""What the pages show against what the fields say: honest programs pass, and every way of lying is seen."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf.form import DefaultAppearanceStreamGenerator, Form
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from tests.pec.forms.making import BLANK, FILLED, field, filled, opened, written
from tests.schemes.fillers import FILLERS
from tragitto_pec.forms import read_fields
from tragitto_pec.forms.appearance import PICTURE

VALUES = {"denominazione": "Però & Figli S.r.l.", "delegato": "Yes", "provincia": "BG"}


@pytest.fixture
def writer() -> PdfWriter:
    """The filled form, to be spoiled."""
    return PdfWriter(clone_from=PdfReader(io.BytesIO(FILLED)))


@pytest.mark.parametrize("program", FILLERS)
def test_what_an_honest_program_fills_in_is_what_is_seen(program):
    result = read_fields(FILLERS[program](BLANK, VALUES))

    assert (result.problem, result.flags, result.appearance) == ("", (), {})
    assert {name: result.fields[name] for name in VALUES} == VALUES


def test_a_blank_form_shows_nothing_and_says_nothing():
    assert read_fields(BLANK).appearance == {}


def test_letters_a_program_could_not_draw_are_seen_as_what_it_drew():
    document = pikepdf.open(io.BytesIO(BLANK))
    Form(document, DefaultAppearanceStreamGenerator)["denominazione"].value = "Società Città"
    stream = io.BytesIO()
    document.save(stream)

    result = read_fields(stream.getvalue())

    assert result.fields["denominazione"] == "Società Città"
    assert result.appearance == {"denominazione": "Societ? Citt?"}


@pytest.mark.parametrize("needs_appearances", [True, False])
def test_a_value_changed_alone_is_not_what_is_seen(writer, needs_appearances):
    field(writer, "denominazione")[NameObject("/V")] = TextStringObject("Altra S.p.A.")
    writer.root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(needs_appearances)

    result = read_fields(written(writer))

    assert result.fields["denominazione"] == "Altra S.p.A."
    assert result.appearance == {"denominazione": "Però & Figli S.r.l."}


@pytest.mark.parametrize("needs_appearances", [True, False])
def test_a_value_without_any_appearance_is_not_seen(writer, needs_appearances):
    del field(writer, "denominazione")["/AP"]
    writer.root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(needs_appearances)

    assert read_fields(written(writer)).appearance == {"denominazione": ""}


def test_an_appearance_changed_alone_is_seen(writer):
    look = field(writer, "denominazione")["/AP"]["/N"]
    look.set_data(look.get_data().replace(b"Figli", b"Soci"))

    assert read_fields(written(writer)).appearance == {"denominazione": "Però & Soci S.r.l."}


@pytest.mark.parametrize(
    ("value", "seen"), [("MI", "BG"), ("Bergamo", "BG"), ("BG", None), ("", "BG"), ("XX", "BG")]
)
def test_a_choice_shows_its_value_or_its_label(writer, value, seen):
    field(writer, "provincia")[NameObject("/V")] = TextStringObject(value)

    assert read_fields(written(writer)).appearance.get("provincia") == seen


def test_a_box_is_ticked_by_its_state_and_not_by_its_value(writer):
    field(writer, "delegato")[NameObject("/AS")] = NameObject("/Off")

    assert read_fields(written(writer)).appearance == {"delegato": ""}


def test_a_box_that_shows_a_tick_nobody_says(writer):
    field(writer, "delegato")[NameObject("/V")] = NameObject("/Off")

    assert read_fields(written(writer)).appearance == {"delegato": "Yes"}


def test_a_tick_that_draws_nothing_is_not_seen(writer):
    field(writer, "delegato")["/AP"]["/N"]["/Yes"].set_data(b"")

    assert read_fields(written(writer)).appearance == {"delegato": ""}


def look_of(name: str, content: bytes) -> Callable[[PdfWriter], None]:
    """Give a field the appearance that this content draws."""

    def spoil(writer: PdfWriter) -> None:
        look = field(writer, name)["/AP"]["/N"]
        look.set_data(look.get_data() + content)

    return spoil


PICTURED = b" q 100 0 0 20 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q"
LETTERS = b" q 0 0 m " + b" ".join(b"%d %d l" % (x, x % 7) for x in range(60)) + b" S Q"


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (b" q 1 g 0 0 200 40 re f Q", PICTURE),
        (PICTURED, "Però & Figli S.r.l." + PICTURE),
        (LETTERS, "Però & Figli S.r.l." + PICTURE),
    ],
)
def test_what_is_painted_over_the_words_of_a_field(writer, content, seen):
    look_of("denominazione", content)(writer)

    assert read_fields(written(writer)).appearance["denominazione"].replace(" ", "") == seen.replace(" ", "")


@pytest.mark.parametrize("trick", [b"3 Tr", b"1 g", b"0.001 0 0 0.001 4 4 Tm"])
def test_words_that_only_programs_see(writer, trick):
    look = field(writer, "denominazione")["/AP"]["/N"]
    look.set_data(look.get_data().replace(b"(Per", trick + b" (Per"))

    assert read_fields(written(writer)).appearance == {"denominazione": ""}


def test_words_laid_over_a_field_by_another_annotation(writer):
    look = DecodedStreamObject()
    look.set_data(b"q 1 g 0 0 120 36 re f Q BT /Helv 12 Tf 0 g 4 12 Td (Altra S.p.A.) Tj ET")
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([NumberObject(side) for side in (0, 0, 120, 36)]),
            NameObject("/Resources"): writer.root_object["/AcroForm"]["/DR"],
        }
    )
    stamp = {
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Stamp"),
        NameObject("/F"): NumberObject(4),
        NameObject("/Rect"): ArrayObject([FloatObject(side) for side in (50, 700, 170, 736)]),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
    }
    writer.pages[0]["/Annots"].append(writer._add_object(DictionaryObject(stamp)))

    seen = read_fields(written(writer)).appearance

    assert list(seen) == ["denominazione"]
    assert "Altra S.p.A." in seen["denominazione"]
    assert seen["denominazione"].endswith(PICTURE)


def test_a_field_somebody_hid(writer):
    field(writer, "denominazione")[NameObject("/F")] = NumberObject(2)

    assert read_fields(written(writer)).appearance == {"denominazione": ""}


def test_a_field_on_no_page_is_not_seen():
    writer = opened()
    loose = {NameObject("/T"): TextStringObject("iban"), NameObject("/FT"): NameObject("/Tx")}
    loose[NameObject("/V")] = TextStringObject("IT60")
    writer.root_object["/AcroForm"]["/Fields"].append(writer._add_object(DictionaryObject(loose)))

    assert read_fields(written(writer)).appearance == {"iban": ""}


def test_the_hidden_fields_that_name_the_form_are_not_asked_to_be_seen(writer):
    for name in ("call", "form", "version"):
        field(writer, name)[NameObject("/F")] = NumberObject(2)

    assert read_fields(written(writer)).appearance == {}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_shows_the_same(writer, turn):
    writer.pages[0].rotate(turn)

    assert read_fields(written(writer)).appearance == {}


def radio_form() -> bytes:
    """Two buttons of which one can be chosen."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for x, value in ((50, "sì"), (150, "no")):
        canvas.acroForm.radio(name="esperienza", value=value, x=x, y=700, selected=value == "no")
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_the_radio_button_that_is_chosen_is_the_one_seen():
    result = read_fields(radio_form())

    assert (result.fields, result.appearance) == ({"esperienza": "no"}, {})


def test_a_radio_button_that_is_not_the_one_chosen():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(radio_form())))
    group = field(writer, "esperienza")
    group[NameObject("/V")] = NameObject("/altro")

    assert read_fields(written(writer)).appearance == {"esperienza": "no"}


def test_too_many_pages_to_look_at_are_said_to_be_unseen():
    writer = opened()
    for _page in range(41):
        writer.add_blank_page(10, 10)

    result = read_fields(written(writer))

    assert (result.flags, result.appearance) == (("unseen",), {})


def test_words_cut_off_by_the_edge_of_their_field_are_seen_as_far_as_they_go():
    long = "Società agricola cooperativa " * 3

    seen = read_fields(filled(BLANK, {"denominazione": long})).appearance["denominazione"]

    assert 0 < len(seen) < len(long)


def test_a_picture_of_a_page_has_no_fields():
    stream = io.BytesIO()
    Image.new("L", (100, 100)).save(stream, "PDF")

    assert read_fields(stream.getvalue()).problem == "no-form"
