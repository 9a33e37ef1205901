"""The match of a round at the desk: run, read with its reasons, confirmed by a second person, made anew."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.accounts.queries import names_of
from tragitto.kernel import clock
from tragitto.selection import permissions
from tragitto.selection.actions import matching
from tragitto.selection.models import Round
from tragitto.selection.queries.matches import has_changed, match_of, match_runs
from tragitto.selection.queries.rounds import round_for, rules_of
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.matching import ConfirmForm
from tragitto.web.office.match_page import (
    WHYS,
    may_confirm,
    proof_said,
    waits_for_another,
    why_none,
)
from tragitto.web.parts.finding import found, one_among
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def match(request: OfficeRequest, code: str) -> HttpResponse:
    """The newest match of the round, whether confirmed or proposed, or the one asked for by `?run=`."""
    return _shown(request, found(round_for, request.actor, code), forms.Form())


@require_POST
@for_office
def run(request: OfficeRequest, code: str) -> HttpResponse:
    """Run the match on what was sent."""
    of = found(round_for, request.actor, code)
    said = _("The match is made and checked. Nobody is told of it until a second person confirms it.")
    return _done(request, of, (lambda: matching.match_round(
        round=of, actor=request.actor, at=clock.now()
    ), said))  # fmt: skip


@require_POST
@for_office
def again(request: OfficeRequest, code: str) -> HttpResponse:
    """Propose the match anew after somebody left."""
    of = found(round_for, request.actor, code)
    said = _("The match made anew is proposed, with as few moves as can be. A second person confirms it.")
    return _done(request, of, (lambda: matching.rematch(
        round=of, actor=request.actor, at=clock.now()
    ), said))  # fmt: skip


@require_POST
@for_office
def confirm(request: OfficeRequest, code: str, run: str) -> HttpResponse:
    """Confirm a match: both sides are told."""
    of, form = found(round_for, request.actor, code), ConfirmForm(request.POST)
    wanted = one_among(match_runs(of), run)
    status = attempt(form, lambda: matching.confirm_match(
        run=wanted, ground=form.cleaned_data["ground"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _shown(request, of, form, status)
    messages.success(request, _("The match is confirmed. People and firms are told."))
    return redirect("office:match", code)


def _done(request: OfficeRequest, of: Round, deed: tuple[Callable[[], object], str]) -> HttpResponse:
    (act, said), form = deed, forms.Form({})
    status = attempt(form, act)
    if form.errors:
        return _shown(request, of, form, status)
    messages.success(request, said)
    return redirect("office:match", of.code)


def _shown(request: OfficeRequest, of: Round, form: forms.Form, status: int = HTTPStatus.OK) -> HttpResponse:
    runs = match_runs(of)
    wanted = one_among(runs, request.GET["run"]) if "run" in request.GET else next(iter(runs), None)
    adopted = [each for each in runs if hasattr(each, "adoption")]
    it = match_of(wanted) if wanted is not None else None
    may = permissions.may(request.actor, "round.match", of.scheme) and of.is_open
    page = {
        "round": of,
        "tab": "match",
        "form": form,
        "runs": runs,
        "it": it,
        "proof": proof_said(wanted) if wanted is not None else [],
        "none": [(each, why_none(each)) for each in it.people if each.post is None] if it else [],
        "moves": [(each, WHYS[each.why]) for each in it.moves] if it else [],
        "names": names_of(
            name
            for each in runs
            for name in (each.run_by, each.adoption.adopted_by if each in adopted else each.run_by)
        ),
        "ties": rules_of(of).ties,
        "may_run": may and not adopted,
        "may_again": may and bool(adopted),
        "needs_again": bool(adopted) and runs[0] == adopted[0] and has_changed(of, adopted[0]),
        "may_confirm": wanted is not None and wanted == runs[0] and may_confirm(request.actor, of, wanted),
        "waits": wanted is not None and wanted == runs[0] and waits_for_another(request.actor, of, wanted),
        "confirming": form if isinstance(form, ConfirmForm) else ConfirmForm(),
    }
    return render(request, "office/selection/match.html", page, status=status)
