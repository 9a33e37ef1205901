"""Signing in through the pages: passwords, second factors, and what is counted."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.signing_in import (
    HOUSE,
    PASSWORD,
    code_now,
    enter_password,
    give_password,
    give_second_factor,
    make_person,
    sign_in,
)
from tests.conftest import NOON
from tragitto.accounts import actions
from tragitto.accounts.models import User
from tragitto.ledger.models import Entry

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


def shown_errors(answer) -> list[str]:
    return [str(error) for error in answer.context["form"].non_field_errors()]


def test_a_wrong_password_is_refused(client, nadia):
    enter_password(client, nadia, WRONG)

    assert not is_signed_in(client)


def test_the_password_signs_in_where_no_factor_is_set_up(client, nadia):
    enter_password(client, nadia)

    assert is_signed_in(client)


def test_the_address_may_be_written_in_capitals(client, nadia):
    client.post(LOGIN, {"login": "NADIA@example.test", "password": PASSWORD})

    assert is_signed_in(client)


def test_with_a_factor_the_password_alone_opens_nothing(client, nadia):
    give_second_factor(nadia)

    answer = enter_password(client, nadia)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_a_wrong_code_is_refused(client, nadia):
    give_second_factor(nadia)
    enter_password(client, nadia)

    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert not is_signed_in(client)


def test_a_code_is_good_once(client, nadia):
    with time_machine.travel(NOON, tick=False):
        give_second_factor(nadia)
        sign_in(client, nadia)
        client.logout()
        enter_password(client, nadia)
        client.post(reverse("mfa_authenticate"), {"code": code_now(nadia)})

    assert not is_signed_in(client)


def test_the_code_of_half_a_minute_ago_is_too_old(client, nadia):
    give_second_factor(nadia)
    with time_machine.travel(NOON, tick=False) as clock:
        enter_password(client, nadia)
        code = code_now(nadia)
        clock.shift(31)
        client.post(reverse("mfa_authenticate"), {"code": code})

    assert not is_signed_in(client)


def test_the_password_is_asked_anew_when_the_code_comes_too_late(client, nadia):
    give_second_factor(nadia)
    with time_machine.travel(NOON, tick=False) as clock:
        enter_password(client, nadia)
        clock.shift(16 * 60)
        client.post(reverse("mfa_authenticate"), {"code": code_now(nadia)})

    assert not is_signed_in(client)


def test_an_account_closed_cannot_sign_in(client, nadia):
    User.objects.filter(pk=nadia.pk).update(is_active=False)

    enter_password(client, nadia)

    assert not is_signed_in(client)


def test_five_wrong_passwords_close_an_account_for_ten_minutes(client, nadia):
    with time_machine.travel(NOON, tick=False) as clock:
        for _attempt in range(5):
            enter_password(client, nadia, WRONG)
        enter_password(client, nadia)
        assert not is_signed_in(client)

        clock.shift(timedelta(minutes=11))
        enter_password(client, nadia)
        assert is_signed_in(client)


def test_wrong_passwords_are_counted_for_addresses_without_account_too(client, nadia):
    answers = [
        client.post(LOGIN, {"login": "nobody@example.test", "password": WRONG}) for _attempt in range(6)
    ]
    for _attempt in range(6):
        known = enter_password(client, nadia, WRONG)

    assert shown_errors(known) == shown_errors(answers[-1])


def test_many_accounts_cannot_be_tried_from_one_address(client, nadia):
    for number in range(20):
        client.post(LOGIN, {"login": f"{number}@example.test", "password": WRONG})

    enter_password(client, nadia)

    assert not is_signed_in(client)


def test_wrong_codes_are_counted_across_sign_ins(client, nadia):
    give_second_factor(nadia)
    for _attempt in range(5):
        enter_password(client, nadia)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        client.cookies.clear()

    enter_password(client, nadia)
    client.post(reverse("mfa_authenticate"), {"code": code_now(nadia)})

    assert not is_signed_in(client)


def test_the_counts_hold_across_web_processes():
    cache.set("count", 1)

    assert type(cache).__name__ == "ConnectionProxy"
    assert configured.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(client, nadia):
    known = enter_password(client, nadia, WRONG)
    unknown = client.post(LOGIN, {"login": "nobody@example.test", "password": WRONG})

    assert (known.status_code, shown_errors(known)) == (unknown.status_code, shown_errors(unknown))


@pytest.mark.slow
def test_an_unknown_address_takes_as_long_as_a_wrong_password(client, settings, nadia):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    give_password(nadia)

    def quickest(address: str) -> float:
        times = []
        for _attempt in range(4):
            began = time.perf_counter()
            client.post(LOGIN, {"login": address, "password": WRONG})
            times.append(time.perf_counter() - began)
        return min(times)

    known, unknown = quickest(nadia.email), quickest("nobody@example.test")

    assert 0.5 < known / unknown < 2


def test_passwords_are_hashed_with_scrypt(settings, nadia):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

    actions.set_password(user=nadia, password=PASSWORD, actor=HOUSE, at=NOON)

    assert nadia.password.startswith("scrypt$")
    assert check_password(PASSWORD, nadia.password)


@pytest.mark.parametrize(
    "path",
    [
        "/account/email/",
        "/account/3rdparty/",
        "/account/3rdparty/signup/",
        "/account/password/set/",
        "/account/confirm-email/",
    ],
)
def test_nobody_opens_an_account_or_changes_an_address_here(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "x@example.test", "password1": PASSWORD}).status_code == 404
    assert not User.objects.exists()


def test_the_way_back_after_signing_in_leads_nowhere_else(client, nadia):
    answer = client.post(f"{LOGIN}?next=https://evil.example/", {"login": nadia.email, "password": PASSWORD})

    assert answer["Location"] == configured.LOGIN_REDIRECT_URL


def test_a_sign_in_is_written_down_with_its_methods(client, carla_herself):
    sign_in(client, carla_herself)

    entry = Entry.objects.get(verb="person.signed_in")

    assert (entry.subject, entry.door, entry.facts) == (
        carla_herself.code,
        "sign-in",
        {"methods": ["password", "mfa"]},
    )


def test_an_officer_cannot_give_up_the_only_second_factor(client, carla_herself):
    sign_in(client, carla_herself)

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=carla_herself, type="totp").exists()


def test_a_person_without_an_office_role_may_give_it_up(client, nadia):
    give_second_factor(nadia)
    sign_in(client, nadia)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=nadia).exists()


def test_a_passkey_must_ask_who_holds_it(client):
    answer = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})

    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"
