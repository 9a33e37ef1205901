"""Reminding both sides of a meeting some hours before, as the rules say; once for each reminder."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.telling import tell
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.telling import tell_firm, tell_interpreter
from tragitto.selection.models import Meeting
from tragitto.selection.queries.meetings import to_remind
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import MeetingState


def remind(*, actor: Actor, at: datetime) -> int:
    """Remind of every meeting whose time has come; how many reminders left.

    Each meeting in a transaction of its own: a house that dies half-way has reminded some, goes on with the
    others, and reminds nobody twice.
    """
    return sum(_remind(meeting, actor=actor, at=at) for meeting in to_remind(at))


@transaction.atomic
def _remind(meeting: Meeting, *, actor: Actor, at: datetime) -> int:
    now = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if now.state != MeetingState.PLANNED or now.starts_at <= at:
        return 0
    hours = rules_of(meeting.day.round).meeting.remind_hours
    due = [each for each in hours if now.starts_at - timedelta(hours=each) <= at and each not in now.reminded]
    if not due:
        return 0
    # Whoever was booked late is reminded once, not once for each reminder that has passed.
    now.reminded = sorted({*now.reminded, *due})
    now.save(update_fields=["reminded"])
    key = f"remind:{now.code}:{now.sequence}:{min(due)}"
    expression = meeting.shortlisted.post.position.expression
    tell(
        candidate=meeting.candidate,
        subject=_("Your meeting is near"),
        text=_("Your online meeting with a firm is near. Sign in to read the time and the address."),
        key=key,
        until=now.starts_at,
        actor=actor,
        at=at,
    )
    tell_firm(
        employer=meeting.employer,
        call=expression.call,
        subject=_("Your meeting is near"),
        text=_("An online meeting is near. Sign in to the portal to read the time and the address."),
        key=key,
        actor=actor,
        at=at,
    )
    if meeting.interpreter is not None:
        tell_interpreter(
            interpreter=meeting.interpreter,
            subject=_("A meeting at which you interpret is near"),
            text=_("Open your own page to read the time and the address."),
            key=key,
            actor=actor,
            at=at,
        )
    return 1
