"""The pages of the calls with the shipped calls in them."""

import pytest

from tests.browser.tools import REFLOW, axe_violations, overflow, weight
from tests.web.calls import load_the_shipped_calls, publish_all

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def addresses() -> list[str]:
    """Home, the list, and each published call."""
    return ["/", "/calls/", *(f"/calls/{call.code}/" for call in publish_all(load_the_shipped_calls()))]


@pytest.mark.parametrize("language", ["it", "ar"])
def test_axe_finds_nothing_in_the_calls(addresses, open_page, language):
    found = {address: axe_violations(open_page(address, language=language)) for address in addresses}

    assert found == {address: [] for address in addresses}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_calls_do_not_scroll_sideways_at_400_percent(addresses, open_page, language):
    wide = {address: overflow(open_page(address, language=language, width=REFLOW)) for address in addresses}

    assert wide == dict.fromkeys(addresses, 0)


@pytest.mark.parametrize("language", ["it", "ar"])
def test_a_call_read_first_weighs_less_than_100_kb(addresses, open_page, language):
    page = open_page(addresses[-2], language=language, width=390)
    page.evaluate("document.fonts.ready")

    assert sum(weight(page).values()) < 100_000, weight(page)


def test_a_blank_form_is_fetched_without_a_script(addresses, open_page):
    page = open_page(addresses[-2], scripts=False)

    with page.expect_download() as fetched:
        page.locator("a[download]").first.click()

    assert fetched.value.suggested_filename.endswith(".pdf")
