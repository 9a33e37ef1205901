"""A person and the match: the post they have and why, how they verify it, the offer, leaving the round."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.candidates.models import Candidate
from tragitto.kernel import clock
from tragitto.selection.actions.offering import answer_offer
from tragitto.selection.actions.withdrawing import withdraw_person
from tragitto.selection.clocks import zones_of
from tragitto.selection.models import Round
from tragitto.selection.queries.matches import ended_matches_of, own_result
from tragitto.selection.queries.offers import own_offer, own_offers
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.queries.shortlists import takes_part
from tragitto.selection.vocabulary import OfferAnswer
from tragitto.web.parts.finding import found
from tragitto.web.parts.offers import ENDS, offer_shown
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_candidate
from tragitto.web.portal.own_page import own_person, round_of


@require_safe
@for_candidate
def own_match(request: PortalRequest, code: str, round: str) -> HttpResponse:
    """The person's result in the round, verifiable by their own list; their offers; a way out."""
    person = own_person(request, code)
    return _shown(request, person, round_of(person, round), forms.Form())


@require_POST
@for_candidate
def answer(request: PortalRequest, code: str, offer: str) -> HttpResponse:
    """Accept or decline an offer."""
    person = own_person(request, code)
    it, form = found(own_offer, person, offer), forms.Form({})
    said_so = request.POST.get("answer", "")
    if said_so not in {OfferAnswer.ACCEPTED, OfferAnswer.DECLINED}:
        raise Http404
    accepts = said_so == OfferAnswer.ACCEPTED

    def act() -> object:
        return answer_offer(offer=it, accepts=accepts, actor=request.actor, at=clock.now())

    said = _("You accepted the offer. The firm is told; the office writes to you about the next steps.")
    if not accepts:
        said = _("You declined the offer. You keep your place on the roster.")
    return _done(request, person, it.match.post.round, form, (act, said))


@require_POST
@for_candidate
def leave(request: PortalRequest, code: str, round: str) -> HttpResponse:
    """Leave the round; nobody asks why."""
    person = own_person(request, code)
    of, form = round_of(person, round), forms.Form({})

    def act() -> object:
        return withdraw_person(candidate=person, round=of, actor=request.actor, at=clock.now())

    return _done(
        request, person, of, form, (act, _("You left this round. You keep your place on the roster."))
    )


def _done(
    request: PortalRequest,
    person: Candidate,
    of: Round,
    form: forms.Form,
    deed: tuple[Callable[[], object], str],
) -> HttpResponse:
    act, said = deed
    status = attempt(form, act)
    if form.errors:
        return _shown(request, person, of, form, status)
    messages.success(request, said)
    return redirect("portal:own_match", person.code, of.code)


def _shown(
    request: PortalRequest, person: Candidate, of: Round, form: forms.Form, status: int = HTTPStatus.OK
) -> HttpResponse:
    offers = [each for each in own_offers(person) if each.match.post.round_id == of.pk]
    result = own_result(person, of)
    page = {
        "candidate": person,
        "scheme": person.scheme,
        "round": of,
        "result": result,
        "ended": [(each, ENDS[each.end]) for each in ended_matches_of(person, of)],
        "offers": [offer_shown(each) for each in offers],
        "offer_days": rules_of(of).offer_days,
        "takes_part": (of.is_open or (result is not None and result.match)) and takes_part(person, of),
        "form": form,
        "now": clock.now(),
        "zones": zones_of(rules_of(of).meeting, is_abroad=True),
    }
    return render(request, "portal/selection/own_match.html", page, status=status)
