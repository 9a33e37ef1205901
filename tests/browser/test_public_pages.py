"""The public pages: no barrier axe can see, no sideways scrolling, light, and whole without scripts."""

import pytest

from tests.browser.tools import REFLOW, axe_violations, overflow, weight

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "/",
    "/accessibility/",
    "/privacy/",
    "/status",
    "/account/login/",
    "/account/password/reset/",
    "/nowhere",
)
BUDGET = 100_000


@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page, path, language):
    page = open_page(path, language=language)

    assert axe_violations(page) == []


@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_400_percent(open_page, path, language):
    page = open_page(path, language=language, width=REFLOW)

    assert overflow(page) == 0


def test_axe_can_complain(open_page):
    page = open_page("/account/login/")
    page.evaluate("document.querySelector('label[for=id_login]').remove()")

    assert any(found.startswith("label:") for found in axe_violations(page))


def test_the_measure_of_width_can_complain(open_page):
    page = open_page("/", width=REFLOW)
    page.evaluate("document.querySelector('h1').style.inlineSize = '500px'")

    assert overflow(page) > 0


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_the_first_view_weighs_less_than_100_kb(open_page, language):
    page = open_page("/", language=language, width=390)
    page.evaluate("document.fonts.ready")

    came = weight(page)
    assert sum(came.values()) < BUDGET, came
    assert min(came.values()) > 0, "something came from a cache: not a first view"


def test_an_italian_page_fetches_no_arabic_font(open_page):
    page = open_page("/")
    page.evaluate("document.fonts.ready")

    assert [address for address in weight(page) if "arabic" in address] == []


def test_the_language_is_changed_without_a_script(open_page):
    page = open_page("/privacy/", scripts=False)

    page.get_by_role("button", name="العربية").click()

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.url.endswith("/privacy/")


def test_arabic_pages_begin_on_the_right(open_page):
    page = open_page("/", language="ar")

    brand, navigation = page.locator(".brand").bounding_box(), page.locator(".site-nav").bounding_box()
    assert brand["x"] > navigation["x"]


def test_the_first_tab_stop_skips_to_the_content(open_page):
    page = open_page("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
