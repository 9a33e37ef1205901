"""Letters in a real browser: no barriers, no sideways scrolling, written and sent without a mouse."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_mail_pages import PHONE, settled
from tests.browser.test_office_pages import dario, tab_to, world  # noqa: F401  fixtures
from tests.browser.tools import REFLOW, axe_violations, overflow
from tests.web.office import lettering
from tests.web.office.world import enter, person
from tragitto.employers.models import ARRIVAL, Expression, Letter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def expressions(world) -> list[Expression]:  # noqa: F811
    return list(Expression.objects.filter(call=world.call).order_by(*ARRIVAL))


@pytest.fixture
def carla(world, client):  # noqa: F811
    return enter(client, person("Carla", "officer", office=world.call.publisher))


def addresses(world, expressions) -> list[str]:  # noqa: F811
    """Every page of letters, once."""
    waiting = lettering.written(world, expressions[0])
    observed = lettering.observed(world, expressions[1])
    lettering.untold(world, expressions[2])
    lists = ("letters", "letters_decisions", "letters_starts", "letters_observations")
    return [
        *(reverse(f"office:{name}") for name in lists),
        reverse("office:letter", args=[waiting.code]),
        reverse("office:letter", args=[observed.letter.code]),
        reverse("office:write_letter", args=[expressions[3].code, "soccorso_istruttorio"]),
        reverse("office:write_letter", args=[expressions[3].code, "start_notice"]),
        reverse("office:expression", args=[expressions[0].code]),
    ]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_neither_axe_nor_a_narrow_screen_finds_a_barrier(world, expressions, carla, open_page, language):  # noqa: F811
    found = {}
    for path in addresses(world, expressions):
        page = settled(open_page(path, language=language, client=carla))
        barriers = axe_violations(page)
        for width in (PHONE, REFLOW):
            page.set_viewport_size({"width": width, "height": 900})
            barriers += axe_violations(page) if width == PHONE else []
            barriers += [f"{overflow(page)} points too wide at {width}"] if overflow(page) else []
        found[path] = barriers

    assert {path: barriers for path, barriers in found.items() if barriers} == {}


def test_a_request_is_written_and_sent_without_a_mouse(world, expressions, carla, open_page):  # noqa: F811
    path = reverse("office:write_letter", args=[expressions[0].code, "soccorso_istruttorio"])
    page = settled(open_page(path, language="en", client=carla))
    tab_to(page, "[name=other]")
    page.keyboard.type("Manca la visura.")
    tab_to(page, ".form-actions .btn-primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img").first).to_be_visible()

    tab_to(page, "form[action$=sending] button")
    page.keyboard.press("Enter")

    expect(page.locator(".notice.tone-good")).to_be_visible()
    assert Letter.objects.get(expression=expressions[0]).has_left
