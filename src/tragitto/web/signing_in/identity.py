"""Which of our people an identity provider speaks of: nobody is let in whom the office does not know."""

from collections.abc import Mapping, Sequence

import structlog
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from tragitto.accounts import queries
from tragitto.accounts.models import User
from tragitto.web.signing_in import session

log = structlog.get_logger(__name__)


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """No sign-up and no connecting from inside: the link follows from a verified identifier, each time."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody opens an account for themselves."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Recognise the person anew at each sign-in, link the identity at the first; refuse anybody else."""
        settings = sociallogin.provider.app.settings
        user = _recognised(sociallogin.claims, settings["match"], settings["claims"])
        if sociallogin.state.get("process", "login") != "login":
            raise _refusal(request, "only signing in is offered")
        if user is None:
            raise _refusal(request, "nobody is known by this identity")
        if sociallogin.is_existing and sociallogin.user != user:
            raise _refusal(request, "the identity belongs to another account")
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)
        if sociallogin.claims.get("acr") in settings["second_factor"]:
            record_authentication(request, user, session.ASSURED)

    def on_authentication_error(
        self, request: HttpRequest, provider: object, error: object = None, **kwargs: object
    ) -> None:
        """The person sees one plain page; the reason goes to the log, without a personal value."""
        log.warning("identity.failed", error=str(error), reason=type(kwargs.get("exception")).__name__)


def _recognised(claims: Mapping[str, object], match: str, names: Sequence[str]) -> User | None:
    value = next((claims[name] for name in names if name in claims), None)
    return queries.matched(claim=match, value=value, is_verified=claims.get("email_verified"))


def _refusal(request: HttpRequest, reason: str) -> ImmediateHttpResponse:
    log.warning("identity.refused", reason=reason)
    return ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403))
