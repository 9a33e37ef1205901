"""Signing in with a code, in a browser: no barrier, no sideways scrolling, light, whole without scripts."""

import re

import pytest
from django.core.cache import cache
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.texting import code_in, texter, work  # noqa: F401
from tests.browser.tools import REFLOW, axe_violations, overflow, weight
from tragitto.accounts.models import User

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("texter"),
]
ASK = "/sign-in/code/"


@pytest.fixture(autouse=True)
def no_counts(transactional_db):
    """No codes asked for by earlier stories, and no jobs left to later ones."""
    cache.clear()
    yield
    ProcrastinateJob.objects.all().delete()


LANGUAGES = ["it", "fr", "ar", "en"]


def send(page) -> None:
    page.locator("#main input[name=address]").fill("06 12 34 56 78")
    page.locator("#main button").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_and_a_code_sign_in_without_scripts(open_page, texter, language):  # noqa: F811
    page = open_page(f"{ASK}?next=/portal/", language=language, width=390, scripts=False)
    send(page)
    work()
    page.locator("#main input[name=code]").fill(code_in(texter.arrived[-1][1]))
    page.locator("#main button").click()

    assert re.search(r"/portal/$", page.url)
    assert User.objects.get().phone == "+212612345678"


@pytest.mark.parametrize("language", ["it", "ar"])
def test_no_barrier_and_no_sideways_scrolling(open_page, language):
    page = open_page(ASK, language=language, width=REFLOW)
    found = [axe_violations(page), overflow(page)]
    send(page)
    page.wait_for_url("**/enter/")

    assert [*found, axe_violations(page), overflow(page)] == [[], 0, [], 0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_weighs_less_than_100_kb(open_page, language):
    page = open_page(ASK, language=language, width=390)
    page.evaluate("document.fonts.ready")

    assert sum(weight(page).values()) < 100_000, weight(page)
