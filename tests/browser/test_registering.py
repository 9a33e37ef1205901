"""A whole registration on a telephone, in Arabic and French, with a photo; its weight; no script."""

from datetime import date
from pathlib import Path
from time import sleep

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.accounts.signing_in import make_person
from tests.browser.tools import REFLOW, axe_violations, overflow, weight
from tests.candidates.making import make_scheme
from tests.candidates.papers import passport_page, passport_zone, photo_of
from tests.candidates.registering import begun, filled, saved
from tests.web.office.world import enter
from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import PageKind
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
PHONE = 390
#: What a page may weigh on the wire when nothing of it is kept yet.
MOST_BYTES = 100_000


@pytest.fixture
def scheme() -> Scheme:
    return make_scheme()


@pytest.fixture
def amina(client: Client) -> tuple[Client, Actor]:
    user = make_person("Amina")
    return enter(client, user), Actor(user.code, door="portal")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """The page of a passport of hers, a little askew."""
    path = tmp_path / "passport.jpg"
    zone = passport_zone(expires_on=date(2029, 5, 2))
    path.write_bytes(photo_of(passport_page(zone), askew=1.5))
    return path


def fill(page: Page, *answers: tuple[str, str]) -> None:
    for name, value in answers:
        page.locator(f"[name={name}]").fill(value)


def go_on(page: Page) -> None:
    page.locator("main form button.btn-primary").first.click()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"[name={name}][value='{value}']").check()


def register(page: Page, scheme: Scheme, photo: Path) -> None:
    """Everything that must be answered, and some that may, from the first question to the last button."""
    fill(page, ("birth_on_day", "14"), ("birth_on_month", "3"), ("birth_on_year", "1998"))
    go_on(page)
    page.locator("main a.btn-primary").click()
    for _notice in roster_of(scheme).notices_on(date.today()):
        go_on(page)
    go_on(page)  # the birthday is there
    fill(page, ("surnames", "El Idrissi"), ("given_names", "Amina"))
    go_on(page)
    fill(page, ("arabic_surnames", "الإدريسي"), ("arabic_given_names", "أمينة"))
    go_on(page)
    choose(page, "standing", "national")
    go_on(page)
    fill(page, ("phone", "06 12 34 56 78"))
    go_on(page)
    fill(page, ("town", "Fès"))
    go_on(page)
    choose(page, "kind", "passport")
    go_on(page)
    page.locator("[name=photo]").set_input_files(photo)
    go_on(page)
    if not page.locator("[name=number]").input_value():  # no tesseract here: typed
        fill(page, ("number", "AB1234567"), ("expires_on_day", "2"), ("expires_on_month", "5"))
        fill(page, ("expires_on_year", "2029"))
    go_on(page)
    page.locator("main a.btn-primary").first.click()
    choose(page, "profiles", scheme.profiles.order_by("position")[0].code)
    go_on(page)
    fill(page, ("years", "6"), ("words", "Soudure à l'arc"))
    go_on(page)


def kept(scheme: Scheme) -> Candidate:
    return Candidate.objects.select_related("identity").get(scheme=scheme)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_person_registers_on_a_telephone_without_a_script(scheme, amina, photo, open_page, language):
    page = open_page(
        reverse("portal:roster", args=[scheme.code]),
        language=language,
        width=PHONE,
        scripts=False,
        client=amina[0],
    )
    register(page, scheme, photo)

    page.goto(page.url.split("/portal/")[0] + reverse("portal:roster_check", args=[scheme.code]))
    go_on(page)

    candidate = kept(scheme)
    assert page.url.endswith(reverse("portal:roster_sent", args=[scheme.code]))
    assert (candidate.status, candidate.identity.surnames) == ("checking", "EL IDRISSI")
    assert candidate.documents.get().number == "AB1234567"
    assert candidate.documents.get().files.count() == 1


def addresses(scheme: Scheme, actor: Actor) -> list[str]:
    """Every page of a registration in which everything is chosen."""
    spec, candidate = roster_of(scheme), filled(scheme, actor)
    first = candidate.profiles.get().profile.code
    skills = [skill.code for skill in spec.skills if first in skill.profiles]
    saved(candidate, PageKind.SKILLS, actor, first, skills=skills)
    kinds = ["birth", "latin-names", "arabic-names", "standing", "contacts", "home", "profiles", "available"]
    of_profile = [[kind, first] for kind in ("trade", "skills", "mastery")]
    return [
        reverse("public:roster", args=[scheme.code]),
        *(reverse(f"portal:{name}", args=[scheme.code]) for name in ("roster", "roster_check")),
        reverse("portal:roster_documents", args=[scheme.code]),
        reverse("portal:roster_photo", args=[scheme.code, "passport"]),
        reverse("portal:roster_document", args=[scheme.code, "passport"]),
        reverse("portal:roster_rows", args=[scheme.code, "experience"]),
        reverse("portal:roster_row_add", args=[scheme.code, "experience"]),
        reverse("portal:roster_row_add", args=[scheme.code, "languages"]),
        *(reverse("portal:roster_page", args=[scheme.code, *page]) for page in [[k] for k in kinds]),
        *(reverse("portal:roster_page", args=[scheme.code, *page]) for page in of_profile),
        reverse("portal:roster_page", args=[scheme.code, "notice", spec.notices[0].controller]),
        reverse("portal:roster_page", args=[scheme.code, "consent", spec.consents[0].code]),
    ]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_page_has_a_barrier_or_scrolls_or_is_heavy(scheme, amina, open_page, language):
    found, weights = {}, {}
    for address in addresses(scheme, amina[1]):
        page = open_page(address, language=language, width=REFLOW, client=amina[0])
        weights[address] = sum(weight(page).values())
        fonts = [one for one in weight(page) if "woff" in one]
        found[address] = (axe_violations(page), overflow(page), fonts, weights[address] < MOST_BYTES)
        page.context.close()

    assert found == dict.fromkeys(found, ([], 0, [], True)), weights


def test_no_font_is_fetched_while_a_style_is_late(scheme, open_page):
    """A weak line brings one style seconds before the other: until both are there, nothing is drawn."""
    page = open_page("/status", language="ar", width=PHONE)
    page.route("**/roster.*css", lambda route: (sleep(3), route.continue_()))

    page.goto(page.url.replace("/status", reverse("public:roster", args=[scheme.code])))

    assert [one for one in weight(page) if "woff" in one] == []


def test_a_registration_goes_on_on_another_device(scheme, amina, open_page):
    begun(scheme, amina[1])
    first = open_page(
        reverse("portal:roster_page", args=[scheme.code, "home"]), language="fr", client=amina[0]
    )
    fill(first, ("town", "Fès"))
    go_on(first)

    other = open_page(reverse("portal:roster_page", args=[scheme.code, "home"]), width=PHONE, client=amina[0])

    assert other.locator("[name=town]").input_value() == "Fès"
