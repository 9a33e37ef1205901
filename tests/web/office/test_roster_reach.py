"""To whom the desk opens a person's file: a keeper, never an office that registered them, nor themselves."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_organisation
from tests.candidates.making import make_candidate
from tests.web.office.world import OFFICE_DAY, enter, person
from tragitto.candidates.models import Candidate, CandidateFile, CandidateSkill
from tragitto.candidates.vocabulary import FilePurpose, Mastery, Proof
from tragitto.ledger.models import Entry
from tragitto.schemes.models import RosterDuty
from tragitto.schemes.vocabulary import RosterDutyKind
from tragitto.web import office

pytestmark = pytest.mark.django_db
GETS = ("roster_picture", "roster_curriculum", "roster_document", "roster_tidy")
POSTS = (
    "roster_add_photo", "roster_confirm_identity", "roster_move", "roster_question", "roster_put",
    "roster_beside", "roster_invite",
)  # fmt: skip


@pytest.fixture
def amina(world) -> Candidate:
    """Amina, whom an office registered that keeps no roster, and who has taken her registration over."""
    registrar = make_organisation("regional-office")
    RosterDuty.objects.create(scheme=world.call.scheme, organisation=registrar, duty=RosterDutyKind.REGISTERS)
    return with_photo(make_candidate(world.call.scheme, registered_by="regional-office", account="U-AMINA"))


@pytest.fixture
def carlas(world, carla_herself) -> Candidate:
    """The registration of Carla, who works at the desk."""
    runs_out = OFFICE_DAY.date() + timedelta(days=30)
    person = make_candidate(world.call.scheme, account=carla_herself.code, passport={"expires_on": runs_out})
    CandidateSkill.objects.create(
        candidate=person, skill="weld-135", mastery=Mastery.ALONE, proof=Proof.PAPER
    )
    return with_photo(person)


def with_photo(candidate: Candidate) -> Candidate:
    CandidateFile.objects.create(
        candidate=candidate, code=f"F-{candidate.pk}", purpose=FilePurpose.IDENTITY, kind="image/jpeg",
        content=b"PICTURE", sha256="0" * 64, size=7, added_at=OFFICE_DAY, added_by="U-AMINA",
    )  # fmt: skip
    return candidate


def registrar_in(amina: Candidate) -> Client:
    return enter(Client(), person("Omar", "officer", office=amina.registrations.get().organisation))


def ask(client: Client, name: str, candidate: Candidate) -> int:
    rest = {
        "roster_picture": (f"F-{candidate.pk}",),
        "roster_curriculum": ("full", "it"),
        "roster_tidy": ("about", candidate.code),
        "roster_confirm_identity": (candidate.documents.get().code,),
    }
    where = reverse(f"office:{name}", args=[candidate.code, *rest.get(name, ())])
    return (client.post(where) if name in POSTS else client.get(where)).status_code


@pytest.mark.parametrize("name", ["roster_person", *GETS, *POSTS])
def test_an_office_that_registered_somebody_does_not_have_their_file(amina, name):
    assert ask(registrar_in(amina), name, amina) == 404


@pytest.mark.parametrize("name", ["roster_person", *GETS, *POSTS])
def test_a_keeper_has_it(carla_in, amina, name):
    assert ask(carla_in, name, amina) in {200, 302, 422}


@pytest.mark.parametrize("name", [*GETS, *POSTS])
def test_nobody_works_on_their_own_registration(carla_in, carlas, name):
    assert ask(carla_in, name, carlas) == 404
    assert not Entry.objects.filter(subject=carlas.code).exists()


def test_who_asks_for_their_own_file_is_led_to_their_own_page(carla_in, carlas):
    answer = carla_in.get(reverse("office:roster_person", args=[carlas.code]))

    assert (answer.status_code, answer.url) == (302, reverse("portal:candidate", args=[carlas.code]))


@pytest.mark.parametrize("name", ["roster_to_check", "roster_documents", "roster_papers"])
def test_ones_own_registration_waits_in_no_queue_of_ones_own(carla_in, dario_in, carlas, name):
    own, others = (client.get(reverse(f"office:{name}")).text for client in (carla_in, dario_in))

    assert (carlas.code in own, carlas.code in others) == (False, True)


def test_no_page_of_the_desk_comes_to_somebody_another_way():
    pages = (Path(office.__file__).parent / "views" / "roster").glob("*.py")
    ways = {page.name: page.read_text() for page in pages}

    assert [name for name, text in ways.items() if "get_for(" in text or "visible_to" in text] == []
    assert sum("people.kept_for" in text for text in ways.values()) > 1
