"""The fillable form: its fields are read by name, whatever script somebody writes in."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tragitto.schemes.blanks import blank_form
from tragitto.schemes.rules import read_filled, slots
from tragitto.schemes.vocabulary import FieldKind


def read(pdf: bytes) -> dict[str, object]:
    return {name: field.get("/V") for name, field in (PdfReader(BytesIO(pdf)).get_fields() or {}).items()}


def write(pdf: bytes, values: dict[str, str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def form(shipped):
    """The main form of the call whose forms are known."""
    (call,) = [call for call in shipped.calls if call.notice]
    return shipped.form(call.forms[0])


@pytest.fixture(scope="module")
def blank(form):
    """Its blank in Italian."""
    return blank_form(call_code="a-call", call_title="Un avviso", form=form, language="it")


def test_the_blank_has_every_slot_by_its_name(blank, form):
    wanted = {slot.name for slot in slots(form) if slot.field.kind != FieldKind.SIGNATURE}

    assert wanted - set(read(blank)) == set()


def test_the_blank_says_which_call_form_and_version_it_is(blank, form):
    said = read(blank)

    assert [said["call"], said["form"], said["version"]] == [
        "a-call",
        form.code,
        str(form.version),
    ]


@pytest.mark.parametrize(
    "words", ["Società “Così è” S.r.l. – Niccolò", "شركة الحديد والميكاترونيك", "Élan & Frères, œuvre"]
)
def test_what_is_written_is_read_back(blank, words):
    filled = write(blank, {"enterprise_name": words})

    assert read(filled)["enterprise_name"] == words


def test_a_filled_form_gives_the_facts_criteria_read(blank, form):
    values = {
        "enterprise_name": "Officine Bruno S.p.A.",
        "constituted_on": "03/02/2010",
        "unit_province_1": "BG",
        "unit_province_3": "MI",
        "signatory_role": "legal_representative",
        "consents_to_sharing": "/Yes",
    }

    filled = read_filled(form, {name: str(value or "") for name, value in read(write(blank, values)).items()})

    assert filled.facts["enterprise"]["name"] == "Officine Bruno S.p.A."
    assert filled.facts["constituted_on"] == "2010-02-03"
    assert [unit["province"] for unit in filled.facts["units"]] == ["BG", "MI"]
    assert filled.facts["signatory"]["role"] == "legal_representative"
    assert filled.facts["consents"]["sharing"] is True


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_guidance_stands_in_the_tool_tips(form, language):
    pdf = blank_form(call_code="a-call", call_title="Un avviso", form=form, language=language)

    fields = PdfReader(BytesIO(pdf)).get_fields() or {}
    label = next(field.label[language] for field in form.fields if field.name == "enterprise_name")
    assert str(fields["enterprise_name"]["/TU"]).startswith(label)


def test_the_printed_text_is_the_italian_one(blank, form):
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(blank)).pages)

    assert form.title["it"] in text.replace("\n", " ")


def test_the_same_form_is_the_same_file_at_any_moment(blank, form, time_machine):
    time_machine.move_to("2031-05-06 07:08:09")

    assert blank_form(call_code="a-call", call_title="Un avviso", form=form, language="it") == blank
