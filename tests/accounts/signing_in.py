"""Signs people in through the real pages, for tests of any room: `sign_in(client, user)`."""

from base64 import b32encode
from collections.abc import Collection
from datetime import date
from hashlib import sha256

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.conftest import NOON
from tragitto.accounts import actions, queries
from tragitto.accounts.models import Organisation, User
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.kernel.actors import Actor

HOUSE = Actor.system("test")
PASSWORD = "a long walk from Tangier"
LONG_AGO = date(2025, 1, 1)


def make_organisation(code: str, kind: str = OrganisationKind.OFFICE) -> Organisation:
    """The organisation with this code, made when it is new."""
    found = Organisation.objects.filter(code=code).first()
    return found or actions.found_organisation(code=code, name=code, kind=kind, actor=HOUSE, at=NOON)


def make_person(
    name: str,
    *roles: str,
    organisation: str = "office",
    kind: str = OrganisationKind.OFFICE,
    ends_on: date | None = None,
) -> User:
    """A person with an address made from the name, in `roles` since long ago; no password, no factor."""
    address = f"{name.lower().replace(' ', '.')}@example.test"
    user = actions.add_person(email=address, full_name=name, actor=HOUSE, at=NOON)
    if roles:
        grant_long_ago(user, roles, make_organisation(organisation, kind), ends_on)
    return user


def grant_long_ago(
    user: User, roles: Collection[str], organisation: Organisation, ends_on: date | None = None
) -> None:
    """Roles that began long ago."""
    actions.grant(
        user=user,
        organisation=organisation,
        roles=roles,
        starts_on=LONG_AGO,
        ends_on=ends_on,
        actor=HOUSE,
        at=NOON,
    )


def give_password(user: User, password: str = PASSWORD) -> None:
    """A password, hashed as cheaply as the hasher in force allows."""
    User.objects.filter(pk=user.pk).update(password=make_password(password))
    user.refresh_from_db()


def secret_of(user: User) -> str:
    """The secret that this person's authenticator app holds in tests."""
    return b32encode(sha256(user.code.encode()).digest()[:20]).decode()


def give_second_factor(user: User) -> None:
    """An authenticator app with the secret of `secret_of`."""
    actions.enrol_totp(user=user, secret=secret_of(user), actor=HOUSE, at=NOON)


def code_now(user: User) -> str:
    """What the authenticator app shows now."""
    return format_hotp_value(hotp_value(secret_of(user), next(yield_hotp_counters_from_time())))


def enter_password(client: Client, user: User, password: str = PASSWORD):
    """The answer of the sign-in page to this password."""
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def sign_in(client: Client, user: User) -> Client:
    """Sign `user` in with password and code, through the pages; gives both when they are missing.

    A person without an office role who has no second factor signs in with the password alone.
    """
    cache.clear()  # every test comes from the same address, and may use the same code
    if not user.has_usable_password():
        give_password(user)
    if queries.needs_second_factor(user, date.today()) and not queries.factor_types(user):
        give_second_factor(user)
    answer = enter_password(client, user)
    if queries.factor_types(user):
        assert answer.headers.get("Location") == reverse("mfa_authenticate"), answer
        for _attempt in range(2):  # the code may change between reading and sending it
            answer = client.post(reverse("mfa_authenticate"), {"code": code_now(user)})
            if answer.status_code == 302:
                break
    assert answer.status_code == 302, answer
    assert AUTHENTICATION_METHODS_SESSION_KEY in client.session
    return client
