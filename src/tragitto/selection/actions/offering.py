"""Offers after a match: made by the firm, answered by the person within the term, taken back, lapsed."""

import logging
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.telling import tell
from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, Refusal
from tragitto.ledger.actions import record
from tragitto.selection.actions.matching import fall_through
from tragitto.selection.actions.sides import demand_firm, demand_open, demand_person
from tragitto.selection.actions.telling import tell_firm
from tragitto.selection.actions.to_do import keep_to_do
from tragitto.selection.actions.told import THEMSELVES, Told
from tragitto.selection.holding import held
from tragitto.selection.models import Match, Offer
from tragitto.selection.queries.offers import lapsing
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.rules.terms import Terms, wrong
from tragitto.selection.vocabulary import MatchEnd, OfferAnswer

log = logging.getLogger(__name__)


@transaction.atomic
def offer(*, match: Match, terms: Terms, actor: Actor, at: datetime) -> Offer:
    """Make a matched person an offer, to be answered within the days of the rules; they are told.

    Raises `NotAllowed`; `Blocked` for a match that has ended, while an offer is open or after one was
    accepted, and for each term that cannot be.
    """
    now = _held(match)
    demand_firm(post=now.post, power=Power.FILE, actor=actor, at=at)
    demand_open(round=now.post.round, actor=actor, at=at)
    if now.ended_at is not None:
        raise Blocked(Finding("match_ended", _("This match has ended: nothing can be offered any more.")))
    if Offer.objects.filter(match=now, answer__in=["", OfferAnswer.ACCEPTED]).exists():
        text = _("There is an offer already: take it back before you make another one.")
        raise Blocked(Finding("offer_open", text))
    if faults := wrong(terms, on=timezone.localdate(at)):
        text = _("Check this term of the offer.")
        raise Blocked([Finding(f"wrong_{name}", text, {"field": name}) for name in faults])

    days = rules_of(now.post.round).offer_days
    due_at = at + timedelta(days=days)
    made = Offer.objects.create(
        code=new_code("OF"), match=now, made_at=at, made_by=actor.code, due_at=due_at, **asdict(terms)
    )
    tell(
        candidate=now.candidate,
        subject=_("A firm makes you an offer"),
        text=_("A firm makes you an offer of work. Sign in, read it and answer. It costs nothing."),
        key=f"offer:{made.code}",
        until=due_at,
        actor=actor,
        at=at,
    )
    record("offer.made", subject=made.code, actor=actor, at=at, facts={"match": now.code, "days": days})
    return made


@transaction.atomic
def answer_offer(*, offer: Offer, accepts: bool, actor: Actor, at: datetime) -> Offer:
    """Accept or decline an offer; the firm is told. The same answer again changes nothing.

    A no ends the match, and the person is back at their place on the roster. Raises `NotAllowed`; `Blocked`
    after the term, for an offer that was taken back, and for another answer than before.
    """
    demand_person(candidate=_held(offer.match).candidate, actor=actor, at=at)
    return write_answer(offer=offer, accepts=accepts, actor=actor, at=at)


def write_answer(
    *, offer: Offer, accepts: bool, told: Told = THEMSELVES, actor: Actor, at: datetime
) -> Offer:
    """Write down the answer to an offer, which the person gave themselves or `told` somebody.

    Part of the caller's transaction, which asked who may. Raises `Blocked` as `answer_offer`.
    """
    match = _held(offer.match)
    now = Offer.objects.select_for_update().get(pk=offer.pk)
    answer = OfferAnswer.ACCEPTED if accepts else OfferAnswer.DECLINED
    if now.answer == answer:
        return now
    if now.answer:
        text = _("This offer was answered, taken back or has lapsed: it can be answered no more.")
        raise Blocked(Finding("offer_over", text))
    if at > now.due_at:
        raise Blocked(Finding("too_late", _("The time to answer this offer is over.")))
    _answer(now, answer, told=told, actor=actor, at=at)
    if not accepts:
        _end(match, MatchEnd.OFFER_DECLINED, actor=actor, at=at)
    subject = _("Your offer was accepted") if accepts else _("Your offer was declined")
    _tell_firm(match, now, subject, actor=actor, at=at)
    return now


@transaction.atomic
def take_back_offer(*, offer: Offer, actor: Actor, at: datetime) -> Offer:
    """Take back an offer that was not answered; the match stands, so that a better one can be made.

    Again it changes nothing. Raises `NotAllowed`; `Blocked` for an offer that was answered.
    """
    match = _held(offer.match)
    demand_firm(post=match.post, power=Power.FILE, actor=actor, at=at)
    now = Offer.objects.select_for_update().get(pk=offer.pk)
    if now.answer == OfferAnswer.TAKEN_BACK:
        return now
    if now.answer:
        raise Blocked(Finding("offer_over", _("This offer was answered: it can be taken back no more.")))
    _answer(now, OfferAnswer.TAKEN_BACK, actor=actor, at=at)
    tell(
        candidate=match.candidate,
        subject=_("An offer was taken back"),
        text=_("A firm took its offer back. You are still matched with it: it may make you another one."),
        key=f"offer-back:{now.code}",
        actor=actor,
        at=at,
    )
    return now


def lapse_offers(*, actor: Actor, at: datetime) -> int:
    """Let every offer lapse whose term is over without an answer; how many did.

    Each in a transaction of its own: a house that dies half-way goes on with the others, and one that cannot
    lapse is written in the log, and keeps no other from it.
    """
    lapsed = 0
    for each in lapsing(at):
        try:
            lapsed += _lapse(each, actor=actor, at=at)
        except Refusal as refused:
            log.error("offer %s did not lapse: %s", each.code, refused.findings[0].code)
    return lapsed


def end_match(*, match: Match, end: MatchEnd, actor: Actor, at: datetime) -> None:
    """End a live match, with what was offered and not answered; the person is back at their place.

    Part of the caller's transaction, which holds the round.
    """
    for each in Offer.objects.select_for_update().filter(match=match, answer=""):
        is_theirs = end == MatchEnd.CANDIDATE_WITHDREW
        _answer(each, OfferAnswer.DECLINED if is_theirs else OfferAnswer.TAKEN_BACK, actor=actor, at=at)
    _end(match, end, actor=actor, at=at)


@transaction.atomic
def _lapse(offer: Offer, *, actor: Actor, at: datetime) -> int:
    match = _held(offer.match)
    now = Offer.objects.select_for_update().get(pk=offer.pk)
    if now.answer or at <= now.due_at:
        return 0
    _answer(now, OfferAnswer.LAPSED, actor=actor, at=at)
    if match.ended_at is None:
        _end(match, MatchEnd.OFFER_LAPSED, actor=actor, at=at)
    tell(
        candidate=match.candidate,
        subject=_("An offer has lapsed"),
        text=_("The time to answer an offer is over. You are back at your place on the roster."),
        key=f"offer-lapsed:{now.code}",
        actor=actor,
        at=at,
    )
    _tell_firm(match, now, _("Your offer has lapsed"), actor=actor, at=at)
    return 1


def _held(match: Match) -> Match:
    """The match as it now stands; its round is held, so that nobody matches anew meanwhile."""
    held(match.post.round)
    parts = ("candidate", "post__round__rules", "post__round__scheme", "post__position__expression__employer")
    return Match.objects.select_related(*parts, "post__position__expression__call").get(pk=match.pk)


def _answer(
    offer: Offer, answer: OfferAnswer, *, told: Told = THEMSELVES, actor: Actor, at: datetime
) -> None:
    offer.answer, offer.answered_at, offer.answered_by = answer, at, actor.code
    written = told.write_on(offer, actor)
    offer.save(update_fields=["answer", "answered_at", "answered_by", *written])
    facts = {"answer": str(answer), **told.facts}
    record(f"offer.{answer}", subject=offer.code, actor=actor, at=at, facts=facts)


def _end(match: Match, end: MatchEnd, *, actor: Actor, at: datetime) -> None:
    match.ended_at, match.end = at, end
    match.save(update_fields=["ended_at", "end"])
    record("match.ended", subject=match.code, actor=actor, at=at, facts={"end": str(end)})
    fall_through(candidate=match.candidate, actor=actor, at=at)
    keep_to_do(round=match.post.round, actor=actor, at=at)


def _tell_firm(match: Match, offer: Offer, subject: "str | Promise", *, actor: Actor, at: datetime) -> None:
    expression = match.post.position.expression
    tell_firm(
        employer=expression.employer,
        call=expression.call,
        subject=subject,
        text=_("There is news about your offer. Sign in to the portal to read it."),
        key=f"offer:{offer.code}:{offer.answer}",
        actor=actor,
        at=at,
    )
