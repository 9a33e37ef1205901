"""Leaving a round: a person for good, or a firm with its position; what was theirs is free for the others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.telling import tell
from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import Answer
from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.actions.answering import settle
from tragitto.selection.actions.offering import end_match
from tragitto.selection.actions.sides import demand_firm, demand_open, demand_person
from tragitto.selection.actions.telling import tell_firm
from tragitto.selection.holding import held
from tragitto.selection.models import Match, Round, RoundPost, Shortlisted
from tragitto.selection.queries.pairing import live_matches
from tragitto.selection.vocabulary import MatchEnd

_PARTS = ("position__expression__employer", "position__expression__call")


@transaction.atomic
def withdraw_person(
    *, candidate: Candidate, round: Round, ground: str = "", actor: Actor, at: datetime
) -> int:
    """Take a person out of the round for good, and end their match; how many posts they left.

    Their meetings to come are cancelled by `releasing.release`, which offers the time to who waits. The
    firms see them no longer.
    They need not say why; the desk must. They stay on the roster, at their place. Again it changes nothing.
    Raises `NotAllowed`; `Blocked` for a round that is closed, unless they are matched in it still.
    """
    found = held(round)
    if permissions.may(actor, "round.match", found.scheme):
        _ask_ground(ground)
    else:
        demand_person(candidate=candidate, actor=actor, at=at)
    if not live_matches(found).filter(candidate=candidate).exists():
        demand_open(round=found, actor=actor, at=at)
    rows = Shortlisted.objects.filter(
        post__round=found, candidate=candidate, given_up_at=None, removed_at=None
    )
    left = list(rows.order_by("pk"))
    if not left:
        return 0
    for match in live_matches(found).filter(candidate=candidate):
        end_match(match=match, end=MatchEnd.CANDIDATE_WITHDREW, actor=actor, at=at)
        _tell_firm(match.post, match, actor=actor, at=at)
    for row in left:
        row.given_up_at = at
        row.save(update_fields=["given_up_at"])
    settle([each.invitation_id for each in left], actor=actor, at=at)
    facts = {"round": found.code, "posts": len(left)}
    record("selection.person_left", subject=candidate.code, actor=actor, at=at, facts=facts)
    return len(left)


@transaction.atomic
def withdraw_post(*, post: RoundPost, ground: str, actor: Actor, at: datetime) -> int:
    """Take a position out of the round and end its matches; how many. Meetings to come as `withdraw_person`.

    By who withdraws for the firm, or by the desk, each with a ground. Whoever was matched is back at their
    place. Who was asked and did not say no is told, and the firm sees them no longer. Again it changes
    nothing. Raises `NotAllowed`; `Blocked` without a ground, and for a round that is closed, unless somebody
    is matched with the position still.
    """
    found = held(post.round)
    now = RoundPost.objects.select_related("round__scheme", *_PARTS).get(pk=post.pk)
    if not permissions.may(actor, "round.match", found.scheme):
        demand_firm(post=now, power=Power.WITHDRAW, actor=actor, at=at)
    # A position that is in the next round by now has left this one, and its matches may stand all the same.
    over = list(live_matches(found).filter(post=now))
    if now.left_at is not None and not over:
        return 0
    if not over:
        demand_open(round=found, actor=actor, at=at)
    _ask_ground(ground)
    rows = Shortlisted.objects.filter(post=now, given_up_at=None, removed_at=None)
    for match in over:
        end_match(match=match, end=MatchEnd.EMPLOYER_WITHDREW, actor=actor, at=at)
    told = rows.filter(published_at__isnull=False).exclude(answer=Answer.DECLINED)
    if not found.is_open:
        told = told.filter(candidate__in=[each.candidate_id for each in over])
    for person in Candidate.objects.filter(shortlisted__in=told).distinct().order_by("pk"):
        tell(
            candidate=person,
            subject=_("A firm has left the selection"),
            text=_("A firm that asked for you has left the selection. You stay at your place on the roster."),
            key=f"post-left:{now.code}",
            actor=actor,
            at=at,
        )
    if now.left_at is None:
        now.left_at, now.left_ground = at, ground.strip()
        now.save(update_fields=["left_at", "left_ground"])
    settle(rows.values_list("invitation", flat=True), actor=actor, at=at)
    record("post.left", subject=found.code, actor=actor, at=at, facts={"post": now.code, "ended": len(over)})
    return len(over)


def _ask_ground(ground: str) -> None:
    if not ground.strip():
        text = _("Say why: it becomes part of the file of the round.")
        raise Blocked(Finding("ground_missing", text, {"field": "ground"}))


def _tell_firm(post: RoundPost, match: Match, *, actor: Actor, at: datetime) -> None:
    expression = post.position.expression
    tell_firm(
        employer=expression.employer,
        call=expression.call,
        subject=_("A person has left the selection"),
        text=_("A person who was matched with your position has left. Sign in to the portal to read more."),
        key=f"person-left:{match.code}",
        actor=actor,
        at=at,
    )
