"""The parts on their specimen pages: forms with their errors, tables, states, the office's frame."""

import pytest
from playwright.sync_api import expect

from tests.browser.tools import REFLOW, axe_violations, overflow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.urls("tests.browser.specimen"),
]


@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize("path", ["/specimen/office/", "/specimen/form/"])
def test_axe_finds_nothing(open_page, path, language):
    page = open_page(path, language=language)

    assert axe_violations(page) == []


@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize("path", ["/specimen/office/", "/specimen/form/"])
def test_nothing_scrolls_sideways_at_400_percent(open_page, path, language):
    page = open_page(path, language=language, width=REFLOW)

    assert overflow(page) == 0


@pytest.mark.parametrize("language", ["it", "ar"])
def test_a_refused_form_has_no_barrier(open_page, language):
    page = open_page("/specimen/form/", language=language)

    page.locator("main button").click()

    assert axe_violations(page) == []


def test_a_refused_form_leads_to_its_first_field_without_a_script(open_page):
    page = open_page("/specimen/form/", scripts=False)

    page.locator("main button").click()
    page.locator(".error-summary a").first.click()

    expect(page.locator("#id_firm:focus")).to_have_count(1)


def test_the_summary_of_errors_has_the_focus(open_page):
    page = open_page("/specimen/form/")

    page.locator("main button").click()

    expect(page.locator(".error-summary:focus")).to_have_count(1)


def test_a_code_reads_from_left_to_right_in_arabic(open_page):
    page = open_page("/specimen/office/", language="ar")

    code = page.locator("h1 bdi.code")
    assert code.evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_arrows_turn_with_the_reading(open_page):
    page = open_page("/specimen/office/", language="ar")

    arrow = page.locator(".pages .icon-mirrored").first
    assert arrow.evaluate("element => new DOMMatrix(getComputedStyle(element).transform).a") == -1
