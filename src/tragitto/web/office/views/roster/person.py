"""A person's file as a keeper has it before them: a head, and the parts in their order."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tragitto.candidates.actions.looking import look
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries import people
from tragitto.kernel import clock
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.roster_panels import Panel
from tragitto.web.office.roster_panels.order import PANELS
from tragitto.web.parts.finding import found

#: Those who may open a file; what they may do there, each part says.
READERS = ("officer", "reviewer", "administrator")


@require_safe
@for_office(*READERS)
def person(request: OfficeRequest, code: str) -> HttpResponse:
    """The file of a person.

    One's own registration is not at the desk: whoever asks for it is led to their own page.
    """
    if people.is_own(request.actor, code):
        messages.info(request, _("This is your own registration: nobody works on their own at the desk."))
        return redirect("portal:candidate", code)
    candidate = found(people.kept_for, request.actor, code)
    return show(request, candidate)


def show(
    request: OfficeRequest,
    candidate: Candidate,
    *,
    instead: Panel | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The page of `candidate`; `instead` takes the place of the part with the same template.

    That it was looked at is written down, whichever way it came to be shown.
    """
    if request.method != "HEAD":
        look(candidate=candidate, what="file", actor=request.actor, at=clock.now())
    panels = [made for make in PANELS if (made := make(request.actor, candidate)) is not None]
    if instead is not None:
        panels = [instead if each.template == instead.template else each for each in panels]
    page = {"candidate": candidate, "panels": panels, "tab": "person"}
    return render(request, "office/roster/person.html", page, status=status)
