"""What the desk does about where a person stands: moves them, asks them, hears their yes."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tragitto.candidates.actions import ask, confirm
from tragitto.candidates.actions import move as move_to
from tragitto.candidates.queries import people
from tragitto.kernel import clock
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.standing import QuestionForm
from tragitto.web.office.roster_panels import standing
from tragitto.web.office.views.roster.person import show
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt

MOVERS = ("officer", "reviewer")


@require_POST
@for_office(*MOVERS)
def move(request: OfficeRequest, code: str) -> HttpResponse:
    """Move the person for the typed reason that was chosen."""
    person = found(people.kept_for, request.actor, code)
    form = standing.form_for(request.actor, person, request.POST)
    status = attempt(form, lambda: move_to(
        candidate=person, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"],
        actor=request.actor, at=clock.now(),
    ))  # fmt: skip
    if status != HTTPStatus.SEE_OTHER:
        panel = standing.panel(request.actor, person, form)
        return show(request, person, instead=panel, status=status)
    messages.success(request, _("Done: the person reads the new status and its reason on their page."))
    return redirect("office:roster_person", code)


@require_POST
@for_office(*MOVERS)
def question(request: OfficeRequest, code: str) -> HttpResponse:
    """Ask the person whether they are interested, or write down that they said so to the office."""
    person = found(people.kept_for, request.actor, code)
    form = QuestionForm(request.POST)
    is_said = request.POST.get("act") == form.CONFIRMED
    verb = confirm if is_said else ask
    status = attempt(form, lambda: verb(candidate=person, actor=request.actor, at=clock.now()))
    if status != HTTPStatus.SEE_OTHER:
        panel = standing.panel(request.actor, person, asking=form)
        return show(request, person, instead=panel, status=status)
    said = _("Written down: the person is interested.") if is_said else _("The person has been asked.")
    messages.success(request, said)
    return redirect("office:roster_person", code)
