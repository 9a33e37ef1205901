"""What people can do, at the desk: read, tidied, compared with papers; and the wrong people there."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.candidates.making import make_candidate
from tests.candidates.test_describing import photo_of
from tests.web.office.world import actor, enter, person
from tragitto.candidates.models import Candidate, CandidateSkill, Diploma, Experience, LanguageLevel
from tragitto.candidates.rules.abilities import mark_of, mark_of_statement
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import SkillGroup
from tragitto.web.office.roster_panels.abilities import panel

pytestmark = pytest.mark.django_db
#: "Soudeuse", written by the person.
WORDS = "J'ai soudé au TIG à l'usine"


@pytest.fixture
def amina_herself(world):
    return make_person("Amina")


@pytest.fixture
def amina(world, amina_herself) -> Candidate:
    """Amina on the roster, with words of her own, a certificate photographed, work, a diploma, a language."""
    found = make_candidate(world.call.scheme, account=amina_herself.code)
    spec, row = roster_of(found.scheme), found.profiles.get()
    found.profiles.update(words=WORDS, words_are_own=True)
    certificate = next(
        each.code
        for each in spec.skills
        if each.group is SkillGroup.CERTIFICATE and row.profile.code in each.profiles
    )
    CandidateSkill.objects.create(
        candidate=found,
        skill=certificate,
        proof="paper",
        certificate="TÜV-1",
        valid_until=date(2027, 6, 30),
        file=photo_of(found),
    )
    Experience.objects.create(
        candidate=found,
        code="X-TEST",
        role="Soudeuse",
        profile=row.profile,
        begins_on=date(2020, 1, 1),
        ends_on=date(2021, 3, 1),
    )
    Diploma.objects.create(candidate=found, code="D-TEST", title="Diplôme TS", proof="said")
    LanguageLevel.objects.create(candidate=found, tongue="it", level="A2", proof="said")
    return found


@pytest.fixture
def certificate(amina) -> CandidateSkill:
    return amina.skills.get()


@pytest.fixture
def elif_in(world) -> Client:
    """Elif, of a partner, who has no role of the office."""
    return enter(Client(), make_person("Elif"))


def page_of(client: Client, amina: Candidate) -> str:
    return client.get(reverse("office:roster_person", args=[amina.code])).content.decode()


def tidy_url(amina: Candidate) -> str:
    return reverse("office:roster_tidy", args=[amina.code, "trade", amina.profiles.get().profile.code])


def confirm_url(amina: Candidate, kind: str = "skill", row: str = "") -> str:
    return reverse("office:roster_confirm", args=[amina.code, kind, row or amina.skills.get().skill])


# --- reading ---


def test_her_words_and_the_text_of_the_office_stand_beside_each_other(carla_in, amina):
    amina.profiles.update(tidied="Salda a TIG", tidied_by="U-CARLA")

    page = page_of(carla_in, amina)

    assert "J&#x27;ai soudé au TIG" in page
    assert "Salda a TIG" in page


def test_a_text_that_no_longer_fits_is_marked(carla_in, amina):
    amina.profiles.update(tidied="Salda a TIG", tidied_by="")

    assert "nobody outside reads this text" in page_of(carla_in, amina)


def test_time_at_work_is_told_in_words(carla_in, amina):
    assert "1 year, 3 months" in page_of(carla_in, amina)


def test_a_photo_is_no_proof_yet(carla_in, amina):
    assert "Paper handed in, not checked yet" in page_of(carla_in, amina)


def test_who_may_not_act_finds_nothing_to_press(amina, world):

    adele = enter(Client(), person("Adele", "administrator", office=world.call.publisher))

    assert reverse("office:roster_tidy", args=[amina.code, "trade", "x"])[:-2] not in page_of(adele, amina)


@pytest.mark.parametrize("count", [1, 3])
def test_the_part_costs_the_same_however_much_somebody_can_do(
    carla_herself, amina, count, django_assert_num_queries
):
    spec, carla = roster_of(amina.scheme), actor(carla_herself)
    for skill in [each.code for each in spec.skills if each.code != amina.skills.get().skill][:count]:
        CandidateSkill.objects.create(candidate=amina, skill=skill, proof="said")

    with django_assert_num_queries(8):
        made = panel(carla, amina)

    assert len(made.context["found"].skills) == count + 1


# --- tidying ---


def test_an_officer_tidies_beside_the_words(carla_in, amina):
    answer = carla_in.post(tidy_url(amina), {"text": "Salda a TIG", "mark": mark_of(WORDS)})

    row = amina.profiles.get()
    assert answer["Location"] == f"{reverse('office:roster_person', args=[amina.code])}#abilities"
    assert (row.words, row.tidied) == (WORDS, "Salda a TIG")


def test_a_text_that_tells_who_she_is_comes_back_with_the_reason(carla_in, amina):
    answer = carla_in.post(tidy_url(amina), {"text": "Amina salda a TIG", "mark": mark_of(WORDS)})

    assert answer.status_code == 422
    assert "This text tells who the person is" in answer.content.decode()
    assert "Amina salda a TIG" in answer.content.decode()


def test_words_that_changed_meanwhile_are_not_tidied(carla_in, amina):
    answer = carla_in.post(tidy_url(amina), {"text": "Salda a TIG", "mark": mark_of("older words")})

    assert answer.status_code == 422
    assert "has changed their words" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "row"), [("about", "X-TEST"), ("trade", "unheard-of"), ("work", "X-OTHER"), ("secret", "x")]
)
def test_there_is_no_other_text(carla_in, amina, kind, row):
    assert carla_in.get(reverse("office:roster_tidy", args=[amina.code, kind, row])).status_code == 404


@pytest.mark.parametrize(("kind", "row"), [("work", "X-TEST"), ("about", "")])
def test_work_and_what_she_tells_of_herself_are_tidied_too(carla_in, amina, kind, row):
    address = reverse("office:roster_tidy", args=[amina.code, kind, row or amina.code])

    assert carla_in.get(address).status_code == 200
    assert carla_in.post(address, {"text": "Salda", "mark": mark_of("")}).status_code == 302


# --- papers ---


def test_the_paper_stands_beside_what_was_said(carla_in, amina, certificate):
    page = carla_in.get(confirm_url(amina)).content.decode()

    assert reverse("office:roster_picture", args=[amina.code, certificate.file.code]) in page
    assert 'value="TÜV-1"' in page


def test_a_reviewer_confirms_what_stands_on_it(dario_in, amina, certificate):
    told = {
        "proof": "paper", "certificate": "TÜV-1", "valid_until": "2027-06-30",
        "mark": mark_of_statement(certificate),
    }  # fmt: skip

    answer = dario_in.post(confirm_url(amina), told)

    certificate.refresh_from_db()
    assert (answer.status_code, bool(certificate.confirmed_by)) == (302, True)


def test_a_certificate_without_its_last_day_comes_back(carla_in, amina, certificate):
    told = {"proof": "paper", "certificate": "TÜV-1", "mark": mark_of_statement(certificate)}

    answer = carla_in.post(confirm_url(amina), told)

    assert answer.status_code == 422
    assert "Last day on which it is valid: This field is required." in answer.content.decode()


def test_a_certificate_valid_for_longer_than_its_standard_comes_back(carla_in, amina, certificate):
    told = {
        "proof": "paper", "certificate": "TÜV-1", "valid_until": "2060-01-01",
        "mark": mark_of_statement(certificate),
    }  # fmt: skip

    answer = carla_in.post(confirm_url(amina), told)

    assert answer.status_code == 422
    assert "No certificate of this kind is valid for so long" in answer.content.decode()


def test_a_diploma_gets_its_level(carla_in, amina):
    level, row = roster_of(amina.scheme).diplomas[4], amina.diplomas.get()

    carla_in.post(
        confirm_url(amina, "diploma", row.code), {"level_code": level.code, "mark": mark_of_statement(row)}
    )

    assert amina.diplomas.get().eqf == level.eqf


def test_a_language_is_confirmed(carla_in, amina):
    row = amina.languages.get()

    carla_in.post(confirm_url(amina, "language", "it"), {"mark": mark_of_statement(row)})

    assert amina.languages.get().confirmed_by


def test_a_confirmation_is_taken_back(carla_in, amina, certificate):
    CandidateSkill.objects.update(confirmed_by="U-OTHER")

    carla_in.post(reverse("office:roster_take_back", args=[amina.code, "skill", certificate.skill]))

    certificate.refresh_from_db()
    assert certificate.confirmed_by == ""


@pytest.mark.parametrize(("kind", "row"), [("skill", "unheard-of"), ("diploma", "D-X"), ("secret", "it")])
def test_there_is_no_other_statement(carla_in, amina, kind, row):
    assert carla_in.get(confirm_url(amina, kind, row)).status_code == 404


def test_papers_wait_in_the_order_of_their_place(carla_in, amina):
    page = carla_in.get(reverse("office:roster_papers")).content.decode()
    assert amina.code in page

    CandidateSkill.objects.update(confirmed_by="U-OTHER")
    assert "No paper waits." in carla_in.get(reverse("office:roster_papers")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_waiting_papers_cost_the_same_however_many(
    carla_in, amina, count, world, django_assert_num_queries
):
    for _number in range(count - 1):
        other = make_candidate(world.call.scheme)
        Diploma.objects.create(
            candidate=other, code=f"D-{other.pk}", title="TS", proof="paper", file=photo_of(other)
        )
    carla_in.get(reverse("office:roster_papers"))

    with django_assert_num_queries(5):
        page = carla_in.get(reverse("office:roster_papers")).content.decode()

    assert page.count("#abilities") == count


# --- the wrong people ---

ADDRESSES = ("tidy", "confirm", "papers")


def address_of(amina: Candidate, name: str) -> str:
    known = {
        "tidy": tidy_url(amina),
        "confirm": confirm_url(amina),
        "papers": reverse("office:roster_papers"),
    }
    return known[name]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_led_to_the_sign_in(client, amina, name):
    answer = client.get(address_of(amina, name))

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("name", ADDRESSES)
def test_observers_and_partners_stay_outside(olga_in, elif_in, amina, name):
    assert {each.get(address_of(amina, name)).status_code for each in (olga_in, elif_in)} == {403}


@pytest.mark.parametrize("name", ["tidy", "confirm"])
def test_another_office_finds_nobody(sara_in, amina, name):
    assert sara_in.get(address_of(amina, name)).status_code == 404


def test_another_office_has_no_papers_waiting(sara_in, amina):
    assert amina.code not in sara_in.get(reverse("office:roster_papers")).content.decode()


@pytest.mark.parametrize("name", ADDRESSES)
def test_it_speaks_arabic_from_right_to_left(carla_in, amina, name):
    carla_in.cookies["django_language"] = "ar"

    assert 'dir="rtl"' in carla_in.get(address_of(amina, name)).content.decode()
