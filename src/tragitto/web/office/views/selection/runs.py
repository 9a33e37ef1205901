"""Runs of the engine: their list, one with its result and proof, why a pair came out as it did, its file."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.accounts.queries import names_of
from tragitto.kernel import clock
from tragitto.kernel.refusals import NotFound
from tragitto.selection import permissions
from tragitto.selection.actions import auditing, ordering, running
from tragitto.selection.models import Round, Run
from tragitto.selection.queries import runs as queries
from tragitto.selection.queries.computing import is_computing
from tragitto.selection.queries.explanations import pair_said
from tragitto.selection.queries.rounds import round_for
from tragitto.selection.vocabulary import RunKind
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.comparing import PairForm
from tragitto.web.office.run_page import KINDS, lists_of, post_choices, proof_of
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def runs(request: OfficeRequest, code: str) -> HttpResponse:
    """The runs of a round, the newest first, and a way to run it again or to try something out."""
    return _listed(request, found(round_for, request.actor, code), forms.Form())


@require_POST
@for_office
def begin(request: OfficeRequest, code: str) -> HttpResponse:
    """Let the engine propose shortlists for the round as it stands."""
    of, form = found(round_for, request.actor, code), forms.Form({})
    made: list[Run | None] = []
    status = attempt(form, lambda: made.append(
        ordering.propose_or_order(round=of, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _listed(request, of, form, status)
    if made[0] is None:
        return redirect("office:round_runs", code)
    messages.success(request, _("The proposal is made and checked. Nobody is told of it yet."))
    return redirect("office:run", code, made[0].code)


@require_safe
@for_office
def run(request: OfficeRequest, code: str, run: str) -> HttpResponse:
    """One run: what was asked, what came out, the proof in words."""
    wanted = _run(request, code, run)
    return _one(request, wanted, PairForm(posts=post_choices(wanted)))


@require_POST
@for_office
def again(request: OfficeRequest, code: str, run: str) -> HttpResponse:
    """Do the run again from what was kept and say whether the same came out."""
    wanted, form = _run(request, code, run), forms.Form({})
    done: list[running.Again] = []
    status = attempt(form, lambda: done.append(
        running.rerun(run=wanted, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _one(request, wanted, PairForm(posts=post_choices(wanted)), status, form)
    if done[0].is_same:
        messages.success(request, _("Run again: the same came out, to the last byte."))
    elif done[0].made_by != done[0].engine:
        text = _("Run again: another version of the engine made this run, and this one gives something else.")
        messages.warning(request, text)
    else:
        messages.error(request, _("Run again: something else came out. Do not use this run, and report it."))
    return redirect("office:run", code, run)


@require_safe
@for_office
def why(request: OfficeRequest, code: str, run: str) -> HttpResponse:
    """Why a person is proposed for a position of the run, or why not."""
    wanted = _run(request, code, run)
    form = PairForm(request.GET, posts=post_choices(wanted))
    if not form.is_valid():
        return _one(request, wanted, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        pair = pair_said(wanted, form.person, form.cleaned_data["post"], audience="office")
    except NotFound:
        form.add_error("candidate", _("This person or this position was not in the run."))
        return _one(request, wanted, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    number = auditing.pseudonym(wanted, pair.candidate)
    page = {"round": wanted.round, "tab": "runs", "run": wanted, "pair": pair, "number": number}
    return render(request, "office/selection/why.html", page)


@require_POST
@for_office
def file(request: OfficeRequest, code: str, run: str) -> HttpResponse:
    """The file of the run for an appeal or an audit, without names or codes of people."""
    wanted, form = _run(request, code, run), forms.Form({})
    made: list[bytes] = []
    status = attempt(form, lambda: made.append(
        auditing.hand_out(run=wanted, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _one(request, wanted, PairForm(posts=post_choices(wanted)), status, form)
    return as_file(made[0], f"{wanted.code}.zip", "application/zip")


def _run(request: OfficeRequest, code: str, run: str) -> Run:
    of = found(round_for, request.actor, code)
    return found(queries.run_in, of, run)


def _listed(request: OfficeRequest, of: Round, form: forms.Form, status: int = HTTPStatus.OK) -> HttpResponse:
    shown = page_of(queries.runs_of(of), request)
    page = {
        "round": of,
        "tab": "runs",
        "form": form,
        "page": shown,
        "kinds": KINDS,
        "is_computing": is_computing(of),
        "names": names_of(each.run_by for each in shown.object_list),
        "may_run": permissions.may(request.actor, "round.run", of.scheme),
    }
    return render(request, "office/selection/runs.html", page, status=status)


def _one(
    request: OfficeRequest,
    wanted: Run,
    form: PairForm,
    status: int = HTTPStatus.OK,
    refused: forms.Form | None = None,
) -> HttpResponse:
    page = {
        "round": wanted.round,
        "tab": "runs",
        "run": wanted,
        "kind": KINDS[RunKind(wanted.kind)],
        "lists": lists_of(wanted),
        "proof": proof_of(wanted),
        "names": names_of([wanted.run_by]),
        "form": form,
        "refused": refused,
        "may_audit": permissions.may(request.actor, "round.audit", wanted.round.scheme),
    }
    return render(request, "office/selection/run.html", page, status=status)
