"""Filled in with real programs, every form of the calls says what its sender wrote."""

import pytest

from tests.schemes.fillers import FILLERS
from tragitto.schemes.blanks import blank_form
from tragitto.schemes.rules import read_filled, slots
from tragitto.schemes.vocabulary import FieldKind
from tragitto_pec.forms import read_fields

WORDS = ("Società “Così è” S.r.l.", "Niccolò D'Àvila", "Škoda Žilina & Łódź", "فاطمة الزهراء", "Élan, œuvre")
CODES = ("modulo-a", "modulo-b", "allegato-a1", "allegato-a2")
ANSWERS = {
    FieldKind.PARAGRAPH: "Saldatura TIG e MIG\nsu acciaio, perché sì",
    FieldKind.DATE: "03/02/2010",
    FieldKind.NUMBER: "12",
    FieldKind.EMAIL: "bruno@impresa.example",
    FieldKind.PEC: "bruno@pec.impresa.example",
    FieldKind.CODICE_FISCALE: "RSSMRA80A01F205X",
    FieldKind.PARTITA_IVA: "01234567890",
    FieldKind.CHECKBOX: "Yes",
}


def answers(form) -> dict[str, str]:
    """One answer for every place of the form: accents, other alphabets, the last word of each choice."""
    given = {}
    for place, slot in enumerate(slots(form)):
        if slot.field.options:
            given[slot.name] = slot.field.options[-1].value
        elif slot.field.fact.endswith("province"):
            given[slot.name] = "BG"
        elif slot.field.kind != FieldKind.SIGNATURE:
            given[slot.name] = ANSWERS.get(slot.field.kind, WORDS[place % len(WORDS)])
    return given


def said(pdf: bytes) -> dict[str, str]:
    """What the reader of forms finds; lines end in each program's own way."""
    fields = read_fields(pdf).fields
    return {name: "\n".join(words.splitlines()) for name, words in fields.items()}


@pytest.fixture(scope="module")
def blanks(shipped):
    """Every form that is filled in on the screen or on paper, with its blank, by its code."""
    made = {}
    for code in CODES:
        form = shipped.form(code)
        pdf = blank_form(call_code="a-call", call_title="Un avviso", form=form, language="it")
        made[code] = (form, pdf)
    return made


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("code", CODES)
def test_what_was_written_is_read_back_to_the_letter(filler, code, blanks):
    form, blank = blanks[code]

    filled = FILLERS[filler](blank, answers(form))

    assert said(filled) == {
        **answers(form),
        "call": "a-call",
        "form": form.code,
        "version": str(form.version),
    }


@pytest.mark.parametrize("filler", FILLERS)
def test_what_nobody_wrote_stays_empty(filler, blanks):
    _, blank = blanks["modulo-a"]

    filled = FILLERS[filler](blank, {"contact_name": "Bruno"})

    wrote = {name for name, words in said(filled).items() if words not in ("", "-")}
    assert wrote == {"contact_name", "call", "form", "version"}


@pytest.mark.parametrize("filler", FILLERS)
def test_latin_words_are_seen_as_they_are_kept(filler, blanks):
    form, blank = blanks["modulo-a"]
    latin = {name: words for name, words in answers(form).items() if words not in WORDS[2:4]}

    reading = read_fields(FILLERS[filler](blank, latin))

    assert dict(reading.appearance) == {}


@pytest.mark.parametrize("filler", FILLERS)
def test_every_filler_leaves_the_same_facts(filler, blanks):
    form, blank = blanks["modulo-a"]

    facts = read_filled(form, read_fields(FILLERS[filler](blank, answers(form))).fields)

    assert facts == read_filled(form, answers(form))


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_guidance_in_another_language_is_in_nobodys_way(filler, language, shipped):
    form = shipped.form("modulo-b")
    blank = blank_form(call_code="a-call", call_title="Un avviso", form=form, language=language)

    filled = FILLERS[filler](blank, answers(form))

    assert said(filled) == {**answers(form), "call": "a-call", "form": "modulo-b", "version": "1"}
