"""The office's doorkeeper: who is signed in, by a second factor, for an organisation, in a role."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast, overload

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from tragitto.accounts import queries
from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import OFFICE_ROLES
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.web.signing_in import session

DOOR = "office"


class OfficeRequest(HttpRequest):
    """A request that has passed the doorkeeper: `actor` says who acts, for whom, in which roles."""

    actor: Actor
    standing: queries.Standing
    user: User


type View[**P] = Callable[Concatenate[OfficeRequest, P], HttpResponse]
type Guarded[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


@overload
def for_office[**P](view: View[P], /) -> Guarded[P]: ...
@overload
def for_office[**P](*roles: str) -> Callable[[View[P]], Guarded[P]]: ...
def for_office(*given):  # type: ignore[no-untyped-def]
    """Let a view be seen by people of the office only: `@for_office`, or `@for_office("reviewer")`.

    A stranger is led to the sign-in; who has not used a second factor in this session to the page that
    enrols or asks for one; without a membership in force today in one of `roles` (any office role when none
    is named) the answer is 403. The view finds `request.actor`, its door "office". Two queries at most.
    """
    if len(given) == 1 and callable(given[0]):
        return _guarded(given[0], OFFICE_ROLES)
    wanted = frozenset(given) or OFFICE_ROLES
    if unknown := wanted - OFFICE_ROLES:
        raise ValueError(f"not roles of the office: {sorted(unknown)}")
    return lambda view: _guarded(view, wanted)


def _guarded[**P](view: View[P], roles: frozenset[str]) -> Guarded[P]:
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return _led(request, redirect_to_login(request.get_full_path()))
        today = timezone.localdate(clock.now())
        standing = queries.standing(request.user, on=today, door=DOOR)
        actor = standing.actor
        if not actor.has(*OFFICE_ROLES):
            raise PermissionDenied
        if not session.used_second_factor(request):
            return _led(request, _to_second_factor(request, request.user))
        if not actor.has(*roles):
            raise PermissionDenied
        request.actor, request.standing = actor, standing  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return cast("Guarded[P]", answer)


def _to_second_factor(request: HttpRequest, user: User) -> HttpResponseRedirect:
    types = queries.factor_types(user)
    if not types:
        messages.warning(
            request,
            _(
                "The office's pages ask for a second factor at every sign-in. Set one up now: "
                "an authenticator app or a passkey. Then you can go on."
            ),
        )
        return HttpResponseRedirect(reverse("mfa_index"))
    messages.info(request, _("Confirm that it is you with your second factor, then you can go on."))
    asks = "mfa_reauthenticate" if "totp" in types else "mfa_reauthenticate_webauthn"
    return HttpResponseRedirect(f"{reverse(asks)}?{urlencode({'next': _back(request)})}")


def _back(request: HttpRequest) -> str:
    # A form cannot be sent again from an address: after the detour the start of the office must do.
    return request.get_full_path() if request.method == "GET" else resolve_url(settings.LOGIN_REDIRECT_URL)


def _led(request: HttpRequest, elsewhere: HttpResponse) -> HttpResponse:
    # A part of a page that is fetched alone must not be filled with the sign-in page.
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(elsewhere["Location"])
    return elsewhere
