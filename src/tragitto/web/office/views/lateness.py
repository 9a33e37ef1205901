"""A late filing: one person proposes to admit it on a ground the call names, another decides."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tragitto.employers import actions, queries
from tragitto.employers.models import Version
from tragitto.employers.queries import homes
from tragitto.kernel import clock
from tragitto.schemes import queries as schemes
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.lateness import DecideLateForm, ProposeLateForm
from tragitto.web.office.views.expressions import page_of_expression
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt


@require_POST
@for_office("officer", "reviewer")
def propose(request: OfficeRequest, code: str, number: int) -> HttpResponse:
    """Propose to admit a late message on one of the call's exceptions."""
    version = _version(request, code, number)
    filing = schemes.filing_of(version.expression.call)
    form = ProposeLateForm(request.POST, filing=filing, language=(get_language() or "it").split("-")[0])
    status = attempt(form, lambda: actions.propose_late_admission(
        version=version, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("Proposed: a second person decides."))
        return redirect("office:expression", code)
    return _refused(request, code, f"proposing-{number}", form, status)


@require_POST
@for_office("reviewer")
def decide(request: OfficeRequest, code: str, number: int) -> HttpResponse:
    """Admit what somebody else proposed, or leave it late."""
    version = _version(request, code, number)
    admission = next(
        (each for each in homes.late_admissions(version.expression) if each.version_id == version.pk), None
    )
    if admission is None:
        raise Http404
    form = DecideLateForm(request.POST)
    status = attempt(form, lambda: actions.decide_late_admission(
        admission=admission, is_admitted=form.cleaned_data["answer"] == "admit",
        ground=form.cleaned_data["ground"], actor=request.actor, at=clock.now(),
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("Decided."))
        return redirect("office:expression", code)
    return _refused(request, code, f"deciding-{number}", form, status)


def _version(request: OfficeRequest, code: str, number: int) -> Version:
    on = timezone.localdate(clock.now())
    page = found(queries.expression_page, actor=request.actor, code=code, on=on)
    version = next((view.version for view in page.versions if view.version.number == number), None)
    if version is None:
        raise Http404
    version.expression = page.expression
    return version


def _refused(
    request: OfficeRequest, code: str, name: str, form: ProposeLateForm | DecideLateForm, status: int
) -> HttpResponse:
    page = {**page_of_expression(request, code, {name: form}), "form": form}
    return render(request, "office/expression.html", page, status=status)
