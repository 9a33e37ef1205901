"""The pages of a call as an act: no barrier axe can see, no sideways scrolling, saved without a script."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.schemes.making import texts
from tests.web.office import world as making
from tests.web.office.world import OFFICE_DAY, World, actor, enter, person
from tragitto.accounts.models import User
from tragitto.schemes import actions
from tragitto.schemes.models import Call

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SECTIONS = ("identity", "filing", "text-who", "criteria", "review", "hand-over", "choices", "notice")


@pytest.fixture
def world(transactional_db, settings, tmp_path) -> Iterator[World]:
    """Published calls, on the office's day."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name, value in making.documents(tmp_path).items():
        setattr(settings, name, value)
    settings.CLOCK_SHIFT = making.clock_shift(making.OFFICE_DAY)
    return making.build(tmp_path)


@pytest.fixture
def elena(world) -> User:
    """Elena, who drafts and publishes."""
    return person("Elena", "officer", "publisher", office=world.call.publisher)


@pytest.fixture
def draft(world, elena) -> Call:
    """A copy of the first call, begun by Elena."""
    titles = {"title": texts("Second round"), "summary": texts("Again")}
    begun = {"code": "second-round", "region": world.call.region, "copied_from": world.call, **titles}
    return actions.begin_draft(**begun, actor=actor(elena), at=OFFICE_DAY)


def addresses(world: World, draft: Call) -> list[str]:
    """Every page about the acts of a call, once."""
    by_call = ("act_links", "leaflets", "call")
    return [
        reverse("office:act_new"),
        reverse("office:act", args=[draft.code]),
        reverse("office:call", args=[draft.code]),
        *(reverse("office:act_section", args=[draft.code, section]) for section in SECTIONS),
        *(reverse("office:act_row", args=[draft.code, "criteria", row]) for row in ("2", "new")),
        reverse("office:act_row", args=[draft.code, "hand-over", "0"]),
        reverse("office:act_correct", args=[world.call.code, "who"]),
        *(reverse(f"office:{name}", args=[world.call.code]) for name in by_call),
    ]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_axe_finds_nothing_on_any_page_of_an_act(world, draft, elena, open_page, language):
    client = enter(Client(), elena)

    found = {
        path: axe_violations(open_page(path, language=language, client=client))
        for path in addresses(world, draft)
    }

    assert {path: violations for path, violations in found.items() if violations} == {}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_no_page_of_an_act_scrolls_sideways_at_400_percent(world, draft, elena, open_page, language):
    client = enter(Client(), elena)

    wider = {
        path: overflow(open_page(path, language=language, width=REFLOW, client=client))
        for path in addresses(world, draft)
    }

    assert {path: points for path, points in wider.items() if points} == {}


def test_a_part_is_saved_without_a_script(world, draft, elena, open_page):
    path = reverse("office:act_section", args=[draft.code, "identity"])
    page = open_page(path, client=enter(Client(), elena), scripts=False)

    page.locator("#id_act").fill("Determinazione 7")
    page.locator("form button.btn-primary").first.click()

    draft.refresh_from_db()
    assert draft.act == "Determinazione 7"
