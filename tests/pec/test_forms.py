"""Fields of fillable PDFs, by their exact names, and the files that give none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from tests.pec.forms.making import BLANK, FILLED, opened, written
from tragitto_pec.forms import read_fields


def test_values_are_read_by_their_names():
    result = read_fields(FILLED)

    assert (result.problem, result.flags) == ("", ())
    assert result.fields["denominazione"] == "Però & Figli S.r.l."
    assert result.fields["provincia"] == "BG"
    assert result.is_ticked("delegato")


def test_a_blank_form_has_empty_values():
    result = read_fields(BLANK)

    assert (result.fields["denominazione"], result.fields["provincia"]) == ("", "MI")
    assert not result.is_ticked("delegato")


def test_the_hidden_fields_say_which_form_it_is():
    result = read_fields(FILLED)

    assert (result.call, result.form, result.version) == ("lombardia-2025", "modulo-a", "1")


@pytest.mark.parametrize(
    ("state", "is_ticked"), [("/Yes", True), ("/on", True), ("/1", True), ("/Off", False)]
)
def test_any_state_but_off_is_a_tick(state, is_ticked):
    writer = opened()
    for reference in writer.root_object["/AcroForm"]["/Fields"]:
        if reference.get_object()["/T"] == "delegato":
            reference.get_object()[NameObject("/V")] = NameObject(state)

    assert read_fields(written(writer)).is_ticked("delegato") is is_ticked


def test_a_field_of_a_group_has_its_full_name():
    writer = opened()
    kid = DictionaryObject(
        {NameObject("/T"): TextStringObject("cap"), NameObject("/V"): TextStringObject("20124")}
    )
    group = {
        NameObject("/T"): TextStringObject("sede"),
        NameObject("/FT"): NameObject("/Tx"),
        NameObject("/Kids"): ArrayObject([writer._add_object(kid)]),
    }
    writer.root_object["/AcroForm"]["/Fields"].append(writer._add_object(DictionaryObject(group)))

    assert read_fields(written(writer)).fields["sede.cap"] == "20124"


def test_an_owners_password_alone_does_not_hide_the_fields():
    writer = opened()
    writer.encrypt(user_password="", owner_password="secret", algorithm="AES-256")

    result = read_fields(written(writer))

    assert (result.form, result.flags) == ("modulo-a", ("encrypted",))


def test_a_users_password_does():
    writer = opened()
    writer.encrypt(user_password="secret", algorithm="AES-256")

    assert read_fields(written(writer)).problem == "encrypted"


def spoil(writer: PdfWriter, flag: str) -> None:
    """Put into the form what no form needs."""
    match flag:
        case "embedded-files":
            writer.add_attachment("x.exe", b"x")
        case "javascript":
            script = DictionaryObject({NameObject("/Names"): ArrayObject()})
            writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): script})
        case "launch":
            action = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
            writer._add_object(action)
        case "xfa":
            writer.root_object["/AcroForm"][NameObject("/XFA")] = TextStringObject("x")
        case "signed":
            field = {NameObject("/T"): TextStringObject("firma"), NameObject("/FT"): NameObject("/Sig")}
            field[NameObject("/V")] = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
            writer.root_object["/AcroForm"]["/Fields"].append(writer._add_object(DictionaryObject(field)))


@pytest.mark.parametrize("flag", ["embedded-files", "javascript", "launch", "xfa", "signed"])
def test_what_else_a_file_carries_is_flagged_and_its_fields_are_read(flag):
    writer = opened()
    spoil(writer, flag)

    result = read_fields(written(writer))

    assert (result.flags, result.form) == ((flag,), "modulo-a")
    assert result.is_suspicious is (flag != "signed")


def test_more_than_two_thousand_fields():
    writer = opened()
    fields = writer.root_object["/AcroForm"]["/Fields"]
    for number in range(2001):
        fields.append(DictionaryObject({NameObject("/T"): TextStringObject(f"f{number}")}))

    assert read_fields(written(writer)).problem == "too-many-fields"


def test_more_than_two_hundred_pages():
    writer = opened()
    for _page in range(201):
        writer.add_blank_page(10, 10)

    assert read_fields(written(writer)).problem == "too-many-pages"


def test_fields_that_contain_themselves():
    writer = opened()
    fields = writer.root_object["/AcroForm"]["/Fields"]
    loop = DictionaryObject({NameObject("/T"): TextStringObject("x")})
    loop[NameObject("/Kids")] = ArrayObject([writer._add_object(loop)])
    fields.append(loop)

    assert read_fields(written(writer)).problem == "unreadable"


def test_a_document_without_a_form():
    writer = PdfWriter()
    writer.add_blank_page(10, 10)

    assert read_fields(written(writer)).problem == "no-form"


@pytest.mark.parametrize("raw", [b"", b"PK\3\4", b"\x30\x82%PDF-1.7 inside a signature", b"MIIG"])
def test_what_is_no_pdf(raw):
    assert read_fields(raw).problem == "not-a-pdf"


@pytest.mark.parametrize("raw", [b"%PDF-1.7", FILLED[:300], b"%PDF-1.7" + FILLED[2000:]])
def test_a_broken_pdf_is_a_problem_and_no_exception(raw):
    assert read_fields(raw).problem in ("unreadable", "no-form")


@given(st.integers(8, len(FILLED) - 1), st.integers(0, 200), st.binary(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_mangled_form_gets_an_answer(position, length, filler):
    result = read_fields(FILLED[:position] + filler + FILLED[position + length :])

    assert bool(result.problem) is not bool(result.fields)


def test_numbers_as_values_are_text():
    writer = opened()
    writer.root_object["/AcroForm"]["/Fields"][0].get_object()[NameObject("/V")] = NumberObject(7)

    assert read_fields(written(writer)).fields["denominazione"] == "7"
