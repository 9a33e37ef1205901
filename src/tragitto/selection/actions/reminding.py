"""Reminding both sides of a meeting some hours before, as the rules say; once for each reminder."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.selection import permissions
from tragitto.selection.actions.news import EXPECTED, NEAR, key_of, tell_person, tell_sides
from tragitto.selection.actions.one_meeting import demand_planned, held_meeting
from tragitto.selection.models import Meeting
from tragitto.selection.queries.meetings import to_remind
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import MeetingState

#: Stands among the hours at which somebody was reminded: told by the desk that they are expected now.
CALLED_IN = 0


def remind(*, actor: Actor, at: datetime) -> int:
    """Remind of every meeting whose time has come; how many reminders left.

    Each meeting in a transaction of its own: a house that dies half-way has reminded some, goes on with the
    others, and reminds nobody twice.
    """
    near = [meeting for meeting in to_remind(at) if _due(meeting, at)]
    return sum(_remind(meeting, actor=actor, at=at) for meeting in near)


def _due(meeting: Meeting, at: datetime) -> list[int]:
    """The hours before it whose reminder has come and was not sent."""
    hours = rules_of(meeting.day.round).meeting.remind_hours
    passed = [each for each in hours if meeting.starts_at - timedelta(hours=each) <= at]
    return [each for each in passed if each not in meeting.reminded]


@transaction.atomic
def _remind(meeting: Meeting, *, actor: Actor, at: datetime) -> int:
    now = held_meeting(meeting)
    if now.state != MeetingState.PLANNED or now.starts_at <= at:
        return 0
    due = _due(now, at)
    if not due:
        return 0
    # Whoever was booked late is reminded once, not once for each reminder that has passed.
    now.reminded = sorted({*now.reminded, *due})
    now.save(update_fields=["reminded"])
    key = f"remind:{now.code}:{now.sequence}:{min(due)}"
    tell_sides(now, NEAR, key=key, until=now.starts_at, actor=actor, at=at)
    return 1


@transaction.atomic
def call_in(*, meeting: Meeting, actor: Actor, at: datetime) -> str:
    """Tell a person, through the house, that they are expected; the way it goes, "" where none is known.

    Once for each time that a meeting has: again it tells nobody. By the desk, whom the number need not be
    shown. Raises `NotAllowed`; `Blocked` for a meeting that is over.
    """
    now = held_meeting(meeting)
    if not permissions.may(actor, "meeting.arrange", now.day.round.scheme):
        text = _("Only who organises the meetings or coordinates arranges them.")
        raise NotAllowed(Finding("may_not_arrange", text))
    demand_planned(now)
    if now.ends_at <= at:
        raise Blocked(Finding("meeting_over", _("This meeting is over or was cancelled.")))
    if CALLED_IN in now.reminded:
        raise Blocked(Finding("called_in", _("This person was told already that they are expected.")))
    key = f"{key_of(now)}:expected"
    way = tell_person(now, EXPECTED, key=key, until=now.ends_at, actor=actor, at=at)
    if way:
        now.reminded = sorted({*now.reminded, CALLED_IN})
        now.save(update_fields=["reminded"])
    return way
