"""The desk writes down what a person without an account told it: to a position, and to an offer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.holding import held as held_person
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.disclosure import may_be_shown
from tragitto.candidates.vocabulary import UNSEEN, Answer
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.selection import permissions
from tragitto.selection.actions import answering, offering
from tragitto.selection.actions.told import Told
from tragitto.selection.holding import held
from tragitto.selection.models import Offer, Round, Shortlisted
from tragitto.selection.vocabulary import ToldWay


@transaction.atomic
def answer_line_for(
    *, row: Shortlisted, answer: Answer, way: ToldWay, ground: str, actor: Actor, at: datetime
) -> Shortlisted:
    """Write down the yes or no to one position of a person who has no account; kept with who wrote it.

    A yes shows the firm the name, so consent and status are looked at again. Raises `NotAllowed`; `Blocked`
    for who answers themselves, without a ground, and as `answering.answer_line`.
    """
    found = held(row.post.round)
    person = _without_account(row.candidate, found, "round.shortlist", actor)
    told = _told(way, ground)
    if answer == Answer.ACCEPTED:
        _demand_shown(person)
    return answering.write_answer(row=row, answer=answer, told=told, actor=actor, at=at)


@transaction.atomic
def answer_offer_for(
    *, offer: Offer, accepts: bool, way: ToldWay, ground: str, actor: Actor, at: datetime
) -> Offer:
    """Write down the answer to an offer of a person who has no account; kept with who wrote it.

    Raises `NotAllowed`; `Blocked` for who answers themselves, without a ground, and as
    `offering.answer_offer`.
    """
    found = held(offer.match.post.round)
    _without_account(offer.match.candidate, found, "round.match", actor)
    told = _told(way, ground)
    return offering.write_answer(offer=offer, accepts=accepts, told=told, actor=actor, at=at)


def _without_account(candidate: Candidate, round: Round, verb: str, actor: Actor) -> Candidate:
    # Held, so that nobody takes the registration over meanwhile.
    person = held_person(candidate)
    if not permissions.may(actor, verb, round.scheme):
        text = _("Only who proposes candidates or coordinates writes down what somebody told.")
        raise NotAllowed(Finding("not_of_the_desk", text))
    if person.account:
        text = _("This person has an account: they answer themselves.")
        raise Blocked(Finding("answers_themselves", text))
    return person


def _told(way: ToldWay, ground: str) -> Told:
    if not ground.strip():
        text = _("Say who spoke with whom, and when.")
        raise Blocked(Finding("ground_missing", text, {"field": "ground"}))
    return Told(way, ground.strip())


def _demand_shown(person: Candidate) -> None:
    if person.status in UNSEEN or not may_be_shown(person):
        text = _("This person may not be shown to firms now: look at their consents and where they stand.")
        raise Blocked(Finding("may_not_be_shown", text))
