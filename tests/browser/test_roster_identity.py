"""Who people are, in a browser: no barrier axe can see, no sideways scrolling, confirmed without a script."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.candidates.making import make_candidate, make_scheme
from tests.candidates.papers import passport_page, passport_zone, photo_of
from tests.candidates.test_identifying import PASSPORT
from tests.web.office import world as making
from tests.web.office.world import OFFICE_DAY, enter, person
from tragitto.accounts.models import Organisation
from tragitto.candidates.actions import identifying
from tragitto.candidates.models import Candidate, Identity
from tragitto.candidates.vocabulary import FilePurpose
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import RosterStatus

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def amina(transactional_db, settings) -> Iterator[Candidate]:
    """Amina, who typed one letter less than the passport in her photo has."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CLOCK_SHIFT = making.clock_shift(OFFICE_DAY)
    amina = make_candidate(
        make_scheme(), account="U-AMINA", status=RosterStatus.CHECKING, surnames="EL IDRISI", passport=None
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
def carla_in(amina) -> Client:
    keeper = Organisation.objects.filter(roster_duties__duty="keeps").order_by("code")[0]
    return enter(Client(), person("Carla", "officer", office=keeper))


def addresses(amina: Candidate) -> list[str]:
    document = reverse("office:roster_document", args=[amina.code])
    return [
        reverse("office:roster_to_check"),
        reverse("office:roster_documents"),
        f"{document}?from={amina.documents.get().code}",
        reverse("office:roster_person", args=[amina.code]),
    ]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_axe_finds_nothing(amina, carla_in, open_page, language):
    found = {}
    for address in addresses(amina):
        page = open_page(address, language=language, client=carla_in)
        found[address] = axe_violations(page)

    assert found == {address: [] for address in addresses(amina)}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_nothing_scrolls_sideways_at_400_percent(amina, carla_in, open_page, language):
    wide = {
        address: overflow(open_page(address, language=language, width=REFLOW, client=carla_in))
        for address in addresses(amina)
    }

    assert wide == dict.fromkeys(addresses(amina), 0)


def test_an_identity_is_confirmed_without_a_script(amina, carla_in, open_page):
    page = open_page(addresses(amina)[-1], language="en", scripts=False, client=carla_in)

    page.get_by_label("the photo").check()
    page.get_by_role("button", name="Confirm: this is the person").click()

    assert page.get_by_text("Confirmed: from now on").is_visible()
    assert Identity.objects.get(candidate=amina).surnames == "EL IDRISSI"
