"""Elif sees at home what was handed over to her organisation, and nothing else; each look is written down."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import grant_long_ago, make_organisation, make_person
from tests.web.office import handing
from tests.web.office.world import OFFICE_DAY, actor, enter, person
from tragitto.accounts.models import Organisation, User
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.cases import actions as cases
from tragitto.cases.models import HandOver
from tragitto.kernel.canonical import sha256_hex
from tragitto.ledger.models import Entry
from tragitto.records.models import Document
from tragitto.schemes.models import Duty

pytestmark = pytest.mark.django_db
PAGES = ("package", "package_accept", "package_file", "package_case", "package_document")


@pytest.fixture
def handed(world) -> HandOver:
    return handing.made(world)


@pytest.fixture
def elif_herself(world) -> User:
    """Elif, of the organisation that coordinates the scheme."""
    user = make_person("Elif")
    grant_long_ago(user, ["partner"], Organisation.objects.get(code=handing.recipient(world)))
    return user


@pytest.fixture
def elif_in(elif_herself) -> Client:
    return enter(Client(), elif_herself)


@pytest.fixture
def another_in(world) -> Client:
    """A partner to whom nothing was handed over."""
    nobody = make_person("Nadia", "partner", organisation="another-body", kind=OrganisationKind.PARTNER)
    return enter(Client(), nobody)


@pytest.fixture
def recalled(world, handed) -> HandOver:
    officer = handing.by_officer(world)
    return cases.recall_hand_over(hand_over=handed, reason="Consent withdrawn.", actor=officer, at=OFFICE_DAY)


def address(handed: HandOver, name: str) -> str:
    item = handed.items.select_related("case").get()
    more = {"package_case": [item.case.code], "package_document": [sha256(handed)]}
    return reverse(f"portal:{name}", args=[handed.code, *more.get(name, [])])


def sha256(handed: HandOver) -> str:
    (file,) = handed.items.get().content["documents"]
    return str(file["sha256"])


def ask(client: Client, handed: HandOver, name: str):
    where = address(handed, name)
    return client.post(where) if name == "package_accept" else client.get(where)


def told() -> list[tuple[str, str]]:
    """What the ledger says of looks and downloads, with who."""
    verbs = ("hand_over.looked_at", "hand_over.downloaded", "hand_over.accepted")
    return list(Entry.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", "actor"))


# --- what Elif sees ----------------------------------------------------------------------------------------


def test_the_list_names_each_package(elif_in, handed):
    page = elif_in.get(reverse("portal:received")).text

    assert reverse("portal:package", args=[handed.code]) in page
    assert "Receipt not confirmed yet" in page


def test_before_anything_is_handed_over_the_list_says_so(elif_in, world):
    handing.admitted(world)

    page = elif_in.get(reverse("portal:received")).text

    assert "Nothing has been handed over to your organisation yet." in page


def test_the_package_lists_its_filings_and_its_basis(elif_in, handed):
    page = ask(elif_in, handed, "package").text

    assert address(handed, "package_case") in page
    assert handed.basis["citation"] in page


def test_it_names_the_office_that_handed_over_not_the_one_that_published(world, elif_in):
    office = make_organisation("reviewing-office")
    Duty.objects.create(
        scheme=world.call.scheme, region=world.call.region, duty="reviews", organisation=office
    )
    handing.admitted(world)
    handed = handing.hand_over(world, actor(person("Olmo", "officer", office=office)))

    pages = (ask(elif_in, handed, "package").text, elif_in.get(reverse("portal:received")).text)

    assert [office.name in page for page in pages] == [True, True]
    assert [world.call.publisher.name in page for page in pages] == [False, False]


def test_a_case_is_shown_as_it_was_handed_over(elif_in, handed, expression):
    expression.employer.name = "Renamed since"
    expression.employer.save(update_fields=["name"])

    page = ask(elif_in, handed, "package_case").text

    facts = handed.items.get().content["facts"]
    assert facts["enterprise"]["name"] in page
    assert facts["contact"]["email"] in page
    assert "Renamed since" not in page


def test_what_the_call_does_not_name_is_not_shown(elif_in, handed, expression):
    main = expression.current.facts["forms"][0]["facts"]

    page = ask(elif_in, handed, "package_case").text

    assert main["signed"]["on"] not in page
    assert "Consents to the sending" not in page


def test_she_takes_the_package_whole(elif_in, handed):
    answer = ask(elif_in, handed, "package_file")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {"README.txt", "data.csv", "data.json", "manifest.json"} < set(archive.namelist())
    assert f"{handed.code}.zip" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_she_takes_one_document_under_a_name_of_the_house(elif_in, handed):
    answer = ask(elif_in, handed, "package_document")

    assert "modulo-a.pdf.p7m" in answer["Content-Disposition"]
    assert sha256_hex(answer.content) == sha256(handed)


def test_she_confirms_that_it_has_come(elif_in, elif_herself, handed):
    answer = ask(elif_in, handed, "package_accept")

    assert (answer.status_code, answer.url) == (302, address(handed, "package"))
    handed.refresh_from_db()
    assert handed.accepted_by == elif_herself.code
    assert "Confirm that it has come" not in ask(elif_in, handed, "package").text


def test_every_look_and_every_download_is_written_down(elif_in, elif_herself, handed):
    for name in ("package", "package_case", "package_document", "package_file"):
        ask(elif_in, handed, name)

    looked, taken = "hand_over.looked_at", "hand_over.downloaded"
    assert told() == [(verb, elif_herself.code) for verb in (looked, looked, taken, taken)]


# --- what was recalled -------------------------------------------------------------------------------------


def test_of_what_was_recalled_code_and_reason_stay_and_the_name_goes(elif_in, recalled):
    name = recalled.items.get().content["facts"]["enterprise"]["name"]

    for page in (ask(elif_in, recalled, "package").text, elif_in.get(reverse("portal:received")).text):
        assert recalled.code in page
        assert "Consent withdrawn." in page
        assert name not in page


@pytest.mark.parametrize("name", ["package_case", "package_file", "package_document"])
def test_nothing_of_what_was_recalled_can_be_taken(elif_in, recalled, name):
    assert ask(elif_in, recalled, name).status_code == 404


def test_what_was_recalled_is_not_confirmed_any_more(elif_in, recalled):
    answer = ask(elif_in, recalled, "package_accept")

    assert answer.status_code == 422
    assert "This package has been recalled." in answer.text


# --- who else ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_led_to_the_sign_in(client, handed, name):
    assert ask(client, handed, name).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_another_partner_finds_nothing(another_in, handed, name):
    assert ask(another_in, handed, name).status_code == 404
    assert told() == []


@pytest.mark.parametrize("name", PAGES)
def test_employers_and_the_office_have_no_business_here(bruno_in, carla_in, handed, name):
    assert {ask(client, handed, name).status_code for client in (bruno_in, carla_in)} == {403}


def test_neither_employers_nor_strangers_have_such_a_list(bruno_in, client, world):
    assert bruno_in.get(reverse("portal:received")).status_code == 403
    assert client.get(reverse("portal:received")).status_code == 302


def test_an_observer_of_the_partner_does_not_open_packages(world, handed):
    observer = person("Omar", "observer", office=Organisation.objects.get(code=handing.recipient(world)))

    assert ask(enter(Client(), observer), handed, "package").status_code == 403


def test_in_the_office_the_partner_finds_no_file(world, handed, expression):
    observer = person("Omar", "observer", office=Organisation.objects.get(code=handing.recipient(world)))

    page = enter(Client(), observer).get(reverse("office:expression", args=[expression.code]))

    assert page.status_code == 404


def test_a_document_of_no_package_is_not_there(elif_in, handed):
    other = Document.objects.exclude(sha256=sha256(handed)).order_by("pk")[0]
    wrong = reverse("portal:package_document", args=[handed.code, other.sha256])

    assert elif_in.get(wrong).status_code == 404


def test_it_speaks_arabic_from_right_to_left(elif_in, handed):
    elif_in.cookies["django_language"] = "ar"

    for page in (elif_in.get(reverse("portal:received")), ask(elif_in, handed, "package_case")):
        assert '<html lang="ar" dir="rtl">' in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(count, world, elif_in, django_assert_num_queries):
    officer = handing.by_officer(world)
    for _number in range(count):
        handed = handing.hand_over(world, officer)
        cases.recall_hand_over(hand_over=handed, reason="Again.", actor=officer, at=OFFICE_DAY)
    elif_in.get(reverse("portal:received"))

    # The session, the person, the standing, how many there are, and the list.
    with django_assert_num_queries(5):
        page = elif_in.get(reverse("portal:received"))

    assert len(page.context["page"].object_list) == count
