"""The rosters as everybody may read of them: what they promise, what is needed, what of the data."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tragitto.kernel import clock
from tragitto.schemes.queries import keepers_of, roster_of, scheme_with_roster
from tragitto.web.parts.finding import found


@require_safe
def roster(request: HttpRequest, scheme: str) -> HttpResponse:
    """Where registering begins: no session, no script; what is promised and what is not."""
    of = found(scheme_with_roster, scheme)
    spec = roster_of(of)
    shown = {
        "scheme": of,
        "spec": spec,
        "keepers": keepers_of(of),
        "notices": spec.notices_on(timezone.localdate(clock.now())),
    }
    return render(request, "public/roster.html", shown)


@require_safe
def notice(request: HttpRequest, scheme: str, controller: str) -> HttpResponse:
    """The privacy notice of one controller, as it is in force today."""
    of = found(scheme_with_roster, scheme)
    in_force = roster_of(of).notices_on(timezone.localdate(clock.now()))
    shown = next((each for each in in_force if each.controller == controller), None)
    if shown is None:
        raise Http404
    return render(request, "public/roster_notice.html", {"scheme": of, "notice": shown})
