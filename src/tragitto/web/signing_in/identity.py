"""Which of our people an identity provider speaks of; who is new to the house gets an account."""

from collections.abc import Mapping, Sequence

import structlog
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import get_language

from tragitto.accounts import actions, queries
from tragitto.accounts.models import User
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked
from tragitto.web.signing_in import session
from tragitto.web.signing_in.account import DOOR

log = structlog.get_logger(__name__)


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """No connecting from inside: the link follows from a verified identifier, each time."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Not by the library's own form."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Recognise the person at each sign-in, link the identity at the first; open new accounts."""
        app = sociallogin.provider.app.settings
        if sociallogin.state.get("process", "login") != "login":
            raise _refusal(request, "only signing in is offered")
        user = _recognised(sociallogin.claims, app["match"], app["claims"])
        if user is None and not sociallogin.is_existing:
            user = _first_seen(sociallogin.claims, app["match"], app["claims"])
        if user is None:
            raise _refusal(request, "nobody is known by this identity")
        if sociallogin.is_existing and sociallogin.user != user:
            raise _refusal(request, "the identity belongs to another account")
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)
        if (level := sociallogin.claims.get("acr")) in app["second_factor"]:
            told = {"provider": app["name"], "acr": level, "by": app["match"]}
            record_authentication(request, user, session.ASSURED, **told)

    def on_authentication_error(
        self, request: HttpRequest, provider: object, error: object = None, **kwargs: object
    ) -> None:
        """The person sees one plain page; the reason goes to the log, without a personal value."""
        log.warning("identity.failed", error=str(error), reason=type(kwargs.get("exception")).__name__)


def _recognised(claims: Mapping[str, object], match: str, names: Sequence[str]) -> User | None:
    value = _value(claims, names)
    return queries.matched(claim=match, value=value, is_verified=claims.get("email_verified"))


def _first_seen(claims: Mapping[str, object], match: str, names: Sequence[str]) -> User | None:
    """A new account for whom the provider identifies by codice fiscale; it opens nothing by itself.

    Nobody by an address alone, which may change hands; nobody whose account was closed.
    """
    value = _value(claims, names)
    if match != "fiscal_number" or not isinstance(value, str):
        return None
    try:
        return actions.open_identified_account(
            fiscal_number=value,
            full_name=_name(claims),
            language=(get_language() or settings.LANGUAGE_CODE).split("-")[0],
            actor=Actor.stranger(DOOR),
            at=clock.now(),
        )
    except Blocked:
        return None


def _value(claims: Mapping[str, object], names: Sequence[str]) -> object:
    return next((claims[name] for name in names if name in claims), None)


def _name(claims: Mapping[str, object]) -> str:
    whole = claims.get("name")
    if isinstance(whole, str) and whole.strip():
        return whole
    parts = (claims.get(part) for part in ("given_name", "family_name"))
    return " ".join(part for part in parts if isinstance(part, str))


def _refusal(request: HttpRequest, reason: str) -> ImmediateHttpResponse:
    log.warning("identity.refused", reason=reason)
    return ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403))
