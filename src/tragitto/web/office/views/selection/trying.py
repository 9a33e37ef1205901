"""Trying something out on a round, and two runs side by side; neither changes anything."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.kernel import clock
from tragitto.selection import permissions
from tragitto.selection.actions import ordering
from tragitto.selection.models import Run
from tragitto.selection.queries import runs as queries
from tragitto.selection.queries.rounds import posts_of, round_for, rules_of
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.comparing import compared
from tragitto.web.office.forms.comparing import CompareForm
from tragitto.web.office.forms.rounds import WhatIfForm
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def what_if(request: OfficeRequest, code: str) -> HttpResponse:
    """Other weights, other seats, one more position: a run of its own, never taken up."""
    of = found(round_for, request.actor, code)
    given = request.POST if request.method == "POST" else None
    form = WhatIfForm(given, rules=rules_of(of), posts=list(posts_of(of)), scheme=of.scheme)
    made: list[Run | None] = []
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: made.append(ordering.propose_or_order(
            round=of,
            changes=form.changes,
            note=form.cleaned_data["note"],
            actor=request.actor,
            at=clock.now(),
        )))  # fmt: skip
    if made and made[0] is None:
        return redirect("office:round_runs", code)
    if made and made[0]:
        messages.success(request, _("Tried out. Nothing has changed, and nothing of it can be taken up."))
        return redirect("office:run", code, made[0].code)
    may = permissions.may(request.actor, "round.run", of.scheme)
    page = {"round": of, "tab": "runs", "form": form, "may": may}
    return render(request, "office/selection/what_if.html", page, status=status)


@require_safe
@for_office
def compare(request: OfficeRequest, code: str) -> HttpResponse:
    """Two runs of shortlists side by side: who came, who went, and why."""
    of = found(round_for, request.actor, code)
    choices = list(queries.comparable(of))
    form = CompareForm(request.GET or None, runs=choices)
    lines = None
    if form.is_bound and form.is_valid():
        first, second = (found(queries.run_in, of, form.cleaned_data[name]) for name in ("first", "second"))
        lines = compared(first, second)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = {"round": of, "tab": "runs", "form": form, "lines": lines, "enough": len(choices) > 1}
    return render(request, "office/selection/compare.html", page, status=status)
