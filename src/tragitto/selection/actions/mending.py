"""A day mended on the day itself: those without an hour take free ones; others move where they said yes."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.actions.booking import book
from tragitto.selection.actions.news import MOVED, key_of, tell_guide, tell_sides
from tragitto.selection.actions.one_meeting import held_meeting, held_pair, keep, make, who_is_free
from tragitto.selection.actions.sides import demand_open
from tragitto.selection.models import Meeting, MeetingDay, Shortlisted
from tragitto.selection.queries.mending import Room, room_for_lost
from tragitto.selection.vocabulary import MeetingState


@transaction.atomic
def take_up(
    *, day: MeetingDay, seats: Iterable[tuple[Shortlisted, datetime]], actor: Actor, at: datetime
) -> list[Meeting]:
    """Book all these pairs at these times of the day, or nobody; the same again gives the same meetings.

    Raises `NotAllowed`; `Blocked` where one of the times was taken meanwhile, saying whose.
    """
    _demand_desk(day, actor=actor, at=at)
    made = []
    for pair, starts_at in sorted(seats, key=lambda seat: seat[0].pk):
        try:
            made.append(book(shortlisted=pair, day=day, starts_at=starts_at, actor=actor, at=at))
        except Blocked as refused:
            text = _("{code} cannot have this hour any more, so nobody was booked. {why}")
            why = refused.findings[0]
            said = text.format(code=pair.candidate.code, why=why.text)
            raise Blocked(Finding(why.code, said)) from refused
    return made


@transaction.atomic
def make_room(
    *, day: MeetingDay, pair: Shortlisted, steps: Collection[str], actor: Actor, at: datetime
) -> Meeting:
    """Move the meetings of people who said yes, and give `pair`, who lost an hour, the one that this frees.

    `steps` = the words of the steps that the page proposed, each agreed with the person. They are computed
    once more: raises `Stale` where the day is not the same any more, `NotAllowed`, and `Blocked` where one of
    the times was taken meanwhile; nobody is moved then.
    """
    _demand_desk(day, actor=actor, at=at)
    agreed = {each.split("@")[0] for each in steps}
    for meeting in Meeting.objects.filter(day=day, code__in=agreed).order_by("shortlisted"):
        held_meeting(meeting)
    held_pair(pair)
    stays = Meeting.objects.filter(day=day).exclude(code__in=agreed).values_list("code", flat=True)
    found = room_for_lost(day, at=at, stays=set(stays))
    if found is None or found.seat.pair.pk != pair.pk or {each.word for each in found.steps} != set(steps):
        text = _("The day has changed since this was proposed: nobody was moved. Read the new proposal.")
        raise Stale(Finding("day_changed", text))
    _move(found, actor=actor, at=at)
    return make(found.seat.pair, day, found.seat.slot.begins_at, None, actor=actor, at=at)


def _move(room: Room, *, actor: Actor, at: datetime) -> None:
    """Move all of them at once: their hours are let go first, so that two can change places."""
    moving = [(held_meeting(each.meeting), each) for each in room.steps]
    before = {now.pk: now.interpreter for now, _step in moving}
    for now, _step in moving:
        now.state, now.interpreter = MeetingState.CANCELLED, None
        keep(now, ["state", "interpreter"])
    for now, step in moving:
        now.state = MeetingState.PLANNED
        now.starts_at, now.ends_at = step.slot.begins_at, step.slot.ends_at
        now.sequence += 1
        now.reminded = []
        now.interpreter = who_is_free(now)
        keep(now, ["state", "starts_at", "ends_at", "sequence", "reminded", "interpreter"])
        record("meeting.moved", subject=now.code, actor=actor, at=at, facts={"sequence": now.sequence})
        tell_sides(now, MOVED, key=key_of(now), actor=actor, at=at)
        came = before[now.pk]
        if came is not None and came != now.interpreter:
            tell_guide(now, came, MOVED, key=key_of(now), actor=actor, at=at)


def _demand_desk(day: MeetingDay, *, actor: Actor, at: datetime) -> None:
    if not permissions.may(actor, "meeting.arrange", day.round.scheme):
        text = _("Only who organises the meetings or coordinates arranges them.")
        raise NotAllowed(Finding("may_not_arrange", text))
    demand_open(round=day.round, actor=actor, at=at)
