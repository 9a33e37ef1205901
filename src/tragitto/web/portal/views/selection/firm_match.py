"""A firm and whom it was matched with: the offer made, taken back; a position withdrawn."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragitto.kernel import clock
from tragitto.selection.actions import offering
from tragitto.selection.actions.withdrawing import withdraw_post
from tragitto.selection.models import Match
from tragitto.selection.queries.offers import match_of_firms, offer_of_firms
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import OfferAnswer
from tragitto.web.parts.finding import found
from tragitto.web.parts.offers import ENDS, offer_shown
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.firm_page import firms_of, names_for, post_of
from tragitto.web.portal.forms.selection import LeaveForm, OfferForm

_STANDS = ("", OfferAnswer.ACCEPTED)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def match(request: PortalRequest, code: str) -> HttpResponse:
    """One person matched with a post of the firm: what was offered, or the form of an offer."""
    it = found(match_of_firms, list(firms_of(request)), code)
    if request.method != "POST":
        return _shown(request, it, OfferForm())
    form = OfferForm(request.POST)
    status = attempt(form, lambda: offering.offer(
        match=it, terms=form.terms, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _shown(request, it, form, status)
    messages.success(request, _("The offer was made. The person is told, and you are told of the answer."))
    return redirect("portal:firm_match", code)


@require_POST
@for_person
def take_back(request: PortalRequest, code: str) -> HttpResponse:
    """Take back an offer that was not answered yet."""
    it, form = found(offer_of_firms, list(firms_of(request)), code), forms.Form({})
    status = attempt(form, lambda: offering.take_back_offer(
        offer=it, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        of = found(match_of_firms, list(firms_of(request)), it.match.code)
        return _shown(request, of, OfferForm(), status, refused=form)
    messages.success(request, _("The offer was taken back. You can make another one."))
    return redirect("portal:firm_match", it.match.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def leave(request: PortalRequest, code: str) -> HttpResponse:
    """Withdraw a position from the round, with a ground."""
    post = post_of(request, code)
    form, status = LeaveForm(), HTTPStatus.OK
    if request.method == "POST":
        form = LeaveForm(request.POST)
        status = attempt(form, lambda: withdraw_post(
            post=post, ground=form.cleaned_data["ground"], actor=request.actor, at=clock.now()
        ))  # fmt: skip
        if not form.errors:
            messages.success(request, _("The position left the round. The people were told."))
            return redirect("portal:after_meetings")
    page = {"post": post, "form": form}
    return render(request, "portal/selection/post_leaves.html", page, status=status)


def _shown(
    request: PortalRequest,
    it: Match,
    form: OfferForm,
    status: int = HTTPStatus.OK,
    *,
    refused: forms.Form | None = None,
) -> HttpResponse:
    offers = [offer_shown(each) for each in it.offers.all()]
    firm = it.post.position.expression.employer.code
    page = {
        "it": it,
        "name": names_for([firm], [it.shortlisted])[it.shortlisted_id],
        "end": ENDS.get(it.end, ""),
        "offers": offers,
        "may_offer": it.ended_at is None and not any(each.offer.answer in _STANDS for each in offers),
        "days": rules_of(it.post.round).offer_days,
        "form": form,
        "refused": refused,
    }
    return render(request, "portal/selection/firm_match.html", page, status=status)
