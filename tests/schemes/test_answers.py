"""Answers given on line: what is kept, what is said of it, and that paper and screen say the same."""

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.schemes.conftest import SHIPPED
from tests.schemes.making import texts
from tragitto.schemes.pack import FieldSpec, FormSpec, OptionSpec, read_pack
from tragitto.schemes.rules import (
    Said,
    answers_from,
    as_written,
    check_answer,
    check_answers,
    read_filled,
    rows_of,
    slots,
)
from tragitto.schemes.vocabulary import FieldCheck, FieldKind

COMPANY, PERSON = "00743110157", "RCCMNL83S18D969H"


def field(kind=FieldKind.TEXT, **changes) -> FieldSpec:
    return FieldSpec(name="asked", kind=kind, label=texts("Asked"), section="part", **changes)


def said(kind, written, **changes) -> str:
    """The code of what is wrong with an answer."""
    problem = check_answer(field(kind, **changes), written).problem
    return problem.code if problem else ""


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (FieldKind.TEXT, "  Officine Bruno  ", "Officine Bruno"),
        (FieldKind.DATE, "3/2/2010", "2010-02-03"),
        (FieldKind.DATE, "2010-02-03", "2010-02-03"),
        (FieldKind.NUMBER, "12", "12"),
        (FieldKind.MONEY, "1.800,00", "1800.00"),
        (FieldKind.MONEY, "€ 1'800.5", "1800.50"),
        (FieldKind.MONEY, "1.800", "1800.00"),
        (FieldKind.EMAIL, "bruno@impresa.example", "bruno@impresa.example"),
        (FieldKind.PHONE, "035/12 34 56", "+39035123456"),
        (FieldKind.PHONE, "00212 612 345 678", "+212612345678"),
        (FieldKind.CODICE_FISCALE, " rccmnl83s18d969h ", PERSON),
        (FieldKind.PARTITA_IVA, "IT 00743110157", COMPANY),
        (FieldKind.CHECKBOX, "on", True),
        (FieldKind.CHECKBOX, False, False),
        (FieldKind.PARAGRAPH, "one\r\ntwo", "one\ntwo"),
    ],
)
def test_what_is_understood_is_kept_in_one_way(kind, written, kept):
    answer = check_answer(field(kind), written)

    assert (answer.value, answer.problem, answer.note) == (kept, None, None)


@pytest.mark.parametrize(
    ("kind", "written", "problem"),
    [
        (FieldKind.DATE, "31/02/2010", "date_form"),
        (FieldKind.DATE, "2010", "date_form"),
        (FieldKind.NUMBER, "two", "number_form"),
        (FieldKind.NUMBER, "0", "number_form"),
        (FieldKind.MONEY, "1.8.0", "money_form"),
        (FieldKind.MONEY, "-3", "money_form"),
        (FieldKind.EMAIL, "bruno@impresa", "email_form"),
        (FieldKind.PEC, "bruno impresa.example", "email_form"),
        (FieldKind.PHONE, "12", "phone_form"),
        (FieldKind.CODICE_FISCALE, "0074311015", "company_length"),
        (FieldKind.CODICE_FISCALE, "00743110158", "company_check"),
        (FieldKind.CODICE_FISCALE, "RCCMNL83S18D969", "person_length"),
        (FieldKind.CODICE_FISCALE, "RCCMNL83S18D969X", "person_check"),
        (FieldKind.CODICE_FISCALE, "1A", "codice_fiscale_form"),
        (FieldKind.PARTITA_IVA, "0074311015", "vat_length"),
        (FieldKind.PARTITA_IVA, "00743110158", "vat_check"),
        (FieldKind.PARTITA_IVA, PERSON, "partita_iva_digits"),
        (FieldKind.TEXT, "x" * 301, "too_long"),
    ],
)
def test_what_is_wrong_is_named(kind, written, problem):
    assert said(kind, written) == problem


def test_a_wrong_number_says_how_many_digits_there_are_and_should_be():
    problem = check_answer(field(FieldKind.CODICE_FISCALE), "0074311015").problem

    assert problem == Said("company_length", {"wanted": 11, "written": 10})


def test_only_a_persons_number_is_taken_where_a_person_is_meant():
    assert said(FieldKind.CODICE_FISCALE, COMPANY, personal=True) == "company_instead_of_person"


def test_a_choice_is_one_of_its_answers():
    options = (OptionSpec(value="micro", label=texts("micro")),)

    assert said(FieldKind.CHOICE, "micro", options=options) == ""
    assert said(FieldKind.CHOICE, "huge", options=options) == "choice_unknown"
    assert check_answer(field(FieldKind.MULTI, options=options), ["micro"]).value == ["micro"]
    assert said(FieldKind.MULTI, ["micro", "huge"], options=options) == "choice_unknown"


def test_nothing_written_is_nothing_wrong():
    assert {said(kind, "") for kind in FieldKind} == {""}


@pytest.mark.parametrize(
    ("check", "written", "kept"),
    [
        (FieldCheck.REA, "mi 1234567", "MI-1234567"),
        (FieldCheck.REA, "BG0123456", "BG-123456"),
        (FieldCheck.ATECO, "256200", "25.62.00"),
        (FieldCheck.PROVINCE, "bg", "BG"),
        (FieldCheck.PROVINCE, "Forlì", "FC"),
        (FieldCheck.MUNICIPALITY, "cantu'", "Cantù"),
        (FieldCheck.MUNICIPALITY, "Reggio nell'Emilia", "Reggio nell'Emilia"),
    ],
)
def test_what_the_lists_know_is_kept_in_one_way(check, written, kept):
    answer = check_answer(field(check=check), written)

    assert (answer.value, answer.problem, answer.note) == (kept, None, None)


@pytest.mark.parametrize(
    ("check", "written", "problem"),
    [
        (FieldCheck.REA, "1234567", "rea_form"),
        (FieldCheck.REA, "XX-1234567", "province_unknown"),
        (FieldCheck.ATECO, "99.99", "ateco_unknown"),
        (FieldCheck.PROVINCE, "Atlantis", "province_unknown"),
    ],
)
def test_what_the_lists_cannot_hold_is_named(check, written, problem):
    assert said(FieldKind.TEXT, written, check=check) == problem


@pytest.mark.parametrize(
    ("check", "written", "note"),
    [
        (FieldCheck.ATECO, "62.01.00", Said("ateco_earlier", {"edition": "2022", "now": "62.10.00"})),
        (FieldCheck.PROVINCE, "QQ", Said("province_unknown", {"written": "QQ"})),
        (FieldCheck.MUNICIPALITY, "Atlantis", Said("municipality_unknown", {"written": "Atlantis"})),
        (FieldCheck.MUNICIPALITY, "Crespellano", Said("municipality_gone", {"written": "Crespellano"})),
    ],
)
def test_what_a_list_may_be_too_old_for_is_kept_with_a_note(check, written, note):
    answer = check_answer(field(check=check), written)

    assert (answer.value, answer.problem, answer.note) == (written, None, note)


def test_a_municipality_lies_in_the_province_beside_it(shipped):
    places = [
        slot for slot in slots(shipped.form("modulo-a")) if slot.group.name == "units" and slot.row == 2
    ]

    answers = check_answers(places, {"unit_municipality_2": "Milano", "unit_province_2": "Bergamo"})

    assert answers["unit_province_2"].value == "BG"
    told = {"written": "Milano", "province": "BG", "others": "MI"}
    assert answers["unit_municipality_2"].problem == Said("municipality_elsewhere", told)


def test_days_stand_on_paper_as_people_write_them(shipped):
    written = as_written(
        shipped.form("modulo-a"), {"signed_on": "2025-07-01", "declares_contributions": True}
    )

    assert written == {"signed_on": "01/07/2025", "declares_contributions": "Yes"}


def test_rows_reach_to_the_last_that_was_begun(shipped):
    form = shipped.form("modulo-a")

    assert rows_of(form, "units", {}) == 1
    assert rows_of(form, "units", {"unit_address_1": "via Roma 1", "unit_address_3": ""}) == 3


@cache
def main_form() -> FormSpec:
    """The main form of the shipped scheme; a fixture would be shown whole with each counterexample."""
    (folder,) = [path for path in SHIPPED.iterdir() if path.is_dir()]
    found = read_pack(folder).form("modulo-a")
    assert found
    return found


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)


@settings(max_examples=60, deadline=None)
@given(written=st.dictionaries(st.integers(0, 99), WORDS, max_size=12))
def test_facts_become_the_answers_that_state_them(written):
    form = main_form()
    places = [slot for slot in slots(form) if slot.field.kind is not FieldKind.CHECKBOX]
    answers = {places[number % len(places)].name: words for number, words in written.items()}
    kept = {
        name: answer.value for name, answer in check_answers(places, answers).items() if not answer.problem
    }
    facts = read_filled(form, as_written(form, kept)).facts

    again = read_filled(form, as_written(form, answers_from(form, facts))).facts

    assert again == facts


@example(written="0" * 32 + " 0")
@example(written="0 \u200b")
@settings(max_examples=100, deadline=None)
@given(written=st.one_of(WORDS, st.none(), st.integers(), st.lists(WORDS, max_size=3), st.booleans()))
@pytest.mark.parametrize(
    "asked", [*(field(kind) for kind in FieldKind), *(field(check=one) for one in FieldCheck)]
)
def test_whatever_is_written_is_answered_and_the_answer_stays(asked, written):
    answer = check_answer(asked, written)

    # What is far too long is kept one character beyond the limit: only how long it was is forgotten.
    again = check_answer(asked, answer.value)
    assert (again.value, again.note) == (answer.value, answer.note)
    assert (again.problem and again.problem.code) == (answer.problem and answer.problem.code)
