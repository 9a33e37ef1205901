"""How long a sign-in lasts, and by what a person proved to be the one."""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

BEGAN, SEEN = "signed_in_at", "seen_at"
#: A click is noted at most this often, so that reading pages does not write to the database.
NOTED_EVERY = 60
#: The record of an identity provider's word that it asked for a second factor itself, with its level
#: (`acr`) and by what the person was recognised (`by`).
ASSURED = "assured"

type Respond = Callable[[HttpRequest], HttpResponse]


def begin(request: HttpRequest) -> None:
    """Note that a sign-in begins now."""
    now = int(time.time())
    request.session[BEGAN] = request.session[SEEN] = now


def began_within(request: HttpRequest, seconds: int) -> bool:
    """Whether the sign-in is younger than `seconds`."""
    began: int = request.session.get(BEGAN, 0)
    return time.time() - began < seconds


def methods(request: HttpRequest) -> tuple[str, ...]:
    """By what the person signed in: password, mfa, socialaccount, assured; in order."""
    return tuple(record["method"] for record in get_authentication_records(request, request.user))


def used_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was used in this session: a code, a passkey, or the provider's own."""
    return not {"mfa", ASSURED}.isdisjoint(methods(request))


def assured_identity(request: HttpRequest) -> str | None:
    """By whom and at which level the codice fiscale was vouched for in this session, in words; else None.

    A provider that recognised an address, or that does not say at which of the levels asked for, vouches for
    nobody.
    """
    for record in reversed(get_authentication_records(request, request.user)):
        if record["method"] == ASSURED and record.get("by") == "fiscal_number":
            return f"{record['provider']} ({record['acr']})"
    return None


def end_of_session(respond: Respond) -> Respond:
    """Middleware: sign people out after the longest time, or after the longest time without a click."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Pages read without a session stay without one: not even looked at.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and BEGAN in request.session:
            _keep_or_end(request, int(time.time()))
        return respond(request)

    return answer


def _keep_or_end(request: HttpRequest, now: int) -> None:
    seen = request.session.get(SEEN, 0)
    is_old = now - request.session[BEGAN] >= settings.SESSION_COOKIE_AGE
    if is_old or now - seen >= settings.SESSION_IDLE_AGE:
        logout(request)
        messages.info(request, _("Your session has ended. Please sign in again."))
    elif now - seen >= NOTED_EVERY:
        request.session[SEEN] = now
