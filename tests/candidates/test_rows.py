"""Cells, headings and rows: what people write is understood, or refused with a word that says why."""

from datetime import date
from functools import cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates.making import _pack
from tests.candidates.registering_others import row
from tragitto.candidates.rules import cells
from tragitto.candidates.rules.answers import Asked
from tragitto.candidates.rules.cells import Wrong
from tragitto.candidates.rules.columns import COLUMNS, code_of, folded, headings_in
from tragitto.candidates.rules.plans import plan
from tragitto.candidates.rules.rows import Row, missing, read_row
from tragitto.schemes.pack import RosterSpec

ON = date(2026, 11, 23)
_CODES = st.sampled_from(["surnames", "town", "profile:a", "profile:b", "skill:c", "experience:1"])
_UNITS = st.dictionaries(_CODES, st.sampled_from(["x", "y", "z"]))


@cache
def roster() -> RosterSpec:
    found = _pack().roster
    assert found is not None
    return found


@cache
def choices() -> cells.Choices:
    """The lists as codes alone, and Arabic and French for a few."""
    spec = roster()
    named = {
        "profiles": {"metal-welder": "Soudeur", "cnc-machine-operator": "مشغل"},
        "skills": {each.code: each.title["fr"] for each in spec.skills},
        "tongues": {"fr": "Français", "it": "Italien"},
        "languages_of_ours": {"fr": "Français"},
        "diplomas": {each.code: each.title["fr"] for each in spec.diplomas},
        "documents": {each.kind.value: each.title["fr"] for each in spec.identities},
        "standings": {"national": "National", "resident": "Résident", "refugee": "Réfugié"},
        "regions": {"lombardia": "Lombardie"},
        "shifts": {"day": "De jour", "night": "La nuit"},
        "housing": {"own": "Logé"},
        "mastery": {"alone": "Seul", "guided": "Aidé"},
    }
    return {
        name: {folded(text): code for code, title in words.items() for text in (code, title)}
        for name, words in named.items()
    }


def read(**changes: str) -> Row:
    asked = Asked(roster(), ON, profiles=["metal-welder", "cnc-machine-operator"], regions=["lombardia"])
    return read_row(row(**changes), asked, choices())


def refused(**changes: str) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in read(**changes).problems]


# --- cells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["1999-03-27", "27/3/1999", "27.03.1999", "27-3-1999", "٢٧/٣/١٩٩٩", "1999-03-27 00:00"]
)
def test_a_day_is_read_however_offices_write_it(written):
    assert cells.day(written) == date(1999, 3, 27)


@pytest.mark.parametrize("written", ["03/27/1999", "27/3/99", "27 mars 1999", "31/2/1999", "36246"])
def test_what_is_no_day_is_not_guessed(written):
    with pytest.raises(Wrong) as wrong:
        cells.day(written)

    assert wrong.value.code == "no_day"


@given(st.dates(date(1940, 1, 1), date(2026, 1, 1)))
def test_every_day_is_read_back(day):
    assert cells.day(f"{day:%d/%m/%Y}") == cells.day(day.isoformat()) == day


@pytest.mark.parametrize("written", ["2021-09", "09/2021", "9.2021", "2021-09-15"])
def test_a_month_is_read(written):
    assert cells.month(written) == date(2021, 9, 1)


def test_a_title_may_have_a_comma_and_so_may_a_list():
    among = {folded("TIG, acier"): "tig", folded("mig"): "mig", folded("mag"): "mag"}

    assert cells.several("TIG, acier; mig", among) == {"tig": "", "mig": ""}
    assert cells.several("mig, mag: seul", among) == {"mig": "", "mag": "seul"}


# --- headings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_every_heading_means_its_column_alone(language):
    assert [code_of(column.headings[language]) for column in COLUMNS] == [column.code for column in COLUMNS]


@pytest.mark.parametrize(
    ("heading", "code"),
    [("NOM", "surnames"), ("Prénom *", "given_names"), ("n° CIN", "personal_number"), ("Sexe", "")],
)
def test_headings_of_other_offices_are_known(heading, code):
    assert code_of(heading) == code


def test_headings_are_found_below_a_title():
    found = headings_in([["ANAPEC, novembre"], ["Référence", "Nom", "Remarques"], ["1", "TAZI", ""]])

    assert (found.row, found.codes, found.unknown) == (1, ("reference", "surnames", ""), ("Remarques",))


def test_a_list_without_headings_is_none_of_ours():
    assert headings_in([["1", "TAZI", "OMAR"], ["2", "FASSI", "NADIA"]]) is None


# --- rows --------------------------------------------------------------------------------------------------


def test_a_row_says_its_units():
    found = read()

    assert found.problems == ()
    assert found.units == {
        "surnames": "BENALI",
        "given_names": "YASSINE",
        "birth_on": "1985-01-02",
        "phone": "+212600000001",
        "document:passport": {
            "number": "AB0000001",
            "personal_number": "",
            "issuing_state": "MAR",
            "expires_on": None,
        },
        "profile:metal-welder": 3,
    }


def test_the_zero_that_a_spreadsheet_dropped_comes_back():
    assert read(phone="612345678").units["phone"] == "+212612345678"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reference": ""}, [("reference", "needed")]),
        ({"birth_on": "2009-11-24"}, [("birth_on", "under_age")]),
        ({"birth_on": "12 mars"}, [("birth_on", "no_day")]),
        ({"surnames": "التازي"}, [("surnames", "not_latin")]),
        ({"surnames": "BENN4NI"}, [("surnames", "name_signs")]),
        ({"surnames": "=cmd|' /C calc'!A0"}, [("surnames", "name_signs")]),
        ({"arabic_surnames": "التازي3"}, [("arabic_surnames", "name_signs")]),
        ({"arabic_surnames": "TAZI"}, [("arabic_surnames", "not_arabic")]),
        ({"phone": "12"}, [("phone", "no_phone")]),
        ({"email": "nobody"}, [("email", "no_address")]),
        ({"profile_1": "boulanger"}, [("profile_1", "not_in_list")]),
        ({"profile_1_years": "90"}, [("profile_1_years", "years")]),
        ({"nationality": "SEN", "standing": "national"}, [("nationality", "national_of_another")]),
        ({"nationality": "Maroc"}, [("nationality", "no_state")]),
        ({"standing": "resident"}, [("nationality", "no_nationality")]),
        ({"document_kind": ""}, [("document_kind", "document_kind")]),
        ({"document_kind": "national_card", "document_state": "FRA"}, [("document_state", "document_state")]),
        ({"document_number": "رقم"}, [("document_number", "document_number")]),
        ({"languages": "fr"}, [("languages", "no_level")]),
        ({"skills": "weld-135: très bien"}, [("skills", "no_mastery")]),
        ({"certificate_1_number": "123"}, [("certificate_1_skill", "needed")]),
        ({"diploma_1_year": "2024"}, [("diploma_1_title", "needed")]),
        ({"diploma_1_title": "CAP", "diploma_1_year": "2031"}, [("diploma_1_year", "no_year")]),
        ({"experience_1_role": "soudeur"}, [("experience_1_from", "needed")]),
        (
            {"experience_1_role": "soudeur", "experience_1_from": "2024-01", "experience_1_to": "2023-01"},
            [("experience_1_to", "wrong_order")],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_column(changes, expected):
    assert refused(**changes) == expected


def test_nobody_is_too_young_on_the_birthday():
    assert refused(birth_on="2008-11-23") == []
    assert refused(birth_on="2008-11-24") == [("birth_on", "under_age")]


def test_somebody_new_needs_a_name_a_birth_a_contact_and_a_profile():
    assert [(each.field, each.code) for each in missing({})] == [
        ("surnames", "needed"),
        ("birth_on", "needed"),
        ("phone", "no_contact"),
        ("profile_1", "needed"),
    ]


def test_a_card_is_known_by_its_cin_alone():
    found = read(document_kind="", document_number="", personal_number="ab 123456")

    assert found.units["document:national_card"]["number"] == "AB123456"


def test_skills_come_with_how_well_and_their_certificate():
    found = read(
        skills="weld-135: Seul; weld-136",
        certificate_1_skill="weld-135",
        certificate_1_number="ISO 1",
        certificate_1_until="2027-05-31",
    )

    assert found.units["skill:weld-135"] == {
        "mastery": "alone",
        "certificate": "ISO 1",
        "valid_until": "2027-05-31",
    }
    assert found.units["skill:weld-136"] == {"mastery": "", "certificate": "", "valid_until": None}


def test_units_are_what_json_has():
    said = read(experience_1_role="soudeur", experience_1_from="2020-02", regions="Lombardie", shifts="night")

    assert msgspec.json.decode(msgspec.json.encode(said.units)) == said.units


# --- what changes ------------------------------------------------------------------------------------------


def taken(new, *, last, ours, locked=()):
    return plan(new, last=last, ours=ours, locked=locked).taken


def test_what_the_organisation_said_itself_is_written_over():
    assert taken({"town": "Rabat"}, last={"town": "Fes"}, ours={"town": "Fes"}) == {"town": "Rabat"}


def test_what_the_person_wrote_stays():
    (difference,) = plan({"town": "Rabat"}, last={"town": "Fes"}, ours={"town": "Meknes"}).differences

    assert (difference.ours, difference.theirs, difference.is_taken) == ("Meknes", "Rabat", False)


def test_what_the_person_took_away_is_not_put_back():
    assert taken({"town": "Fes"}, last={"town": "Fes"}, ours={"town": ""}) == {}


def test_what_nobody_said_is_added():
    assert taken({"town": "Rabat"}, last={}, ours={"town": ""}) == {"town": "Rabat"}


def test_what_is_locked_stays():
    assert taken({"town": "Rabat"}, last={"town": "F"}, ours={"town": "F"}, locked={"town"}) == {}


def test_of_a_list_what_is_named_no_more_goes_unless_the_person_added_it():
    last = {"profile:a": 1, "profile:b": 2}

    assert taken({"profile:a": 1}, last=last, ours={**last, "profile:c": 1}) == {"profile:b": None}
    assert taken({"town": "x"}, last=last, ours=last) == {"town": "x"}


@given(_UNITS, _UNITS, _UNITS)
def test_a_row_taken_once_changes_nothing_more(new, last, ours):
    changes = taken(new, last=last, ours=ours)
    after = {unit: value for unit, value in {**ours, **changes}.items() if value is not None}
    said = {unit: value for unit, value in {**last, **changes}.items() if value is not None}

    assert taken(new, last=said, ours=after) == {}


@given(_UNITS, _UNITS, _UNITS)
def test_what_stands_otherwise_than_the_organisation_left_it_is_never_touched(new, last, ours):
    changes = taken(new, last=last, ours=ours)

    assert {unit for unit in changes if ours.get(unit) != last.get(unit)} == set()
