"""Passwords: set by invitation, forgotten, set anew."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from tests.accounts.signing_in import (
    HOUSE,
    PASSWORD,
    enter_password,
    give_password,
    give_second_factor,
    make_person,
)
from tests.conftest import NOON
from tragitto.accounts import actions
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


def invitation_of(user) -> str:
    uid, _dash, key = actions.invite(user=user, actor=HOUSE, at=NOON).partition("-")
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})


def set_password_by(client, link: str, password: str):
    page = client.get(link)
    target = page["Location"] if page.status_code == 302 else link
    return client.post(target, {"password1": password, "password2": password})


def test_an_invitation_lets_the_person_set_a_password(client):
    greta = make_person("Greta", "officer")

    set_password_by(client, invitation_of(greta), PASSWORD)

    greta.refresh_from_db()
    assert greta.check_password(PASSWORD)
    assert not is_signed_in(client)
    assert Entry.objects.filter(verb="person.password_set", subject=greta.code).count() == 1


def test_an_invitation_is_good_once(client):
    greta = make_person("Greta", "officer")
    link = invitation_of(greta)
    set_password_by(client, link, PASSWORD)

    set_password_by(client, link, "another long password")

    greta.refresh_from_db()
    assert greta.check_password(PASSWORD)


def test_an_invitation_ends_after_three_days(client):
    greta = make_person("Greta", "officer")
    with time_machine.travel(NOON, tick=False) as clock:
        link = invitation_of(greta)
        clock.shift(timedelta(days=3, minutes=1))
        set_password_by(client, link, PASSWORD)

    greta.refresh_from_db()
    assert not greta.has_usable_password()


@pytest.mark.parametrize("weak", ["short", "password1234", "nadia@example.test"])
def test_a_weak_password_is_refused(client, weak):
    nadia = make_person("Nadia")

    set_password_by(client, invitation_of(nadia), weak)

    nadia.refresh_from_db()
    assert not nadia.has_usable_password()


def test_a_forgotten_password_is_set_anew_by_mail(client, nadia):
    client.post(reverse("account_reset_password"), {"email": "Nadia@example.test"})
    (message,) = mail.outbox
    link = next(word for word in message.body.split() if "/password/reset/key/" in word)

    set_password_by(client, link.removeprefix("http://testserver"), "another long password")

    nadia.refresh_from_db()
    assert message.to == ["nadia@example.test"]
    assert nadia.check_password("another long password")


def test_a_forgotten_password_tells_nobody_who_has_an_account(client, nadia):
    known = client.post(reverse("account_reset_password"), {"email": "nadia@example.test"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.test"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [["nadia@example.test"]]


def test_a_new_password_does_not_replace_the_second_factor(client, nadia):
    give_second_factor(nadia)
    set_password_by(client, invitation_of(nadia), "another long password")

    enter_password(client, nadia, "another long password")

    assert not is_signed_in(client)
