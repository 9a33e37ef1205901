"""Signing in, second factors and passwords, as those see them who are signed in."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.accounts.signing_in import code_now, give_password, give_second_factor, make_person, sign_in
from tests.browser.tools import REFLOW, axe_violations, overflow
from tragitto.accounts.models import User

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

PAGES = (
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/totp/deactivate/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/logout/",
    "/account/reauthenticate/",
)


@pytest.fixture(autouse=True)
def quick_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla() -> User:
    """Carla, case officer, with a password and an authenticator app."""
    user = make_person("Carla", "officer")
    give_password(user)
    give_second_factor(user)
    return user


@pytest.fixture
def elif_() -> User:
    """Elif of a partner: a password, and no second factor yet."""
    user = make_person("Elif", "partner", organisation="partner", kind="partner")
    give_password(user)
    return user


def measured(open_page, paths: tuple[str, ...], client: Client, language: str) -> dict[str, list[str]]:
    """What is wrong with each page, on a desk's width and on a telephone's."""
    found = {}
    for path in paths:
        page = open_page(path, language=language, client=client)
        assert path in page.url, f"led away to {page.url}"
        wrong = axe_violations(page)
        page.set_viewport_size({"width": REFLOW, "height": 900})
        wide = overflow(page)
        found[path] = wrong + ([f"{wide} points too wide"] if wide else [])
    return found


@pytest.mark.parametrize("language", ["it", "ar"])
def test_the_pages_of_an_account_have_no_barrier(carla, open_page, language):
    client = sign_in(Client(), carla)

    assert measured(open_page, PAGES, client, language) == {path: [] for path in PAGES}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_setting_up_an_authenticator_app_has_no_barrier(elif_, open_page, language):
    client = sign_in(Client(), elif_)

    pages = ("/account/2fa/totp/activate/",)
    assert measured(open_page, pages, client, language) == {path: [] for path in pages}


@pytest.mark.parametrize("language", ["it", "ar"])
def test_signing_in_with_a_code_works_without_a_script(carla, open_page, language):
    page = open_page("/account/login/", language=language, scripts=False)

    page.locator("#id_login").fill(carla.email)
    page.locator("#id_password").fill("a long walk from Tangier")
    page.locator("main button.btn-primary").click()
    page.locator("#id_code").fill(code_now(carla))
    page.locator("main button.btn-primary").first.click()

    expect(page).not_to_have_url(re.compile("/account/"))


@pytest.mark.parametrize("language", ["it", "ar"])
def test_the_question_for_the_code_has_no_barrier(carla, open_page, language):
    page = open_page("/account/login/", language=language)
    page.locator("#id_login").fill(carla.email)
    page.locator("#id_password").fill("a long walk from Tangier")
    page.locator("main button.btn-primary").click()

    expect(page).to_have_url(re.compile("authenticate"))
    assert axe_violations(page) == []


def test_a_refused_sign_in_says_so_to_everybody(carla, open_page):
    page = open_page("/account/login/")
    page.locator("#id_login").fill(carla.email)
    page.locator("#id_password").fill("not the password")
    page.locator("main button.btn-primary").click()

    expect(page.locator(".error-summary[role=alert]")).to_have_count(1)
    assert axe_violations(page) == []
