"""The button "Send": one request, one action, then the page that can be kept."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tragitto.employers import actions
from tragitto.employers.queries import submissions as queries
from tragitto.kernel.refusals import Refusal
from tragitto.web.parts.arrival import arrived_at
from tragitto.web.parts.finding import found
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.identity import identified


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def send(request: PortalRequest, code: str) -> HttpResponse:
    """Send a draft as of the moment the request arrived; sending it again leads to what was sent.

    Who comes here by a link, as after signing in anew, is led back to check the answers first; so is a form
    that does not say in which language the declarations were read.
    """
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return redirect("portal:draft_check", code)
    draft = found(queries.sendable, request.actor, code)
    try:
        sent = actions.submit(
            draft=draft,
            identified=identified(request),
            language=language,
            actor=request.actor,
            at=arrived_at(request),
        )
    except Refusal as refusal:
        page = {"draft": draft, "findings": refusal.findings}
        return render(request, "portal/not_sent.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("portal:submission", code=sent.code)
