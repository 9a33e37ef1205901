"""The account of whoever has proved to read at an address or a mobile number."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from tragitto.accounts import queries
from tragitto.accounts.actions.reaching import Reach
from tragitto.accounts.models import User
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.ledger.actions import record


def account_for(reach: Reach, *, language: str, actor: Actor, at: datetime) -> User:
    """The account known by this address or number, opened when there is none: without password or name."""
    if found := queries.reached_at(email=reach.email, phone=reach.phone):
        return found
    try:
        return _opened(reach, language, actor=actor, at=at)
    except IntegrityError:
        # Opened at the same moment, by a letter; now it can be seen.
        opened = queries.reached_at(email=reach.email, phone=reach.phone)
        assert opened is not None
        return opened


@transaction.atomic
def _opened(reach: Reach, language: str, *, actor: Actor, at: datetime) -> User:
    user = User(
        code=new_code("U"),
        email=reach.email or None,
        phone=reach.phone or None,
        language=language,
        joined_at=at,
        is_self_opened=True,
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    if reach.email:
        EmailAddress.objects.create(user=user, email=reach.email, verified=True, primary=True)
    record("person.signed_up", subject=user.code, actor=actor, at=at, facts={"by": f"code by {reach.way}"})
    return user
