"""Greta's first day: from the invitation to her desk, through the pages alone."""

import pytest
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from click.testing import CliRunner
from django.conf import settings
from django.urls import reverse

from tests.accounts.signing_in import PASSWORD
from tragitto.accounts.models import User
from tragitto.cli import people
from tragitto.ledger.models import Entry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.accounts.office_pages"),
    pytest.mark.usefixtures("no_counts", "office"),
]


def shown_by_the_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_greta_comes_from_her_invitation_to_her_desk(client):
    added = CliRunner().invoke(
        people.add, ["greta@example.test", "--name", "Greta", "--organisation", "office", "--role", "officer"]
    )
    link = next(word for word in added.output.split() if "://" in word).removeprefix(settings.ADDRESS)
    chosen = client.get(link)["Location"]
    client.post(chosen, {"password1": PASSWORD, "password2": PASSWORD})

    client.post(reverse("account_login"), {"login": "greta@example.test", "password": PASSWORD})
    assert client.get("/office/")["Location"] == reverse("mfa_index")
    client.get(reverse("mfa_activate_totp"))
    secret = client.session[SECRET_SESSION_KEY]
    enrolled = client.post(reverse("mfa_activate_totp"), {"code": shown_by_the_app(secret)})
    assert enrolled["Location"] == reverse("mfa_view_recovery_codes")
    asked = client.get("/office/")["Location"]
    arrived = client.post(asked, {"code": shown_by_the_app(secret)}, follow=True)

    greta = User.objects.get()
    assert arrived.content.decode() == f"{greta.code} office officer office"
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True))[1:] == [
        "person.added",
        "membership.granted",
        "person.invited",
        "person.password_set",
        "person.signed_in",
    ]
