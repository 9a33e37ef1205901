"""The curriculum on paper: the same person twice, once without anything that tells who it is."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from tests.candidates.making import NOON, make_candidate, make_scheme
from tragitto.candidates import curricula
from tragitto.candidates.models import Candidate, CandidateSkill, Diploma, Experience, LanguageLevel
from tragitto.candidates.vocabulary import Mastery, Proof
from tragitto.schemes.queries import roster_of

ON = NOON.date()


@pytest.fixture
def amina(db) -> Candidate:
    scheme = make_scheme()
    profile = scheme.profiles.order_by("position").last()
    skill = next(each for each in roster_of(scheme).skills if profile.code in each.profiles)
    person = make_candidate(
        scheme,
        profiles=[profile.code],
        surnames="EL IDRISSI",
        given_names="AMINA",
        regions=[scheme.regions.first().code],
        shifts=["day"],
        housing="help",
        available_from=date(2027, 1, 10),
        about="Je m'appelle Amina.",
        about_tidied="Ten years of light metalwork.",
        about_tidied_by="U-CARLA",
    )
    CandidateSkill.objects.create(
        candidate=person, skill=skill.code, mastery=Mastery.ALONE, proof=Proof.PAPER, certificate="N-77"
    )
    Experience.objects.create(
        candidate=person,
        code="X-1",
        profile=profile,
        employer="Atelier Rabat",
        role="Soudeuse",
        begins_on=date(2020, 1, 1),
        ends_on=date(2023, 12, 1),
        words="J'ai travaillé avec mon frère Karim.",
    )
    Diploma.objects.create(
        candidate=person, code="D-1", title="Diplôme de technicien", institution="OFPPT", eqf=4, year=2016,
        proof=Proof.SAID,
    )  # fmt: skip
    LanguageLevel.objects.create(candidate=person, tongue="it", level="A2", proof=Proof.SAID)
    return person


def printed(person: Candidate, kind: str, language: str = "it") -> str:
    made = curricula.curriculum(person, kind, code="I-7KQ3M9C", language=language, on=ON)
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize(
    "word",
    ["IDRISSI", "AMINA", "Amina", "Atelier", "Soudeuse", "OFPPT", "2016", "2020", "Karim", "N-77"],
)
def test_the_anonymous_one_tells_nobody_who_it_is(amina, word):
    assert word not in printed(amina, "anonymous")


@pytest.mark.parametrize("word", ["I-7KQ3M9C", "48 mesi", "A2", "Ten years of light metalwork."])
def test_it_says_what_she_can_do(amina, word):
    assert word in printed(amina, "anonymous")


@pytest.mark.parametrize("word", ["AMINA EL IDRISSI", "Atelier Rabat", "Soudeuse", "OFPPT", "2016", "N-77"])
def test_the_full_one_says_who_she_is(amina, word):
    assert word in printed(amina, "full")


@pytest.mark.parametrize("word", ["+212", "1998", "FES"])
def test_even_the_full_one_keeps_contacts_and_birth_back(amina, word):
    assert word not in printed(amina, "full")


def test_it_is_printed_in_french_too(amina):
    assert "48 mois" in printed(amina, "anonymous", "fr")


def test_the_same_person_on_the_same_day_gives_the_same_bytes(amina):
    twice = {curricula.curriculum(amina, "full", code="C", language="it", on=ON) for _each in range(2)}

    assert len(twice) == 1


def test_there_is_no_third_kind(amina):
    with pytest.raises(KeyError):
        printed(amina, "secret")


def test_it_is_printed_in_no_other_language(amina):
    with pytest.raises(ValueError, match="ar"):
        printed(amina, "full", "ar")
