"""The desk of duplicates in a browser: no barrier, no sideways scrolling, somebody seen while being typed."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.candidates.making import NOON, make_candidate, make_scheme
from tests.web.office import world as making
from tests.web.office.world import World, enter, person
from tragitto.candidates.actions import likeness
from tragitto.candidates.models import LikePair
from tragitto.kernel.actors import Actor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LANGUAGES = ["it", "ar"]
BORN = date(1998, 3, 14)


@pytest.fixture
def world(transactional_db, settings, tmp_path) -> Iterator[World]:
    """The published calls, on the office's day of the story."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name, value in making.documents(tmp_path).items():
        setattr(settings, name, value)
    settings.CLOCK_SHIFT = making.clock_shift(making.OFFICE_DAY)
    return making.build(tmp_path)


@pytest.fixture
def carla_in(world) -> Client:
    return enter(Client(), person("Carla", "officer", office=world.call.publisher))


@pytest.fixture
def pair(world) -> LikePair:
    """Amina, registered a second time by ear."""
    scheme = make_scheme()
    first = make_candidate(scheme, birth_on=BORN)
    second = make_candidate(scheme, birth_on=BORN, surnames="IDRISSI", given_names="AMEENA", passport=None)
    likeness.note(candidates=[second.pk], scheme=scheme.pk, actor=Actor.system("task"), at=NOON)
    return LikePair.objects.select_related("first", "second").get(first=first, second=second)


def pages(pair: LikePair) -> list[str]:
    return [
        reverse("office:roster_duplicates"),
        reverse("office:roster_pair", args=[pair.code]),
        reverse("office:roster_like"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(carla_in, pair, open_page, language):
    found, wide = {}, {}
    for path in pages(pair):
        found[path] = axe_violations(open_page(path, language=language, client=carla_in))
        wide[path] = overflow(open_page(path, language=language, width=REFLOW, client=carla_in))

    assert found == {path: [] for path in pages(pair)}
    assert wide == dict.fromkeys(pages(pair), 0)


def test_somebody_is_seen_while_being_typed(carla_in, pair, open_page):
    page = open_page(reverse("office:roster_like"), client=carla_in)

    page.locator("[name=surnames]").press_sequentially("idrissi")
    page.locator("[name=given_names]").press_sequentially("amina")
    page.locator("[name=birth_on]").fill("1998-03-14")

    page.get_by_text(pair.first.code).wait_for()


def test_the_two_are_told_apart_with_keys_alone(carla_in, pair, open_page):
    page = open_page(reverse("office:roster_duplicates"), client=carla_in)
    page.locator("[data-keys=list]").focus()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#place")
    page.locator("[name=apart-ground]").press_sequentially("Due carte viste insieme")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/duplicates/")

    pair.refresh_from_db()
    assert pair.state == "different"
