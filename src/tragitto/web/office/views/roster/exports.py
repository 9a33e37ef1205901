"""Exports of people: the columns are chosen, the file is made in the background and fetched."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.candidates.actions.exporting import fetch_export, order_export
from tragitto.candidates.models import Work
from tragitto.candidates.queries import works
from tragitto.candidates.rules.exporting import Form
from tragitto.kernel import clock
from tragitto.kernel.refusals import Blocked
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.roster_acts import ExportForm
from tragitto.web.office.roster_desk import Desk, desk_of
from tragitto.web.office.views.roster.meant import Meant, meant
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.refusing import attempt

EXPORTERS = ("officer", "administrator")
#: More than any roster has: a file that no spreadsheet opens helps nobody.
_MOST = 500_000
_KINDS = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
}


@require_POST
@for_office(*EXPORTERS)
def export(request: OfficeRequest) -> HttpResponse:
    """Which columns, then the order."""
    desk = desk_of(request)
    people = meant(request, desk, most=_MOST)
    if "form" not in request.POST:
        return _shown(request, desk, people, ExportForm())
    form, made = ExportForm(request.POST), list[Work]()
    status = attempt(form, lambda: made.append(order_export(
        scheme=desk.scheme,
        people=people.codes,
        columns=form.cleaned_data["columns"],
        form=Form(form.cleaned_data["form"]),
        language=get_language() or "it",
        actor=request.actor,
        at=clock.now(),
    )))  # fmt: skip
    if not made:
        return _shown(request, desk, people, form, status)
    messages.success(request, _("The file is being made: this page shows when it is ready."))
    return redirect("office:roster_work")


@require_safe
@for_office(*EXPORTERS)
def file(request: OfficeRequest, code: str) -> HttpResponse:
    """The file of an export; 404 once it was forgotten."""
    work = found(works.work_for, request.actor, code)
    if request.method == "HEAD":
        return HttpResponse()
    try:
        content = fetch_export(work=work, actor=request.actor, at=clock.now())
    except Blocked as forgotten:
        raise Http404 from forgotten
    return as_file(content, work.name, _KINDS[Form(work.name.rpartition(".")[2])])


def _shown(
    request: OfficeRequest, desk: Desk, people: Meant, form: ExportForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    page = {"tab": "search", "desk": desk, "people": people, "form": form}
    return render(request, "office/roster/export.html", page, status=status)
