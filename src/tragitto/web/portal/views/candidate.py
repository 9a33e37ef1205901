"""The person's own page, and the turns they may take with their registration."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.candidates.actions import confirm, leave_registrar, move
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.people import get_for, registrars
from tragitto.candidates.queries.profiles import audience_of
from tragitto.candidates.vocabulary import Audience
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.schemes.queries import roster_of
from tragitto.selection.queries.rounds import zones_abroad
from tragitto.web.parts.finding import found
from tragitto.web.portal.access import PortalRequest, for_candidate
from tragitto.web.portal.candidate_page import home, turns
from tragitto.web.portal.meetings_ahead import ahead
from tragitto.web.portal.standing_words import TURNS, leaving


@require_safe
@for_candidate
def mine(request: PortalRequest, code: str) -> HttpResponse:
    """Where the person stands, what is asked of them, what the figures say; unsent: the pages to do."""
    candidate = _own(request, code)
    if not candidate.is_sent:
        return redirect("portal:roster", candidate.scheme.code)
    shown = home(request.actor, candidate, clock.now())
    page = {"home": shown, "registrars": registrars(candidate), "scheme": candidate.scheme}
    page["ahead"] = ahead(candidate, clock.now())
    page["zones"] = zones_abroad(candidate.scheme)
    return render(request, "portal/candidate/home.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def turn(request: PortalRequest, code: str, key: str) -> HttpResponse:
    """Ask once, in one sentence and one button, and do it; nobody asks for a reason."""
    candidate = _own(request, code)
    wanted = next((each for each in TURNS if each.key == key), None)
    if wanted is None:
        raise Http404
    on, refused = timezone.localdate(clock.now()), None
    may = wanted in turns(request.actor, candidate, roster_of(candidate.scheme_id), on)
    if request.method == "POST":
        try:
            if wanted.use is None:
                confirm(candidate=candidate, actor=request.actor, at=clock.now())
            else:
                move(candidate=candidate, reason=wanted.use, actor=request.actor, at=clock.now())
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, str(wanted.done))
            return redirect("portal:candidate", code)
    shown = {"candidate": candidate, "turn": wanted, "may": may, "refused": refused}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "portal/candidate/turn.html", {**shown, "scheme": candidate.scheme}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def leave(request: PortalRequest, code: str, organisation: str) -> HttpResponse:
    """Ask once, then have an organisation that registered the person read nothing more of them."""
    candidate = _own(request, code)
    registrar = next((each for each in registrars(candidate) if each.code == organisation), None)
    if registrar is None:
        raise Http404
    wanted = leaving(registrar.name)
    if request.method == "POST":
        leave_registrar(candidate=candidate, organisation=organisation, actor=request.actor, at=clock.now())
        messages.success(request, str(wanted.done))
        return redirect("portal:candidate", code)
    shown = {"candidate": candidate, "turn": wanted, "may": True, "scheme": candidate.scheme}
    return render(request, "portal/candidate/turn.html", shown)


def _own(request: PortalRequest, code: str) -> Candidate:
    """The person's own registration; anybody else's is a page that is not there, even for a keeper."""
    candidate = found(get_for, request.actor, code)
    if audience_of(request.actor, candidate) is not Audience.PERSON:
        raise Http404
    return candidate
