"""The way to one's own work, and the home page of whoever takes part."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tragitto.accounts import queries
from tragitto.accounts.models import User
from tragitto.accounts.queries import names_of
from tragitto.accounts.vocabulary import OFFICE_ROLES, Role
from tragitto.employers.queries import homes
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
    now = clock.now()
    own = homes.home(actor=request.actor, at=now, on=timezone.localdate(now))
    shown = {
        "home": own,
        "now": now,
        "managers": names_of(enquiry.manager for enquiry in own.enquiries),
        "is_partner": request.actor.has(Role.PARTNER),
        "may_add_address": settings.CAN_SEND_MAIL and not request.user.email,
    }
    return render(request, "portal/home.html", shown)
