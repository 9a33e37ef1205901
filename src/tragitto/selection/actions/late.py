"""Reminding, once before a term is over, who has not ranked, sent a score sheet or made an offer."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.ledger.actions import record
from tragitto.ledger.queries import told_lately
from tragitto.selection.actions.asking_to_rank import (
    REMIND_FIRM,
    REMIND_PERSON,
    REMIND_SHEETS,
    tell_post,
    tell_side,
)
from tragitto.selection.clocks import moment_to_tell, zones_of
from tragitto.selection.models import Match, Offer, Round, RoundPost
from tragitto.selection.queries import missing
from tragitto.selection.queries.rankings import Side, rankings_of
from tragitto.selection.queries.rounds import rules_of

log = logging.getLogger(__name__)
REMINDED = "selection.reminded"
_OFFER_SUBJECT = _("Make your offer")
_OFFER_TEXT = _("A person was matched with your position and waits for your offer. Make it by {when}.")


def remind_the_late(*, actor: Actor, at: datetime) -> int:
    """Remind everybody who is late before a term is over, as many days as the rules say; how many were.

    Each in a transaction of its own with the line of the ledger that says so: a house that dies half-way goes
    on with the others, and reminds nobody twice of one term. One that cannot be reminded is written in the
    log, and keeps no other from it.
    """
    done = 0
    for waits in missing.rounds_that_wait():
        for code, act in _due(waits, at=at, actor=actor):
            try:
                done += act()
            except Refusal as refused:
                log.error("%s was not reminded: %s", code, refused.findings[0].code)
    return done


def _due(round: Round, *, at: datetime, actor: Actor) -> list[tuple[str, Callable[[], int]]]:
    days = rules_of(round).remind_days
    if not days:
        return []
    found: list[tuple[str, Callable[[], int]]] = []
    early = timedelta(days=days)
    if round.rank_by is not None and round.rank_by - early <= at < round.rank_by:
        unsent = missing.not_sent(round, at=at)
        found += [(_code(each), partial(_remind_to_rank, round, each, actor, at)) for each in unsent]
        without = missing.posts_without_sheets(round, at=at)
        posts = [each for each in rankings_of(round, at=at) if each.post and each.post.pk in without]
        found += [(_code(each), partial(_remind_of_sheets, round, each, actor, at)) for each in posts]
    for match in missing.without_offer(round):
        due_at = missing.offer_due_at(match)
        if due_at is not None and due_at - early <= at < due_at:
            found.append((match.code, partial(_remind_to_offer, round, match, actor, at)))
    return found


@transaction.atomic
def _remind_to_rank(round: Round, side: Side, actor: Actor, at: datetime) -> int:
    _hold(side)
    if missing.has_ranked(round, side) or not _is_first(round, _code(side), "ranking", actor, at):
        return 0
    words = REMIND_PERSON if side.candidate is not None else REMIND_FIRM
    tell_side(round, side, words, key="rank-soon", actor=actor, at=at)
    return 1


@transaction.atomic
def _remind_of_sheets(round: Round, side: Side, actor: Actor, at: datetime) -> int:
    _hold(side)
    if side.post is None or side.post.pk not in missing.posts_without_sheets(round, at=at):
        return 0
    if not _is_first(round, _code(side), "sheets", actor, at):
        return 0
    tell_side(round, side, REMIND_SHEETS, key="sheets", actor=actor, at=at)
    return 1


@transaction.atomic
def _remind_to_offer(round: Round, match: Match, actor: Actor, at: datetime) -> int:
    now = Match.objects.select_for_update(of=("self",), no_key=True).get(pk=match.pk)
    due_at = missing.offer_due_at(match)
    if now.ended_at is not None or due_at is None or Offer.objects.filter(match=now, answer="").exists():
        return 0
    if not _is_first(round, match.code, "offer", actor, at):
        return 0
    when = moment_to_tell(due_at, zones_of(rules_of(round).meeting))
    said = format_lazy(_OFFER_TEXT, when=when)
    tell_post(match.post, _OFFER_SUBJECT, said, key=f"offer-soon:{match.code}", actor=actor, at=at)
    return 1


def _hold(side: Side) -> None:
    if side.candidate is not None:
        Candidate.objects.select_for_update(of=("self",), no_key=True).get(pk=side.candidate.pk)
    elif side.post is not None:
        RoundPost.objects.select_for_update(of=("self",), no_key=True).get(pk=side.post.pk)


def _is_first(round: Round, subject: str, what: str, actor: Actor, at: datetime) -> bool:
    """Write down that this side is reminded of this term; False if it was already."""
    facts = {"round": round.code, "what": what, "until": round.rank_by}
    since = round.published_at or at
    if told_lately(REMINDED, subject=subject, actor=actor, facts=facts, since=since):
        return False
    record(REMINDED, subject=subject, actor=actor, at=at, facts=facts)
    return True


def _code(side: Side) -> str:
    whose = side.candidate or side.post
    assert whose is not None, "a side is a person or a post"
    return whose.code
