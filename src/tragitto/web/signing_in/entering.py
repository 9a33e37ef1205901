"""The last step of our own ways to sign in: the session begins, and the person goes on."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from tragitto.accounts import actions
from tragitto.accounts.models import User
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.web.signing_in import session
from tragitto.web.signing_in.account import DOOR

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def enter(request: HttpRequest, user: User, *, method: str) -> None:
    """Sign `user` in, who has proved to be the one by `method`: a new session key; written down."""
    login(request, user, backend=_BACKEND)
    record_authentication(request, user, method=method)
    session.begin(request)
    actor = Actor(code=user.code, door=DOOR)
    actions.note_sign_in(user=user, methods=session.methods(request), actor=actor, at=clock.now())


def onward(request: HttpRequest) -> str:
    """Where the person was going when the sign-in stood in the way; only to a page of ours."""
    there = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if is_ours else ""


def language() -> str:
    """The language of the page, as accounts and messages know it."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
