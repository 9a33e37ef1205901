"""Tokens of the API: made for an organisation, shown once, revoked."""

import secrets
from collections.abc import Collection
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts import permissions, rules
from tragitto.accounts.actions.asking import day_of, demand
from tragitto.accounts.models import Organisation, Token
from tragitto.accounts.vocabulary import Scope
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record

#: What a token begins with: whoever finds one lying about can tell what it is, and so can programs.
PREFIX = "tragitto_"


@transaction.atomic
def make_token(
    *, organisation: Organisation, scopes: Collection[str], ends_on: date, actor: Actor, at: datetime
) -> tuple[Token, str]:
    """A new token of `organisation`, and its text, which is kept nowhere and cannot be shown again.

    Raises `NotAllowed`; `Blocked` for an organisation that takes no part as a partner, for no or unknown
    scopes, and for an end that is not later than today.
    """
    demand(permissions.may_administer(actor, organisation), "token.made")
    if not rules.may_hold_tokens(organisation.kind):
        said = _("Only organisations that take part as partners have tokens: other people sign in.")
        raise Blocked(Finding("no-tokens-here", said))
    if not scopes or not set(scopes) <= set(Scope.values):
        wanted = _("Name what the token is for, in these words: %(words)s.")
        raise Blocked(Finding("scope-unknown", wanted % {"words": ", ".join(Scope.values)}))
    if ends_on <= day_of(at):
        raise Blocked(Finding("ends-too-early", _("The token must end on a later day than today.")))

    secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        code=new_code("T"),
        organisation=organisation,
        digest=sha256(secret.encode()).hexdigest(),
        scopes=sorted(set(scopes)),
        ends_on=ends_on,
        made_by=actor.code,
        made_at=at,
    )
    facts = {"organisation": organisation.code, "scopes": token.scopes, "ends_on": ends_on}
    record("token.made", subject=token.code, actor=actor, at=at, facts=facts)
    return token, secret


@transaction.atomic
def revoke_token(*, token: Token, actor: Actor, at: datetime) -> Token:
    """End a token at once. Raises `NotAllowed`; `Blocked` for one that was revoked before."""
    held = Token.objects.select_for_update().select_related("organisation").get(pk=token.pk)
    demand(permissions.may_administer(actor, held.organisation), "token.revoked")
    if held.revoked_at is not None:
        raise Blocked(Finding("revoked-before", _("This token was revoked before.")))

    held.revoked_at = at
    held.save(update_fields=["revoked_at"])
    facts = {"organisation": held.organisation.code}
    record("token.revoked", subject=held.code, actor=actor, at=at, facts=facts)
    return held


@transaction.atomic
def note_token_use(*, token: Token, actor: Actor, at: datetime) -> None:
    """Write down that a token is in use: once a day, so that reading does not write."""
    if token.last_used_on != (today := day_of(at)):
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
        record("token.used", subject=token.code, actor=actor, at=at)
