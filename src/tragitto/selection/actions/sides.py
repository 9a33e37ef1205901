"""Whose word counts for a side of a round: the person themselves, and who acts for the firm."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import Candidate
from tragitto.employers.queries.representing import acts_for
from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.selection import permissions
from tragitto.selection.models import Round, RoundPost


def demand_firm(*, post: RoundPost, power: Power, actor: Actor, at: datetime) -> None:
    """Raise `NotAllowed` unless `actor` is confirmed to do `power` for the firm of `post` on that day."""
    expression = post.position.expression
    on = timezone.localdate(at)
    if not acts_for(actor.code, expression.employer, expression.call, power, on):
        text = _("Only who is confirmed to do this for the firm may do it: ask the firm to entrust you.")
        raise NotAllowed(Finding("not_of_the_firm", text))


def demand_person(*, candidate: Candidate, actor: Actor, at: datetime) -> None:
    """Raise `NotAllowed` unless `actor` is the person."""
    if not candidate.account or candidate.account != actor.code:
        raise NotAllowed(Finding("not_the_person", _("Only the person says this.")))


def demand_desk(*, round: Round, verb: str, actor: Actor, at: datetime) -> None:
    """Raise `NotAllowed` unless `actor` does `verb` at the desk of the round; `Blocked` if it is not open."""
    if not permissions.may(actor, verb, round.scheme):
        text = _("Only who proposes candidates or coordinates does this.")
        raise NotAllowed(Finding("not_of_the_desk", text))
    demand_open(round=round, actor=actor, at=at)


def demand_open(*, round: Round, actor: Actor, at: datetime) -> None:
    """Raise `Blocked` for a round that is not under way."""
    if not round.is_open:
        text = _("This round is not under way: publish its rules first; a closed round stays closed.")
        raise Blocked(Finding("round_not_open", text))
