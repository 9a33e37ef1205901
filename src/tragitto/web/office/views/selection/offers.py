"""Matches and offers of a round at the desk, and taking a person or a position out of it."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.kernel import clock
from tragitto.selection import permissions
from tragitto.selection.actions import withdrawing
from tragitto.selection.models import Round
from tragitto.selection.queries.matches import matches_of
from tragitto.selection.queries.offers import offers_of
from tragitto.selection.queries.rounds import post_for, round_for
from tragitto.selection.queries.shortlists import person_of_round
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.matching import OutForm
from tragitto.web.parts.finding import found
from tragitto.web.parts.offers import ENDS, offer_shown
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def offers(request: OfficeRequest, code: str) -> HttpResponse:
    """Every match of the round with its offers, the newest first."""
    of = found(round_for, request.actor, code)
    made: dict[int, list[object]] = {}
    for each in offers_of(of):
        made.setdefault(each.match_id, []).append(offer_shown(each))
    page = {
        "round": of,
        "tab": "offers",
        "matches": [(each, ENDS.get(each.end, ""), made.get(each.pk, [])) for each in matches_of(of)],
        "may": _may(request, of),
    }
    return render(request, "office/selection/offers.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def person_leaves(request: OfficeRequest, code: str, person: str) -> HttpResponse:
    """Take a person out of the round, with a ground."""
    of = found(round_for, request.actor, code)
    who = found(person_of_round, of, person)
    return _leaving(request, of, who.code, lambda ground: withdrawing.withdraw_person(
        candidate=who, round=of, ground=ground, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def post_leaves(request: OfficeRequest, code: str, post: str) -> HttpResponse:
    """Take a position out of the round, with a ground."""
    of = found(round_for, request.actor, code)
    which = found(post_for, of, post)
    return _leaving(request, of, which.code, lambda ground: withdrawing.withdraw_post(
        post=which, ground=ground, actor=request.actor, at=clock.now()
    ))  # fmt: skip


def _may(request: OfficeRequest, of: Round) -> bool:
    # Of a closed round too: whoever is matched may still leave.
    return permissions.may(request.actor, "round.match", of.scheme)


def _leaving(request: OfficeRequest, of: Round, what: str, act: Callable[[str], object]) -> HttpResponse:
    form: forms.Form = OutForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        form = OutForm(request.POST)
        status = attempt(form, lambda: act(form.cleaned_data["ground"]))
        if not form.errors:
            messages.success(
                request, _("Done, and those concerned were told. See whether the match is to be made anew.")
            )
            return redirect("office:offers", of.code)
    page = {"round": of, "tab": "offers", "what": what, "form": form, "may": _may(request, of)}
    return render(request, "office/selection/leaving.html", page, status=status)
