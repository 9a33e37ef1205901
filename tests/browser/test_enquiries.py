"""Asking for information and answering it, in a browser: no barrier, no sideways scrolling, no script."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.web.office import world as making
from tests.web.office.asking import asked
from tests.web.office.world import World, enter, person
from tragitto.employers import actions
from tragitto.employers.models import Enquiry
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.vocabulary import ContactChannel, ContactOutcome
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LANGUAGES = ["it", "ar"]


@pytest.fixture
def world(transactional_db, settings, tmp_path) -> Iterator[World]:
    """The published calls, on the office's day of the story."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name, value in making.documents(tmp_path).items():
        setattr(settings, name, value)
    settings.CLOCK_SHIFT = making.clock_shift(making.OFFICE_DAY)
    return making.build(tmp_path)


@pytest.fixture
def ada_in(world) -> Client:
    """Ada, administrator and case officer, signed in: she sees every form there is."""
    return enter(Client(), person("Ada", "administrator", "officer", office=world.call.publisher))


@pytest.fixture
def enquiry(world, ada_in) -> Enquiry:
    """A request of Bruno's that was called back once, with what he needs."""
    office, at = world.call.publisher.code, clock.now()
    manager = queries.may_manage(office, on=at.date())[0]
    ada = Actor(manager.code, office, frozenset({"administrator", "officer"}), "office")
    area = actions.Area(manager.code, at.date(), ("BG", "BS"), ("25", "28"))
    actions.set_portfolio(
        scheme=world.call.scheme, organisation=world.call.publisher, area=area, actor=ada, at=at
    )
    enquiry = asked(world)
    now = clock.now()
    said = actions.Said(ContactChannel.PHONE, ContactOutcome.NOT_REACHED, now, "Nessuna risposta.")
    actions.record_contact(enquiry=enquiry, said=said, actor=ada, at=now)
    profile = world.call.scheme.profiles.order_by("position")[0].code
    actions.record_needs(enquiry=enquiry, needs=[actions.Need(profile, 3, "BG")], actor=ada, at=now)
    return enquiry


def public(world: World, enquiry: Enquiry) -> list[str]:
    """The pages of whoever asks."""
    return [
        reverse("public:call", args=[world.call.code]),
        reverse("public:enquiry", args=[world.call.code]),
        reverse("public:enquiry_state", args=[queries.secret_of(enquiry.code)]),
    ]


def office(enquiry: Enquiry) -> list[str]:
    """The pages of whoever answers."""
    names = [reverse(f"office:{name}") for name in ("enquiries", "portfolios", "needs")]
    return [*names, f"{reverse('office:enquiry', args=[enquiry.code])}?template=first-answer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(world, enquiry, ada_in, open_page, language):
    pages = [*public(world, enquiry), *office(enquiry)]

    found = {path: axe_violations(open_page(path, language=language, client=ada_in)) for path in pages}

    assert found == {path: [] for path in pages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_scrolls_sideways_at_400_percent(world, enquiry, ada_in, open_page, language):
    pages = [*public(world, enquiry), *office(enquiry)]

    wide = {path: overflow(open_page(path, language=language, width=REFLOW, client=ada_in)) for path in pages}

    assert wide == dict.fromkeys(pages, 0)


def test_bruno_asks_without_a_script(world, open_page):
    page = open_page(reverse("public:enquiry", args=[world.call.code]), scripts=False, width=390)

    page.fill("#id_enterprise_name", "Officine Bruno S.r.l.")
    page.select_option("#id_province", "BG")
    page.fill("#id_contact_name", "Bruno Bianchi")
    page.fill("#id_contact_email", "bruno@officine.example")
    page.click("main button.btn-primary")
    page.wait_for_url("**/enquiries/**")

    assert Enquiry.objects.get().code in page.inner_text("h1")
