"""The posts of a round: positions taken in, what each asks for stated by the desk, and taken out again."""

from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.employers.models import Position
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes.queries import roster_of
from tragitto.selection import permissions
from tragitto.selection.holding import held
from tragitto.selection.models import Round, RoundPost
from tragitto.selection.queries.posts import free_seats, joinable
from tragitto.selection.queries.stating import frozen, late_seats, wrong_seats
from tragitto.selection.rules.demands import Demands, wrong

#: What the desk states of a post, by the names of its fields.
STATED = tuple(Demands.__dataclass_fields__)


@transaction.atomic
def take_in_open_positions(*, round: Round, actor: Actor, at: datetime) -> list[RoundPost]:
    """Take every open position of the scheme that is in no round under way into this one.

    It takes part with its profile alone until the desk states what it asks for. Again it takes in what has
    been opened since. Raises `NotAllowed`; `Blocked` for a round that is closed.
    """
    found = _held(round, actor)
    wanted = list(joinable(found.scheme))
    _leave_closed_rounds(wanted, found, at)
    free = free_seats(wanted)
    made = [
        RoundPost.objects.create(code=new_code("P"), round=found, position=each, seats=free[each.pk])
        for each in wanted
    ]
    if made:
        facts = {"posts": [each.code for each in made]}
        record("round.posts_taken_in", subject=found.code, actor=actor, at=at, facts=facts)
    return made


@transaction.atomic
def state_post(
    *, post: RoundPost, demands: Demands, seats: int, ground: str = "", actor: Actor, at: datetime
) -> RoundPost:
    """Write what a post asks for, read together with its employer: it counts in every run from now on.

    What it asks for stays once people were asked for it; after both sides were asked for their rankings seats
    change for a `ground` alone. Raises `NotAllowed`; `Blocked` with each demand that nobody can meet, for
    seats that others hold or a match waits for, and for a post that left.
    """
    found = _held(post.round, actor)
    now = RoundPost.objects.select_related("position").get(pk=post.pk)
    if now.left_at is not None:
        raise Blocked(Finding("post_left", _("This position does not take part in the round any more.")))
    findings = [*_wrong(demands, found), *wrong_seats(seats, now), *frozen(_fields(demands), now)]
    if seats != now.seats:
        findings += late_seats(found, ground)
    if findings:
        raise Blocked(findings)

    for name, value in _fields(demands).items():
        setattr(now, name, value)
    if found.rank_by is not None and seats != now.seats:
        now.seats_ground = ground.strip()
    now.seats, now.stated_by, now.stated_at = seats, actor.code, at
    now.save(update_fields=[*STATED, "seats", "seats_ground", "stated_by", "stated_at"])
    record("post.stated", subject=found.code, actor=actor, at=at, facts={"post": now.code, "seats": seats})
    return now


@transaction.atomic
def leave(*, post: RoundPost, ground: str, actor: Actor, at: datetime) -> RoundPost:
    """Take a post out of the round, with a ground. Again it changes nothing.

    Raises `NotAllowed`; `Blocked` without a ground, and while people stand on its shortlist.
    """
    found = _held(post.round, actor)
    now = RoundPost.objects.select_related("position").get(pk=post.pk)
    if now.left_at is not None:
        return now
    if not ground.strip():
        text = _("Say why this position leaves the round.")
        raise Blocked(Finding("ground_missing", text, {"field": "ground"}))
    if now.shortlist.filter(removed_at=None, given_up_at=None).exists():
        text = _(
            "People stand on the shortlist of this position: take it out by the link that tells them too."
        )
        raise Blocked(Finding("has_shortlist", text))
    now.left_at, now.left_ground = at, ground.strip()
    now.save(update_fields=["left_at", "left_ground"])
    record("post.left", subject=found.code, actor=actor, at=at, facts={"post": now.code})
    return now


def _leave_closed_rounds(positions: list[Position], round: Round, at: datetime) -> None:
    """A position takes part in one round at a time: it leaves the closed ones in which it was before."""
    before = RoundPost.objects.filter(position__in=positions, left_at=None, round__closed_at__isnull=False)
    before.update(left_at=at, left_ground=f"round {round.number}")


def _held(round: Round, actor: Actor) -> Round:
    found = held(round)
    if not permissions.may(actor, "round.draft", found.scheme):
        text = _("Only officers of who proposes candidates or coordinates change the positions of a round.")
        raise NotAllowed(Finding("may_not_change_posts", text))
    if found.closed_at is not None:
        raise Blocked(Finding("round_closed", _("This round is closed: nothing of it changes any more.")))
    return found


def _fields(demands: Demands) -> dict[str, Any]:
    stated: dict[str, Any] = msgspec.to_builtins({name: getattr(demands, name) for name in STATED})
    return stated | {"starts_on": demands.starts_on}


def _wrong(demands: Demands, round: Round) -> list[Finding]:
    texts = {
        "least_levels": _("Choose languages and levels that the roster knows."),
        "least_schooling": _("Levels of schooling lie between 0 and 8."),
        "least_years": _("Years of experience lie between 0 and 60."),
        "must_skills": _("Choose skills that the roster knows."),
        "wished_skills": _("Choose skills that the roster knows, and none that is asked for already."),
        "must_licences": _("Choose certificates that the roster knows."),
        "shifts": _("Choose hours of work from the list."),
    }
    asked = wrong(demands, roster_of(round.scheme))
    return [Finding(f"wrong_{each}", texts[each], {"field": each}) for each in asked]
