"""The way to one's own work, and the home page of whoever takes part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tragitto.accounts import queries
from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import OFFICE_ROLES
from tragitto.kernel import clock
from tragitto.web.portal.access import DOOR, PortalRequest, for_person


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Lead everybody to where their work is: the office's people to the office, all others to the portal."""
    if not isinstance(request.user, User):
        return redirect("account_login")
    actor = queries.actor_for(request.user, on=timezone.localdate(clock.now()), door=DOOR)
    return redirect("office:home" if actor.has(*OFFICE_ROLES) else "portal:home")


@require_safe
@for_person
def home(request: PortalRequest) -> HttpResponse:
    """What is asked of the person, until when, and what has become of what was sent."""
    return render(request, "portal/home.html")
