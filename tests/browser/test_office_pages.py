"""The office's pages: no barrier axe can see, no sideways scrolling, a finding judged by keyboard alone."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.web.office import world as making
from tests.web.office.world import STORY, World, enter, person
from tragitto.employers.models import ARRIVAL, Expression, Judgement
from tragitto.records.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def world(transactional_db, settings, tmp_path) -> Iterator[World]:
    """The story of the first call, committed, on the office's day."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name, value in making.documents(tmp_path).items():
        setattr(settings, name, value)
    settings.CLOCK_SHIFT = making.clock_shift(making.OFFICE_DAY)
    world = making.build(tmp_path)
    for filing in [each for each in STORY.filings if each.call == world.call.code][:5]:
        world.post_filing(filing)
    for oddity in STORY.oddities:
        world.post_oddity(oddity)
    return world


@pytest.fixture
def dario(world) -> Client:
    """Dario, who reviews, sorts and publishes, signed in: he sees every form there is."""
    return enter(Client(), person("Dario", "reviewer", "officer", "publisher", office=world.call.publisher))


@pytest.fixture
def expression(world) -> Expression:
    return Expression.objects.filter(call=world.call).order_by(*ARRIVAL)[0]


def addresses(world: World, expression: Expression) -> list[str]:
    """Every page of the office, once."""
    waiting = Message.objects.waiting().order_by("pk")[0]
    by_call = ("call_queue", "call", "admitted")
    return [
        *(reverse(f"office:{name}") for name in ("home", "calls", "sorting", "law", "ledger", "access")),
        *(reverse(f"office:{name}", args=[world.call.code]) for name in by_call),
        reverse("office:expression", args=[expression.code]),
        reverse("office:message", args=[waiting.code]),
        reverse("office:register_year", args=[making.OFFICE_DAY.year]),
        reverse("office:law_parameter", args=[world.call.review_term]),
    ]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_axe_finds_nothing_on_any_page(world, expression, dario, open_page, language):
    pages = addresses(world, expression)

    found = {path: axe_violations(open_page(path, language=language, client=dario)) for path in pages}

    assert {path: violations for path, violations in found.items() if violations} == {}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_nothing_scrolls_sideways_at_400_percent(world, expression, dario, open_page, language):
    pages = addresses(world, expression)

    wider = {path: overflow(open_page(path, language=language, width=REFLOW, client=dario)) for path in pages}

    assert {path: points for path, points in wider.items() if points} == {}


def test_a_finding_is_judged_by_keyboard_alone(world, expression, dario, open_page):
    page = open_page(reverse("office:expression", args=[expression.code]), client=dario)
    finding = page.locator(".finding:has(.tone-open)").first
    code = finding.get_attribute("id")
    tab_to(page, f"#{code} details.judge summary")

    page.keyboard.press("Enter")
    tab_to(page, f"#{code} input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, f"#{code} textarea")
    page.keyboard.type("Seen on paper.")
    tab_to(page, f"#{code} form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Judgement.objects.get(finding__code=code).ground == "Seen on paper."
    assert page.url.endswith(f"#{code}")


def test_a_refused_judgement_leads_back_to_its_field(world, expression, dario, open_page):
    page = open_page(reverse("office:expression", args=[expression.code]), client=dario)
    finding = page.locator(".finding:has(.tone-open)").first

    finding.locator("details.judge summary").click()
    finding.locator("form button").click()

    expect(page.locator(".error-summary:focus")).to_have_count(1)
    assert axe_violations(page) == []


def tab_to(page, selector: str, most: int = 120) -> None:
    """Press Tab until the focus is on the first element of `selector`."""

    def reached() -> bool:
        return page.evaluate(
            "selector => document.activeElement === document.querySelector(selector)", selector
        )

    for _press in range(most):
        if reached():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by Tab")
