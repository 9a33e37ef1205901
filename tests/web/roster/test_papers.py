"""Amina shows her certificates and diplomas: photo, number, last day; and the wrong people there."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.accounts.signing_in import make_person
from tests.candidates.making import CARLA, NOON, make_candidate, make_scheme
from tests.web.office.world import enter
from tests.web.roster.test_registering import boxes
from tragitto.candidates.actions import confirm_skill, say_language, say_skills
from tragitto.candidates.models import Candidate, CandidateFile, CandidateSkill, Diploma
from tragitto.candidates.rules.abilities import Paper, Tongue, mark_of_statement
from tragitto.candidates.vocabulary import Proof
from tragitto.kernel.actors import Actor
from tragitto.schemes.queries import roster_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(client: Client) -> Candidate:
    """Amina, signed in, with a certificate that she says to have, a diploma and a language."""
    user = make_person("Amina")
    enter(client, user)
    found, actor = make_candidate(make_scheme(), account=user.code), Actor(user.code, door="portal")
    trade = found.profiles.get().profile.code
    said = next(
        each.code for each in roster_of(found.scheme).skills if each.standard and trade in each.profiles
    )
    say_skills(candidate=found, profile=trade, skills=[said], actor=actor, at=NOON)
    say_language(candidate=found, said=Tongue(tongue="it", level="A2"), actor=actor, at=NOON)
    Diploma.objects.create(candidate=found, code="D-TEST", title="Diplôme de soudeur", proof="said")
    return found


@pytest.fixture
def certificate(amina: Candidate) -> CandidateSkill:
    return amina.skills.get()


def a_photo(colour: tuple[int, int, int] = (120, 130, 140)) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (800, 600), colour).save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), "image/jpeg")


def listed(amina: Candidate) -> str:
    return reverse("portal:roster_papers", args=[amina.scheme.code])


def of(amina: Candidate, kind: str, code: str) -> str:
    return reverse("portal:roster_paper", args=[amina.scheme.code, kind, code])


def told(**changes):
    return {"photo": a_photo(), "certificate": "TÜV-1", **boxes("30", "6", "2027", "valid_until"), **changes}


def test_what_can_be_shown_is_listed(client, amina, certificate):
    page = client.get(listed(amina)).content.decode()

    addresses = [
        of(amina, "skill", certificate.skill),
        of(amina, "diploma", "D-TEST"),
        of(amina, "language", "it"),
    ]
    assert [each in page for each in addresses] == [True, True, True]
    assert page.count("No photo yet") == 3


def test_a_certificate_is_shown_with_its_photo(client, amina, certificate):
    answer = client.post(of(amina, "skill", certificate.skill), told())

    certificate.refresh_from_db()
    assert answer["Location"] == listed(amina)
    assert (certificate.certificate, certificate.proof, certificate.confirmed_by) == (
        "TÜV-1",
        Proof.PAPER,
        "",
    )
    assert "The office will look at it" in client.get(listed(amina)).content.decode()


@pytest.mark.parametrize(("kind", "code"), [("diploma", "D-TEST"), ("language", "it")])
def test_diplomas_and_languages_are_shown_too(client, amina, kind, code):
    client.post(of(amina, kind, code), told())

    row = amina.diplomas.get() if kind == "diploma" else amina.languages.get()
    assert (row.proof, row.file is not None) == (Proof.PAPER, True)


def test_without_a_photo_there_is_nothing_to_show(client, amina, certificate):
    answer = client.post(of(amina, "skill", certificate.skill), {"certificate": "TÜV-1"})

    assert answer.status_code == 422
    assert "Choose a photo, or take one." in answer.content.decode()


def test_a_day_beyond_the_standard_comes_back(client, amina, certificate):
    answer = client.post(
        of(amina, "skill", certificate.skill), told(**boxes("1", "1", "2060", "valid_until"))
    )

    assert answer.status_code == 422
    assert "No certificate of this kind is valid for so long" in answer.content.decode()


def test_another_number_keeps_the_photo_and_asks_for_another_look(client, amina, certificate):
    client.post(of(amina, "skill", certificate.skill), told())
    certificate.refresh_from_db()
    confirm_skill(
        skill=certificate,
        paper=Paper(number="TÜV-1", valid_until=certificate.valid_until),
        proof=Proof.PAPER,
        mark=mark_of_statement(certificate),
        actor=CARLA,
        at=NOON,
    )
    assert "The office has seen it" in client.get(listed(amina)).content.decode()

    client.post(of(amina, "skill", certificate.skill), {"certificate": "TÜV-2"})

    certificate.refresh_from_db()
    assert (certificate.certificate, certificate.confirmed_by) == ("TÜV-2", "")
    assert certificate.file is not None


def test_a_new_photo_takes_the_place_of_the_old_one(client, amina, certificate):
    client.post(of(amina, "skill", certificate.skill), told())
    client.post(of(amina, "skill", certificate.skill), told(photo=a_photo((10, 20, 30))))

    assert CandidateFile.objects.filter(candidate=amina).count() == 1


@pytest.mark.parametrize(("kind", "code"), [("skill", "unheard-of"), ("secret", "it")])
def test_there_is_nothing_else_to_show(client, amina, kind, code):
    assert client.get(of(amina, kind, code)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, amina, count, django_assert_num_queries):
    for number in range(count - 1):
        Diploma.objects.create(candidate=amina, code=f"D-{number}", title="Diplôme", proof="said")
    client.get(listed(amina))

    with django_assert_num_queries(21):
        page = client.get(listed(amina)).content.decode()

    assert page.count("/diploma/") == count


def test_a_stranger_is_led_to_the_code(amina):
    answers = [Client().get(each) for each in (listed(amina), of(amina, "diploma", "D-TEST"))]

    assert [each.status_code for each in answers] == [302, 302]


def test_another_person_does_not_find_her_papers(amina):
    other, theirs = make_person("Bruno"), Client()
    make_candidate(amina.scheme, account=other.code)
    enter(theirs, other)

    assert theirs.get(of(amina, "diploma", "D-TEST")).status_code == 404
    assert "D-TEST" not in theirs.get(listed(amina)).content.decode()


def test_who_has_not_begun_is_led_to_the_beginning(amina):
    nobody = Client()
    enter(nobody, make_person("Nadia"))

    assert nobody.get(listed(amina))["Location"] == reverse("portal:roster", args=[amina.scheme.code])


def test_it_speaks_arabic_from_right_to_left(client, amina):
    client.cookies["django_language"] = "ar"

    assert 'dir="rtl"' in client.get(listed(amina)).content.decode()
