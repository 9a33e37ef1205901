"""A slot that became free in good time goes on by itself to the first who waits; nobody else is moved."""

from datetime import datetime, timedelta

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked
from tragitto.selection.actions.one_meeting import make
from tragitto.selection.models import Meeting, MeetingDay
from tragitto.selection.queries.mending import seats
from tragitto.selection.queries.rounds import rules_of


def fill(*, day: MeetingDay, starts_at: datetime, actor: Actor, at: datetime) -> Meeting | None:
    """Give a slot that became free to the first without an hour for whom both sides can.

    Part of the caller's transaction. Who is first says `queries.mending.seats`, on the day as it now stands.
    The person is told and may cancel. None where nobody can, and nearer to the slot than the rules of the
    round say: then the desk asks who waits.
    """
    if starts_at < at + timedelta(hours=rules_of(day.round).meeting.fill_hours):
        return None
    for each in seats(day, at=at, only=starts_at):
        try:
            return make(each.pair, day, starts_at, None, actor=actor, at=at)
        except Blocked:
            continue  # booked elsewhere at this very moment: what frees the slot must not fail for it
    return None
