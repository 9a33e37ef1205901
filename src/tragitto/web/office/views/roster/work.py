"""Long work that somebody ordered: how far it has come, what came of it, cancelling it."""

from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.candidates.actions import working
from tragitto.candidates.queries import works
from tragitto.kernel import clock
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

WORKERS = ("officer", "reviewer", "administrator")


@require_safe
@for_office(*WORKERS)
def work(request: OfficeRequest) -> HttpResponse:
    """Everything that the person ordered; asked for as a part of itself while something is under way."""
    rows = page_of(works.works(request.actor), request)
    page = {"tab": "work", "page": rows, "is_moving": any(each.ended_at is None for each in rows)}
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "office/roster/work_list.html" if is_part else "office/roster/work.html", page)


@require_safe
@for_office(*WORKERS)
def one(request: OfficeRequest, code: str) -> HttpResponse:
    """One work, with everybody whom it left as they are, and why."""
    return _shown(request, code, Form())


@require_POST
@for_office(*WORKERS)
def cancel(request: OfficeRequest, code: str) -> HttpResponse:
    """Stop it where it stands."""
    form = Form({})
    asked = found(works.work_for, request.actor, code)
    status = attempt(form, lambda: working.cancel(work=asked, actor=request.actor, at=clock.now()))
    if form.errors:
        return _shown(request, code, form, status)
    messages.success(request, _("Stopped: what was done stays done, the rest is left as it was."))
    return redirect("office:roster_work")


def _shown(request: OfficeRequest, code: str, form: Form, status: int = HTTPStatus.OK) -> HttpResponse:
    asked = found(works.work_for, request.actor, code)
    left = asked.outcome.get("left", {}).values()
    page = {"tab": "work", "work": asked, "left": left, "form": form}
    return render(request, "office/roster/work_one.html", page, status=status)
