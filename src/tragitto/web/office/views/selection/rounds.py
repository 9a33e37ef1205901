"""Rounds of selection: their list, one with what is to be done next, its rules as everybody reads them."""

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
from tragitto.selection.actions import rounds as acts
from tragitto.selection.models import Round
from tragitto.selection.queries import rounds as queries
from tragitto.selection.queries import runs
from tragitto.selection.vocabulary import RunKind
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.rounds import BeginForm
from tragitto.web.parts import selection_rules
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def rounds(request: OfficeRequest) -> HttpResponse:
    """The rounds that the actor may see, and a way to begin one."""
    return _listed(request, None)


@require_POST
@for_office
def begin(request: OfficeRequest) -> HttpResponse:
    """Begin a round with every open position in it."""
    form = BeginForm(request.POST, schemes=queries.schemes_to_select(request.actor))
    made: list[Round] = []
    status = attempt(form, lambda: made.append(
        acts.draft_round(scheme=form.scheme, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _listed(request, form, status)
    messages.success(request, _("The round is drafted, with every open position in it."))
    return redirect("office:round", made[0].code)


@require_safe
@for_office
def round_page(request: OfficeRequest, code: str) -> HttpResponse:
    """One round: where it stands, what comes next, who did what."""
    return _shown(request, found(queries.round_for, request.actor, code), forms.Form())


@require_POST
@for_office
def publish(request: OfficeRequest, code: str) -> HttpResponse:
    """Publish the rules of the round: it is under way."""
    said = _("The rules are published and the round is under way.")
    return _done(request, code, said, acts.publish_round)


@require_POST
@for_office
def close(request: OfficeRequest, code: str) -> HttpResponse:
    """End the round."""
    return _done(request, code, _("The round is closed."), acts.close_round)


@require_safe
@for_office
def rules(request: OfficeRequest, code: str) -> HttpResponse:
    """The rules of the round as everybody may read them once they are published."""
    of = found(queries.round_for, request.actor, code)
    page = {"round": of, "tab": "rules", "it": selection_rules.page_of(of)}
    return render(request, "office/selection/rules.html", page)


def _done(request: OfficeRequest, code: str, said: str, act: Callable[..., object]) -> HttpResponse:
    of, form = found(queries.round_for, request.actor, code), forms.Form({})
    status = attempt(form, lambda: act(round=of, actor=request.actor, at=clock.now()))
    if form.errors:
        return _shown(request, of, form, status)
    messages.success(request, said)
    return redirect("office:round", code)


def _listed(request: OfficeRequest, form: BeginForm | None, status: int = HTTPStatus.OK) -> HttpResponse:
    schemes = queries.schemes_to_select(request.actor)
    page = {
        "page": page_of(queries.rounds_for(request.actor), request),
        "form": form or (BeginForm(schemes=schemes) if schemes else None),
    }
    return render(request, "office/selection/rounds.html", page, status=status)


def _shown(request: OfficeRequest, of: Round, form: forms.Form, status: int = HTTPStatus.OK) -> HttpResponse:
    actor, scheme = request.actor, of.scheme
    page = {
        "round": of,
        "tab": "round",
        "form": form,
        "posts": queries.posts_of(of).count(),
        "unstated": queries.posts_of(of).filter(stated_by="").count(),
        "newest": runs.newest(of, RunKind.SHORTLISTS),
        "names": names_of([of.drafted_by, of.published_by]),
        "may_publish": of.published_at is None and permissions.may(actor, "round.publish", scheme),
        "is_drafter": of.drafted_by == actor.code,
        "may_close": of.is_open and permissions.may(actor, "round.close", scheme),
    }
    return render(request, "office/selection/round.html", page, status=status)
