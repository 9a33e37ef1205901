"""Who reads what: one table, whole, obeyed by every sheet, and printed as it is."""

from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.candidates.making import (
    AMINA,
    CARLA,
    ELIF,
    NOON,
    OTHER_PARTNER,
    REGISTRAR_ORGANISATION,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tragitto.candidates import matrix
from tragitto.candidates.models import Candidate, CandidateSkill, Experience
from tragitto.candidates.permissions import may
from tragitto.candidates.queries.profiles import audience_of, sheet, sheets
from tragitto.candidates.rules import sheets as shapes
from tragitto.candidates.rules.disclosure import READERS, may_read, readable
from tragitto.candidates.rules.sheets import SkillLine, places_of
from tragitto.candidates.vocabulary import Audience, Mastery, Proof
from tragitto.kernel.actors import Actor
from tragitto.kernel.declarations import declared

ON = NOON.date()
DOCS = Path(__file__).parents[2] / "docs"
#: What tells who somebody is, or what no selection may know.
PROTECTED = (
    "surnames",
    "given_names",
    "birth_on",
    "birth_place",
    "nationality",
    "standing",
    "phone",
    "email",
)


def test_every_field_declared_about_a_person_has_its_readers():
    about_people = {
        f"{model.removeprefix('candidates.')}.{field}"
        for model, field in declared()
        if model.startswith("candidates.")
    }

    assert about_people - READERS.keys() == set()


@pytest.mark.parametrize(
    ("field", "readers"),
    [
        ("CandidateProfile.words", ("self", "keeper", "employer_after")),
        ("Candidate.reason", ("self", "keeper")),
        ("CandidateFile.content", ("self", "keeper")),
        ("Identity.name_keys", ("nobody",)),
    ],
)
def test_the_declarations_name_the_readers_of_the_table(field, readers):
    model, name = field.split(".")

    assert declared()[f"candidates.{model}", name].readers == readers


def test_the_page_in_the_documentation_is_the_table():
    assert (DOCS / "roster-access.md").read_text() == matrix.page()


def test_a_sheet_has_no_field_without_a_place_in_the_table():
    lines = [each for each in vars(shapes).values() if isinstance(each, type) and is_dataclass(each)]
    placed = {field.metadata.get("place") for line in lines for field in fields(line)} - {None}
    bare = {field.name for line in lines for field in fields(line) if not field.metadata.get("place")}

    assert placed - READERS.keys() == set()
    assert bare == {"profiles", "skills", "experiences", "diplomas", "languages"}


@pytest.mark.parametrize("name", PROTECTED)
def test_selection_never_reads_who_somebody_is(name):
    assert not may_read(f"Identity.{name}", Audience.SELECTION)


def test_a_stranger_reads_nothing():
    assert readable(Audience.STRANGER) == ()


def test_a_field_that_is_not_in_the_table_is_an_error_and_not_a_no():
    with pytest.raises(KeyError):
        may_read("Identity.shoe_size", Audience.KEEPER)


def test_of_a_line_only_what_is_theirs_is_read():
    assert "certificate" not in places_of(SkillLine, Audience.EMPLOYER_BEFORE)
    assert places_of(SkillLine, Audience.KEEPER)["certificate"] == "CandidateSkill.certificate"


def test_no_field_of_a_sheet_says_sex_religion_origin_or_family():
    lines = [each for each in vars(shapes).values() if isinstance(each, type) and is_dataclass(each)]
    hints = {field.name for line in lines for field in fields(line)}

    forbidden = {"sex", "gender", "religion", "ethnic_origin", "origin", "family", "civil_status", "age"}
    assert hints & forbidden == set()


# --- the roster's people ---


@pytest.fixture
def scheme(db):
    return make_scheme()


@pytest.mark.parametrize("verb", ["candidate.see_file", "candidate.identify"])
def test_whoever_registered_somebody_does_not_open_their_file(scheme, verb):
    amina = make_candidate(scheme, registered_by=REGISTRAR_ORGANISATION)

    assert (may(ELIF, verb, amina), may(CARLA, verb, amina)) == (False, True)


@pytest.fixture
def amina(scheme):
    person = make_candidate(
        scheme,
        account=AMINA.code,
        surnames="EL IDRISSI",
        given_names="AMINA",
        registered_by=REGISTRAR_ORGANISATION,
    )
    CandidateSkill.objects.create(
        candidate=person, skill="x", mastery=Mastery.ALONE, proof=Proof.PAPER, certificate="N-77"
    )
    Experience.objects.create(
        candidate=person,
        code="X-1",
        employer="Atelier Rabat",
        role="Soudeuse",
        begins_on=NOON.date().replace(year=2024, day=1),
    )
    return person


@pytest.mark.parametrize(
    ("actor", "audience"),
    [
        (AMINA, Audience.PERSON),
        (CARLA, Audience.KEEPER),
        (ELIF, Audience.REGISTRAR),
        (OTHER_PARTNER, Audience.STRANGER),
        (STRANGER, Audience.STRANGER),
        (Actor("U-BRUNO", door="portal"), Audience.STRANGER),
    ],
)
def test_everybody_is_one_reader(amina, actor, audience):
    assert audience_of(actor, amina) is audience


def test_a_firm_before_a_yes_reads_what_she_can_do_and_not_who_she_is(amina):
    seen = sheet(amina, Audience.EMPLOYER_BEFORE, on=ON)

    (skill,), (work,) = seen.skills, seen.experiences
    assert (seen.full_name, seen.code, seen.phone, skill.certificate, work.employer, work.begins_on) == (
        *("", None, None, None, None),
        None,
    )
    assert (skill.skill, skill.mastery, work.months) == ("x", Mastery.ALONE, 25)


def test_after_it_the_firm_reads_the_name_and_neither_telephone_nor_birth(amina):
    seen = sheet(amina, Audience.EMPLOYER_AFTER, on=ON)

    assert (seen.full_name, seen.phone, seen.birth_on) == ("AMINA EL IDRISSI", None, None)
    assert seen.experiences[0].employer == "Atelier Rabat"


def test_what_a_firm_may_not_read_is_not_even_asked_of_the_database(amina, django_assert_num_queries):
    with django_assert_num_queries(6) as asked:
        sheet(amina, Audience.EMPLOYER_BEFORE, on=ON)

    hidden = ("candidate_identity", "certificate", '"employer"', '"words"', '"about"')
    assert [word for word in hidden for each in asked.captured_queries if word in each["sql"]] == []


def test_she_reads_everything_of_her_own_sheet(amina):
    seen = sheet(amina, Audience.PERSON, on=ON)

    (skill,), (work,) = seen.skills, seen.experiences
    assert (seen.surnames, skill.certificate, work.employer, work.role) == (
        "EL IDRISSI",
        "N-77",
        "Atelier Rabat",
        "Soudeuse",
    )


@pytest.mark.parametrize(
    ("ends_on", "months"),
    [(None, 15), (date(2026, 1, 1), 15), (date(2024, 11, 1), 1), (date(2025, 12, 1), 14)],
)
def test_the_first_month_and_the_last_count(amina, ends_on, months):
    amina.experiences.update(ends_on=ends_on)

    (work,) = sheet(amina, Audience.EMPLOYER_BEFORE, on=date(2026, 1, 15)).experiences

    assert work.months == months


def test_work_that_begins_later_has_no_months_yet(amina):
    (work,) = sheet(amina, Audience.EMPLOYER_BEFORE, on=date(2023, 6, 1)).experiences

    assert work.months == 0


@pytest.mark.parametrize("by", ["", CARLA.code])
def test_a_tidied_text_is_shown_while_it_is_somebodys(amina, by):
    Candidate.objects.filter(pk=amina.pk).update(about_tidied="Welds." if by else "", about_tidied_by=by)

    assert sheet(amina, Audience.EMPLOYER_BEFORE, on=ON).about_tidied == ("Welds." if by else "")


@pytest.mark.parametrize("count", [1, 3])
def test_sheets_cost_the_same_however_many(scheme, count, django_assert_num_queries):
    keys = [make_candidate(scheme).pk for _each in range(count)]

    with django_assert_num_queries(6):
        assert len(sheets(keys, Audience.KEEPER, on=ON)) == count
