"""Writing down what somebody without an account told the desk: to a position, and to an offer."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragitto.candidates.vocabulary import Answer
from tragitto.kernel import clock
from tragitto.selection import permissions
from tragitto.selection.actions import on_behalf
from tragitto.selection.queries.offers import offer_in
from tragitto.selection.queries.rounds import round_for
from tragitto.selection.queries.shortlists import line_for
from tragitto.selection.vocabulary import ToldWay
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.told import ToldForm
from tragitto.web.parts.finding import found
from tragitto.web.parts.offers import offer_shown
from tragitto.web.parts.refusing import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def line(request: OfficeRequest, code: str, line: str) -> HttpResponse:
    """Write down a yes or no to a position."""
    of = found(round_for, request.actor, code)
    row = found(line_for, of, line)
    page = {
        "round": of,
        "tab": "shortlists",
        "person": row.candidate,
        "post": row.post,
        "back": reverse("office:shortlist", args=[code, row.post.code]),
        "may": permissions.may(request.actor, "round.shortlist", of.scheme),
    }
    return _telling(request, page, lambda answer, way, ground: on_behalf.answer_line_for(
        row=row, answer=answer, way=way, ground=ground, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def offer(request: OfficeRequest, code: str, offer: str) -> HttpResponse:
    """Write down the answer to an offer."""
    of = found(round_for, request.actor, code)
    it = found(offer_in, of, offer)
    page = {
        "round": of,
        "tab": "offers",
        "person": it.match.candidate,
        "post": it.match.post,
        "offer": offer_shown(it),
        "back": reverse("office:offers", args=[code]),
        "may": permissions.may(request.actor, "round.match", of.scheme),
    }
    return _telling(request, page, lambda answer, way, ground: on_behalf.answer_offer_for(
        offer=it, accepts=answer == Answer.ACCEPTED, way=way, ground=ground,
        actor=request.actor, at=clock.now(),
    ))  # fmt: skip


def _telling(
    request: OfficeRequest, page: Mapping[str, Any], act: Callable[[Answer, ToldWay, str], object]
) -> HttpResponse:
    form, status = ToldForm(), HTTPStatus.OK
    if request.method == "POST":
        form = ToldForm(request.POST)
        status = attempt(form, lambda: act(
            Answer(form.cleaned_data["answer"]),
            ToldWay(form.cleaned_data["way"]),
            form.cleaned_data["ground"],
        ))  # fmt: skip
        if not form.errors:
            messages.success(request, _("Written down, with your name."))
            return redirect(page["back"])
    return render(request, "office/selection/told.html", {**page, "form": form}, status=status)
