"""Who people are, in the office: whom to check, the photo beside the fields, the second look."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_organisation
from tests.candidates.making import make_candidate, make_passport
from tests.candidates.papers import passport_page, passport_zone, photo_of
from tests.candidates.test_identifying import PASSPORT, png
from tests.web.office.roster_words import part
from tests.web.office.world import OFFICE_DAY, enter, person
from tragitto.candidates.actions import identifying
from tragitto.candidates.models import Candidate, CandidateFile, Identity
from tragitto.candidates.queries.identity import content_of
from tragitto.candidates.vocabulary import FilePurpose
from tragitto.kernel.actors import Actor
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import RosterStatus

pytestmark = pytest.mark.django_db
TODAY = OFFICE_DAY.date()


@pytest.fixture
def amina(world) -> Candidate:
    """Amina, who sent her registration, typed one letter less than her passport has, and sent a photo."""
    amina = make_candidate(
        world.call.scheme,
        account="U-AMINA",
        status=RosterStatus.CHECKING,
        surnames="EL IDRISI",
        passport=None,
    )
    herself = Actor("U-AMINA", door="portal")
    file = identifying.add_file(
        candidate=amina,
        purpose=FilePurpose.IDENTITY,
        content=photo_of(passport_page(passport_zone())),
        actor=herself,
        at=OFFICE_DAY,
    )
    identifying.add_document(candidate=amina, said=PASSPORT, files=[file], actor=herself, at=OFFICE_DAY)
    return amina


@pytest.fixture
def elsewhere_in(world) -> Client:
    """An officer of an office that keeps no roster."""
    return enter(Client(), person("Elsa", "officer", office=make_organisation("keeps-nothing")))


def file_url(candidate: Candidate) -> str:
    return reverse("office:roster_person", args=[candidate.code])


def confirm_url(candidate: Candidate) -> str:
    return reverse(
        "office:roster_confirm_identity", args=[candidate.code, candidate.documents.latest("pk").code]
    )


def picture_url(candidate: Candidate, file: CandidateFile) -> str:
    return reverse("office:roster_picture", args=[candidate.code, file.code])


def seen(candidate: Candidate, how: str) -> dict[str, str]:
    return {f"{candidate.documents.latest('pk').code}-seen": how}


def test_the_letter_that_differs_is_marked(carla_in, amina):
    page = carla_in.get(file_url(amina)).text

    assert "EL IDRIS<mark>_</mark>I" in page
    assert "EL IDRIS<mark>S</mark>I" in page
    assert picture_url(amina, amina.files.get()) in page


def test_the_file_says_how_the_person_is_reached_and_who_registered_them(carla_in, world):
    body = make_organisation("regional-office")
    person = make_candidate(
        world.call.scheme, phone="+212612345678", email="amina@example.org", town="FÈS", standing="refugee",
        registered_by=body.code,
    )  # fmt: skip

    said = part(carla_in.get(file_url(person)), "identity")

    assert "Telephone +212612345678" in said
    assert "E-mail amina@example.org" in said
    assert "Town FÈS · Morocco" in said
    assert "Standing in the country of origin Refugee resident there" in said
    assert "Language of messages French" in said
    assert "Registered by regional-office · nobody signs in for them yet" in said


def test_a_keeper_confirms_and_the_document_gives_the_spelling(carla_in, amina):
    answer = carla_in.post(confirm_url(amina), seen(amina, "photo"))

    identity = Identity.objects.get(candidate=amina)
    assert (answer.status_code, answer.url) == (302, file_url(amina))
    assert (identity.surnames, identity.confirmed_with.number) == ("EL IDRISSI", "AB1234567")


def test_without_saying_with_what_nothing_is_confirmed(carla_in, amina):
    answer = carla_in.post(confirm_url(amina), {})

    assert answer.status_code == 422
    assert "Say what you compared it with." in answer.text
    assert Identity.objects.get(candidate=amina).confirmed_at is None


def test_a_refusal_stands_beside_the_document(carla_in, world):
    person = make_candidate(world.call.scheme, passport={"expires_on": TODAY - timedelta(days=1)})

    answer = carla_in.post(confirm_url(person), seen(person, "paper"))

    assert answer.status_code == 422
    assert "The document has expired" in answer.text


def test_a_reviewer_confirms_but_does_not_write(dario_in, amina):
    assert dario_in.get(reverse("office:roster_document", args=[amina.code])).status_code == 403
    assert "Keep the photo" not in dario_in.get(file_url(amina)).text
    assert dario_in.post(confirm_url(amina), seen(amina, "photo")).status_code == 302


def test_a_photo_is_shown_and_the_look_is_written_down(carla_in, carla_herself, amina):
    file = amina.files.get()

    first, second = carla_in.get(picture_url(amina, file)), carla_in.get(picture_url(amina, file))

    assert (first.status_code, first["Content-Type"]) == (200, "image/jpeg")
    assert first.content == second.content == content_of(file)
    assert "no-store" in first["Cache-Control"]
    looks = Entry.objects.filter(verb="candidate.seen", subject=amina.code, actor=carla_herself.code)
    assert [entry.facts["what"] for entry in looks] == ["photo"]


def test_an_officer_keeps_a_photo_and_writes_the_document_down(carla_in, carla_herself, world):
    bilal = make_candidate(world.call.scheme, status=RosterStatus.CHECKING, passport=None)
    photo = SimpleUploadedFile("passport.png", png(), content_type="image/png")

    kept = carla_in.post(reverse("office:roster_add_photo", args=[bilal.code]), {"photo-photo": photo})
    file = bilal.files.get()
    form = carla_in.get(kept.url)
    sent = {
        "kind": "passport",
        "number": "ab1234567",
        "issuing_state": "MAR",
        "nationality": "MAR",
        "surnames": "El Idrissi",
        "given_names": "Amina",
        "birth_on": "1998-03-14",
        "expires_on": "2029-05-02",
        "mrz": passport_zone(),
        "pictures": [file.code],
    }
    answer = carla_in.post(reverse("office:roster_document", args=[bilal.code]), sent)

    document = bilal.documents.get()
    assert (form.status_code, answer.status_code) == (200, 302)
    assert (document.number, document.added_by, document.is_verified) == (
        "AB1234567",
        carla_herself.code,
        True,
    )
    assert list(document.files.all()) == [file]
    assert "Another keeper compares it" in carla_in.get(file_url(bilal)).text
    assert carla_in.post(confirm_url(bilal), seen(bilal, "photo")).status_code == 403


def test_what_was_written_wrongly_is_written_anew_from_what_there_is(carla_in, amina):
    address = reverse("office:roster_document", args=[amina.code])

    page = carla_in.get(f"{address}?from={amina.documents.get().code}")

    assert 'value="AB1234567"' in page.text
    assert 'value="1998-03-14"' in page.text


def test_a_wrong_number_is_refused_with_both(carla_in, amina):
    address = reverse("office:roster_document", args=[amina.code])
    sent = {"kind": "passport", "number": "AB1234568", "issuing_state": "MAR", "surnames": "X"}

    answer = carla_in.post(address, sent | {"mrz": passport_zone()})

    assert answer.status_code == 422
    assert "AB1234567" in answer.text
    assert amina.documents.get().number == "AB1234567"


def test_what_is_no_photo_is_refused_on_the_page(carla_in, amina):
    file = SimpleUploadedFile("photo.jpg", b"hello", content_type="image/jpeg")

    answer = carla_in.post(reverse("office:roster_add_photo", args=[amina.code]), {"photo-photo": file})

    assert answer.status_code == 422
    assert "We cannot open this file" in answer.text


def test_the_queue_names_those_who_wait(carla_in, amina, world):
    make_candidate(world.call.scheme, status=RosterStatus.REGISTERING, surnames="UNSENT")

    page = carla_in.get(reverse("office:roster_to_check")).text

    assert amina.code in page
    assert "UNSENT" not in page


@pytest.mark.parametrize("name", ["roster_to_check", "roster_documents"])
def test_a_list_costs_the_same_for_one_and_for_three(
    carla_in, world, name, django_assert_max_num_queries, django_assert_num_queries
):
    def add(count: int) -> None:
        for _each in range(count):
            soon = {"expires_on": TODAY + timedelta(days=10)}
            make_candidate(world.call.scheme, status=RosterStatus.CHECKING, passport=soon)

    add(1)
    carla_in.get(reverse(f"office:{name}"))
    with django_assert_max_num_queries(25) as first:
        carla_in.get(reverse(f"office:{name}"))
    add(2)
    with django_assert_num_queries(len(first)):
        carla_in.get(reverse(f"office:{name}"))


def test_a_document_that_is_over_says_so(carla_in, world):
    make_candidate(world.call.scheme, passport={"expires_on": TODAY - timedelta(days=1)})
    make_candidate(world.call.scheme, passport={"expires_on": date(2040, 1, 1)})

    page = carla_in.get(reverse("office:roster_documents")).text

    assert page.count('<th scope="row">') == 1
    assert "Expired" in page


PAGES = ("roster_to_check", "roster_documents")
OF_A_PERSON = ("roster_document", "roster_add_photo", "roster_confirm_identity", "roster_picture")


def address(name: str, amina: Candidate) -> str:
    arguments = {
        "roster_confirm_identity": [amina.code, amina.documents.get().code],
        "roster_picture": [amina.code, amina.files.get().code],
    }
    of_one = arguments.get(name, [amina.code]) if name in OF_A_PERSON else []
    return reverse(f"office:{name}", args=of_one)


def ask(client: Client, name: str, amina: Candidate) -> int:
    is_written = name in {"roster_add_photo", "roster_confirm_identity"}
    where = address(name, amina)
    return (client.post(where) if is_written else client.get(where)).status_code


@pytest.mark.parametrize("name", [*PAGES, *OF_A_PERSON])
def test_a_stranger_is_led_to_the_sign_in(client, amina, name):
    assert ask(client, name, amina) == 302


@pytest.mark.parametrize("name", [*PAGES, *OF_A_PERSON])
def test_an_employer_stays_outside(bruno_in, amina, name):
    assert ask(bruno_in, name, amina) == 403


@pytest.mark.parametrize("name", OF_A_PERSON)
def test_an_office_that_keeps_no_roster_finds_nobody(elsewhere_in, amina, name):
    assert ask(elsewhere_in, name, amina) == 404


@pytest.mark.parametrize("name", PAGES)
def test_an_office_that_keeps_no_roster_has_empty_lists(elsewhere_in, amina, name):
    page = elsewhere_in.get(address(name, amina))

    assert page.status_code == 200
    assert amina.code not in page.text


@pytest.mark.parametrize("name", [*PAGES, "roster_document"])
def test_it_speaks_arabic_from_right_to_left(carla_in, amina, name):
    carla_in.cookies["django_language"] = "ar"

    assert 'dir="rtl"' in carla_in.get(address(name, amina)).text


def test_another_persons_document_is_not_hers(carla_in, amina, world):
    other = make_passport(make_candidate(world.call.scheme, passport=None))

    answer = carla_in.post(reverse("office:roster_confirm_identity", args=[amina.code, other.code]))

    assert answer.status_code == 404
