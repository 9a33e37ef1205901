"""What was written into a form becomes the facts that criteria read."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.schemes.making import texts
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules import read_filled, slots
from tragitto.schemes.rules.forms import parse
from tragitto.schemes.vocabulary import FieldKind

FORM = msgspec.convert(
    {
        "code": "a-form",
        "version": 1,
        "role": "main",
        "title": texts(),
        "confidence": "proposal",
        "groups": [{"name": "one", "title": texts()}, {"name": "many", "title": texts(), "rows": 3}],
        "fields": [
            {
                "name": "since",
                "kind": "date",
                "label": texts(),
                "section": "one",
                "fact": "since",
                "required": True,
            },
            {"name": "agrees", "kind": "checkbox", "label": texts(), "section": "one", "fact": "says.agrees"},
            {"name": "why", "kind": "text", "label": texts(), "section": "one", "required_when": "agrees"},
            {
                "name": "place",
                "kind": "text",
                "label": texts(),
                "section": "many",
                "fact": "units[].place",
                "required": True,
            },
            {"name": "seats", "kind": "number", "label": texts(), "section": "many", "fact": "units[].seats"},
        ],
    },
    FormSpec,
)


def test_rows_have_numbers_in_their_names():
    assert [slot.name for slot in slots(FORM)] == [
        "since",
        "agrees",
        "why",
        "place_1",
        "seats_1",
        "place_2",
        "seats_2",
        "place_3",
        "seats_3",
    ]


def test_an_empty_form_misses_what_is_required_once():
    read = read_filled(FORM, {})

    assert read.missing == ("since", "place_1")
    assert read.facts == {"since": None, "says": {"agrees": False}}


def test_empty_rows_are_left_out():
    read = read_filled(FORM, {"since": "1/2/2020", "place_1": "Bergamo", "place_3": "Lecco", "seats_3": "4"})

    assert read.facts["units"] == [{"place": "Bergamo", "seats": None}, {"place": "Lecco", "seats": 4}]
    assert read.missing == ()


def test_a_row_that_was_begun_must_be_finished():
    assert "place_2" in read_filled(FORM, {"since": "1/2/2020", "place_1": "x", "seats_2": "3"}).missing


def test_a_condition_asks_for_more():
    assert read_filled(FORM, {"since": "1/2/2020", "place_1": "x", "agrees": "/Yes"}).missing == ("why",)
    assert read_filled(FORM, {"since": "1/2/2020", "place_1": "x", "agrees": "/Off"}).missing == ()


def test_what_cannot_be_read_is_named_and_unknown():
    read = read_filled(FORM, {"since": "l'anno scorso", "place_1": "x", "seats_1": "tanti"})

    assert read.unreadable == ("since", "seats_1")
    assert (read.facts["since"], read.facts["units"][0]["seats"]) == (None, None)


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        (FieldKind.DATE, "31/12/2020", "2020-12-31"),
        (FieldKind.DATE, "2020-12-31", "2020-12-31"),
        (FieldKind.DATE, "31.2.2020", None),
        (FieldKind.NUMBER, "12", 12),
        (FieldKind.NUMBER, "-1", None),
        (FieldKind.CHECKBOX, "/Yes", True),
        (FieldKind.CHECKBOX, "", False),
        (FieldKind.PARTITA_IVA, "0123 4567 890", "01234567890"),
        (FieldKind.MULTI, "a, b", ["a", "b"]),
        (FieldKind.TEXT, "", None),
    ],
)
def test_what_words_mean(kind, words, value):
    assert parse(kind, words)[0] == value


# --- what nobody can have meant ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "kept"),
    [
        (FieldKind.DATE, "31/12/1799", None),
        (FieldKind.DATE, "31/12/9999", None),
        (FieldKind.DATE, "2201-01-01", None),
        (FieldKind.NUMBER, "0", None),
        (FieldKind.NUMBER, "40000", None),
        (FieldKind.NUMBER, "9" * 5000, None),
        (FieldKind.NUMBER, "²", None),
        (FieldKind.TEXT, "x" * 301, "x" * 300),
        (FieldKind.PARAGRAPH, "x" * 4001, "x" * 4000),
        (FieldKind.TEXT, "B\x00G", "BG"),
        (FieldKind.TEXT, "B\ud800G", "BG"),
    ],
)
def test_what_is_out_of_bounds_is_unreadable(kind, words, kept):
    assert parse(kind, words) == (kept, False)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (FieldKind.DATE, "1800-01-01"),
        (FieldKind.DATE, "2200-12-31"),
        (FieldKind.NUMBER, "1"),
        (FieldKind.NUMBER, "9999"),
        (FieldKind.TEXT, "x" * 300),
        (FieldKind.PARAGRAPH, "one\ntwo\tthree"),
    ],
)
def test_the_bounds_themselves_are_read(kind, words):
    assert parse(kind, words)[1]


def test_what_was_cut_is_named_unreadable():
    read = read_filled(FORM, {"since": "1/2/2020", "place_1": "x" * 301, "seats_1": "40000"})

    assert read.unreadable == ("place_1", "seats_1")
    assert (len(read.facts["units"][0]["place"]), read.facts["units"][0]["seats"]) == (300, None)


def test_a_value_that_is_no_text_is_as_if_nothing_was_written():
    assert read_filled(FORM, {"since": ["1/2/2020"]}).missing[0] == "since"  # type: ignore[dict-item]


@given(st.fixed_dictionaries({slot.name: st.none() | st.text() for slot in slots(FORM)}))
def test_nothing_that_can_be_written_makes_the_reading_fail(written):
    read = read_filled(FORM, written)

    told = json.dumps(read.facts, ensure_ascii=False)
    assert "\x00" not in told
    assert told.encode("utf-8")
