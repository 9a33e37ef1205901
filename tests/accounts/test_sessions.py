"""How long a sign-in lasts, and what ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as configured
from django.urls import reverse
from django.utils import timezone

from tests.accounts.signing_in import (
    HOUSE,
    code_now,
    enter_password,
    give_password,
    give_second_factor,
    make_person,
    sign_in,
)
from tests.conftest import NOON
from tragitto.accounts import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_counts")]
LOGIN = "/account/login/"
WRONG = "not the password"


@pytest.fixture
def nadia():
    """Nadia, with a password, no roles and no second factor."""
    nadia = make_person("Nadia")
    give_password(nadia)
    return nadia


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_session_gets_a_new_key_at_sign_in(client, nadia):
    give_second_factor(nadia)
    client.get(LOGIN)
    enter_password(client, nadia)
    before = client.session.session_key

    client.post(reverse("mfa_authenticate"), {"code": code_now(nadia)})

    assert is_signed_in(client)
    assert client.session.session_key != before


def test_signing_out_ends_the_session_on_the_server(client, nadia):
    sign_in(client, nadia)
    kept = client.cookies[configured.SESSION_COOKIE_NAME].value

    client.post(reverse("account_logout"))
    client.cookies[configured.SESSION_COOKIE_NAME] = kept

    assert not is_signed_in(client)


def test_a_link_cannot_sign_anybody_out(client, nadia):
    sign_in(client, nadia)

    client.get(reverse("account_logout"))

    assert is_signed_in(client)


def test_the_cookie_ends_with_the_browser_and_is_closed_to_scripts(client, nadia):
    sign_in(client, nadia)

    cookie = client.cookies[configured.SESSION_COOKIE_NAME]

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


@pytest.mark.parametrize(("minutes", "is_in"), [(59, True), (61, False)])
def test_an_hour_without_a_click_ends_the_session(client, nadia, minutes, is_in):
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client, nadia)
        clock.shift(timedelta(minutes=minutes))
        client.get("/")

        assert is_signed_in(client) is is_in


@pytest.mark.parametrize(("hours", "is_in"), [(7, True), (8, False)])
def test_eight_hours_end_the_session_whatever_one_does(client, nadia, hours, is_in):
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client, nadia)
        for _half_hour in range(2 * hours):
            clock.shift(timedelta(minutes=30))
            client.get("/")

        assert is_signed_in(client) is is_in


def test_a_new_password_ends_the_other_sessions(client, nadia):
    sign_in(client, nadia)

    actions.set_password(user=nadia, password="another long password", actor=HOUSE, at=NOON)

    assert client.get(reverse("mfa_index"))["Location"].startswith(LOGIN)


def test_a_reset_second_factor_ends_the_sessions(client, carla_herself):
    sign_in(client, carla_herself)

    actions.reset_second_factor(user=carla_herself, actor=HOUSE, at=NOON)

    assert client.get(reverse("mfa_index"))["Location"].startswith(LOGIN)


def test_sensitive_pages_ask_again_five_minutes_after_signing_in(client, carla_herself):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, carla_herself)
        assert client.get(reverse("mfa_view_recovery_codes")).status_code != 302

        clock.shift(timedelta(minutes=6))
        answer = client.get(reverse("mfa_deactivate_totp"))

    assert answer["Location"].startswith(reverse("account_reauthenticate"))
