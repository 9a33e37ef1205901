"""The portal's doorkeepers: who is signed in, for whom, and whether a partner's pages are theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from tragitto.accounts import queries
from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import Role
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

DOOR = "portal"


class PortalRequest(HttpRequest):
    """A request that has passed the doorkeeper: `actor` acts for the organisation chosen, or for nobody."""

    actor: Actor
    standing: queries.Standing
    user: User


type View[**P] = Callable[Concatenate[PortalRequest, P], HttpResponse]
type Guarded[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_person[**P](view: View[P], /) -> Guarded[P]:
    """Let a view be seen by whoever has signed in; a stranger is led to the sign-in and back.

    What the person sees beyond that hangs on what is theirs: drafts, filings, representations. The view
    finds `request.actor`, its door "portal". One query.
    """
    return _guarded(view, frozenset())


def for_candidate[**P](view: View[P], /) -> Guarded[P]:
    """As `for_person`, for pages of the roster: who has not signed in gives a number and a one-time code."""
    return _guarded(view, frozenset(), sign_in="sign_in_code")


def for_partner[**P](view: View[P], /) -> Guarded[P]:
    """Let a view be seen by those who act for a partner of the scheme; for anybody else it is 403."""
    return _guarded(view, frozenset({Role.PARTNER}))


def _guarded[**P](view: View[P], roles: frozenset[str], sign_in: str | None = None) -> Guarded[P]:
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path(), sign_in)
        standing = queries.standing(request.user, on=timezone.localdate(clock.now()), door=DOOR)
        if roles and not standing.actor.has(*roles):
            raise PermissionDenied
        request.actor, request.standing = standing.actor, standing  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return cast("Guarded[P]", answer)
