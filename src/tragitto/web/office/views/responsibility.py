"""Who works on one expression: a statement about conflicts, the responsible person; and looking again."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tragitto.cases import actions as cases
from tragitto.cases import queries as standing
from tragitto.employers import actions, queries
from tragitto.kernel import clock
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.responsibility import AssignForm, ConflictForm
from tragitto.web.office.views.deciding import WRITERS, done_or_shown
from tragitto.web.office.views.queues import GIVERS
from tragitto.web.parts.finding import found


@require_POST
@for_office(*WRITERS)
def state_conflict(request: OfficeRequest, code: str) -> HttpResponse:
    """Say whether one has a conflict of interest in the case."""
    expression = found(queries.get_for, actor=request.actor, code=code)
    form = ConflictForm(request.POST)
    return done_or_shown(request, code, {"stating": form}, lambda: cases.state_conflict(
        case=expression.case, **form.statement(), actor=request.actor, at=clock.now()
    ), anchor="responsible")  # fmt: skip


@require_POST
@for_office(*GIVERS)
def assign_officer(request: OfficeRequest, code: str) -> HttpResponse:
    """Make somebody of the office responsible for the case."""
    expression = found(queries.get_for, actor=request.actor, code=code)
    fellows = standing.fellows(actor=request.actor, on=timezone.localdate(clock.now()))
    form = AssignForm(request.POST, fellows=fellows)
    return done_or_shown(request, code, {"assigning": form}, lambda: cases.assign_officer(
        case=expression.case, **form.cleaned_data, actor=request.actor, at=clock.now()
    ), anchor="responsible")  # fmt: skip


@require_POST
@for_office(*WRITERS)
def evaluate(request: OfficeRequest, code: str) -> HttpResponse:
    """Let the judges look at every version again: after an extension, for instance."""
    expression = found(queries.get_for, actor=request.actor, code=code)

    def act() -> None:
        anew = actions.evaluate_all(expression=expression, actor=request.actor, at=clock.now())
        messages.success(request, _said(anew))

    return done_or_shown(request, code, {"evaluating": Form(request.POST)}, act, anchor="findings")


def _said(anew: int) -> str:
    if not anew:
        return _("The house has looked again: nothing has changed.")
    text = ngettext(
        "The house has looked again: %(count)s version has new findings, which wait for a person.",
        "The house has looked again: %(count)s versions have new findings, which wait for a person.",
        anew,
    )
    return text % {"count": anew}
