"""Passwords, invitations and second factors; that somebody signed in."""

from collections.abc import Collection
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from tragitto.accounts import permissions, queries
from tragitto.accounts.actions.asking import day_of, demand
from tragitto.accounts.models import User
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record


@transaction.atomic
def invite(*, user: User, actor: Actor, at: datetime) -> str:
    """The key of a link by which `user` sets a password: the door makes the link and hands it over.

    It works once, for the days of PASSWORD_RESET_TIMEOUT counted by the real clock, as the page that reads
    it counts them. Raises `NotAllowed`.
    """
    organisations = queries.unfinished_organisations(user, day_of(at))
    demand(permissions.may_renew_keys(actor, user, organisations), "person.invited")

    record("person.invited", subject=user.code, actor=actor, at=at)
    return f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"


@transaction.atomic
def reset_second_factor(*, user: User, actor: Actor, at: datetime) -> None:
    """Remove every second factor of `user` with the recovery codes, end the sessions, and the password.

    The password goes too, for with it alone somebody could enrol a factor of their own: a new `invite` must
    follow. Raises `NotAllowed`, also to the person.
    """
    organisations = queries.unfinished_organisations(user, day_of(at))
    demand(permissions.may_renew_keys(actor, user, organisations), "person.factor_reset")

    removed, _models = Authenticator.objects.filter(user=user).delete()
    # Sessions carry a digest of the password's hash: a new hash, even an unusable one, ends them all.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record("person.factor_reset", subject=user.code, actor=actor, at=at, facts={"removed": removed})


@transaction.atomic
def enrol_totp(*, user: User, secret: str, actor: Actor, at: datetime) -> None:
    """Give `user` the second factor of a known `secret` (base32): for the demonstration and for tests.

    Replaces one set up before. Raises `NotAllowed` to everybody but the house itself.
    """
    demand(permissions.may_enrol_for_another(actor), "person.factor_enrolled")

    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    record("person.factor_enrolled", subject=user.code, actor=actor, at=at, facts={"type": "totp"})


@transaction.atomic
def set_password(*, user: User, password: str, actor: Actor, at: datetime) -> None:
    """Set the password of `user`, which ends all other sessions. Raises `NotAllowed`.

    Only the person, who has proved it to the door, or the house for the demonstration.
    """
    demand(actor.is_system or actor.code == user.code, "person.password_set")

    user.set_password(password)
    user.save(update_fields=["password"])
    record("person.password_set", subject=user.code, actor=actor, at=at)


@transaction.atomic
def note_sign_in(*, user: User, methods: Collection[str], actor: Actor, at: datetime) -> None:
    """Write down that `user` signed in and by which `methods` (password, mfa, socialaccount …)."""
    record("person.signed_in", subject=user.code, actor=actor, at=at, facts={"methods": list(methods)})
