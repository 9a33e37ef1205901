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
from tragitto.candidates.queries import batches, disclosure, named_lists
from tragitto.candidates.queries.people import own_registrations
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
    """What is asked of the person, until when, and what has become of what was sent.

    Whoever is on a roster, or acts for a partner, is not asked to file while they have no firm.
    """
    now = clock.now()
    own = homes.home(actor=request.actor, at=now, on=timezone.localdate(now))
    firms = [employer.code for employer in own.employers]
    registrations = own_registrations(request.actor)
    has_a_firm = any((own.filings, own.on_the_way, own.drafts, own.enquiries, own.employers))
    shown = {
        "registrations": registrations,
        "may_file": has_a_firm or not (registrations or request.actor.has(Role.PARTNER)),
        "is_shown_people": disclosure.is_shown_anybody(firms) or named_lists.given_to(firms).exists(),
        "home": own,
        "now": now,
        "managers": names_of(enquiry.manager for enquiry in own.enquiries),
        "is_partner": request.actor.has(Role.PARTNER),
        "registers": request.actor.has(Role.PARTNER) and batches.schemes_of(request.actor).exists(),
        "may_add_address": settings.CAN_SEND_MAIL and not request.user.email,
    }
    return render(request, "portal/home.html", shown)
