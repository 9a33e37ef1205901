"""One meeting: booked, moved by the person or the desk, cancelled, held or missed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.actions.filling import fill
from tragitto.selection.actions.news import CANCELLED, MOVED, key_of, tell_guide, tell_sides
from tragitto.selection.actions.one_meeting import (
    demand_planned,
    held_meeting,
    held_pair,
    keep,
    keep_free,
    make,
    part_of,
    slot_at,
    taken,
    who_is_free,
)
from tragitto.selection.actions.sides import demand_open
from tragitto.selection.models import Meeting, MeetingDay, Shortlisted
from tragitto.selection.models.meetings import TAKES_TIME
from tragitto.selection.queries.meetings import free_slots, to_meet
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import MeetingState, Party

#: What a meeting may be marked as.
_MARKS = (MeetingState.HELD, MeetingState.CANDIDATE_MISSED, MeetingState.EMPLOYER_MISSED)


@transaction.atomic
def book(
    *, shortlisted: Shortlisted, day: MeetingDay, starts_at: datetime, actor: Actor, at: datetime
) -> Meeting:
    """Give a person who waits for a meeting a free slot of a day. The same again gives the same meeting.

    By the desk, also in a slot that has begun (somebody did not come, and who waits was called); or by the
    person on a published day. Raises `NotAllowed`; `Blocked` for a slot that is past, taken meanwhile, or in
    which one side cannot.
    """
    pair = held_pair(shortlisted)
    demand_open(round=pair.post.round, actor=actor, at=at)
    is_desk = _demand_part(pair, actor=actor, at=at)
    if day.round_id != pair.post.round_id or not (is_desk or day.published_at):
        raise Blocked(Finding("day_not_shown", _("The meetings of this day are not shown yet.")))
    known = Meeting.objects.filter(shortlisted=pair, state=MeetingState.PLANNED).first()
    if known is not None and known.starts_at == starts_at:
        return known
    if known is None and not to_meet(pair.post.round).filter(pk=pair.pk).exists():
        text = _("A meeting is booked for who accepted the invitation and has none yet.")
        raise Blocked(Finding("not_waiting", text))
    if known is not None:
        raise Blocked(Finding("has_a_meeting", _("There is a meeting already: move that one.")))
    if not is_desk:
        _demand_once_more(pair, day, starts_at, at)
    _demand_free(day, pair, starts_at, at, has_begun=is_desk)
    return make(pair, day, starts_at, None, actor=actor, at=at)


@transaction.atomic
def move(*, meeting: Meeting, starts_at: datetime, actor: Actor, at: datetime) -> Meeting:
    """Move a meeting to another free slot of its day; the same slot again changes nothing.

    The person may, up to the hours before it and as often as the rules say; the desk always. Raises
    `NotAllowed`; `Blocked` as `book`, and when it is too late or was moved too often.
    """
    now = held_meeting(meeting)
    is_desk = _demand_part(now.shortlisted, actor=actor, at=at)
    demand_open(round=now.day.round, actor=actor, at=at)
    demand_planned(now)
    if now.starts_at == starts_at:
        return now
    if not is_desk:
        _demand_in_time(now, at)
    _demand_free(now.day, now.shortlisted, starts_at, at, has_begun=is_desk)
    was, came = now.starts_at, now.interpreter
    now.starts_at, now.ends_at = starts_at, starts_at + (now.ends_at - now.starts_at)
    now.sequence += 1
    now.moves += 0 if is_desk else 1
    now.reminded = []
    now.interpreter = who_is_free(now)
    keep(now, ["starts_at", "ends_at", "sequence", "moves", "reminded", "interpreter"])
    record("meeting.moved", subject=now.code, actor=actor, at=at, facts={"sequence": now.sequence})
    tell_sides(now, MOVED, key=key_of(now), actor=actor, at=at)
    if came is not None and came != now.interpreter:
        tell_guide(now, came, MOVED, key=key_of(now), actor=actor, at=at)
    fill(day=now.day, starts_at=was, actor=actor, at=at)
    return now


@transaction.atomic
def cancel(
    *, meeting: Meeting, ground: str, firm_cannot: bool = False, actor: Actor, at: datetime
) -> Meeting:
    """Cancel a meeting; the slot is offered to who waits. Person and firm need not say why, the desk must.

    Where the firm cancels, or the desk says `firm_cannot`, the firm meets nobody at that time. Again it
    changes nothing. Raises `NotAllowed`; `Blocked` for a meeting that is over, and for a firm once it began.
    """
    now = held_meeting(meeting)
    part = part_of(now.shortlisted, actor=actor, at=at)
    if now.state == MeetingState.CANCELLED:
        return now
    demand_planned(now)
    if part is None and not ground.strip():
        raise Blocked(Finding("ground_missing", _("Say why this meeting is cancelled."), {"field": "ground"}))
    if part is Party.EMPLOYER and now.starts_at <= at:
        text = _("This meeting has begun: write to who organises it.")
        raise Blocked(Finding("has_begun", text))
    if firm_cannot or part is Party.EMPLOYER:
        _keep_free(now, actor=actor, at=at)
    _end(now, MeetingState.CANCELLED, ground, actor=actor, at=at)
    tell_sides(now, CANCELLED, key=key_of(now), actor=actor, at=at)
    fill(day=now.day, starts_at=now.starts_at, actor=actor, at=at)
    return now


@transaction.atomic
def mark(*, meeting: Meeting, state: MeetingState, actor: Actor, at: datetime) -> Meeting:
    """Write down that a meeting was held, or who did not come; `mending` says who could take the rest.

    A mark may be corrected by another one. Raises `NotAllowed`; `Blocked` before the meeting has begun, for
    one that was cancelled, and where somebody else had the time meanwhile.
    """
    now = held_meeting(meeting)
    if not permissions.may(actor, "meeting.arrange", now.day.round.scheme):
        text = _("Only who organises the meetings marks what became of them.")
        raise NotAllowed(Finding("may_not_arrange", text))
    if now.state == state:
        return now
    if now.state == MeetingState.CANCELLED or state not in _MARKS:
        raise Blocked(Finding("meeting_over", _("This meeting was cancelled: book another one.")))
    if state == MeetingState.HELD and _has_followed(now):
        text = _("Somebody else was given this time by now: cancel or mark that meeting first.")
        raise Blocked(Finding("time_given_on", text))
    if at < now.starts_at:
        text = _("This meeting has not begun yet: cancel it if it does not take place.")
        raise Blocked(Finding("not_begun", text))
    _end(now, state, "", actor=actor, at=at)
    return now


def _demand_part(pair: Shortlisted, *, actor: Actor, at: datetime) -> bool:
    """Whether the desk acts; raises `NotAllowed` for who is neither of it nor the person."""
    part = part_of(pair, actor=actor, at=at)
    if part is Party.EMPLOYER:
        text = _("Only the person and who organises the meetings choose another time.")
        raise NotAllowed(Finding("another_meeting", text))
    return part is None


def _demand_in_time(meeting: Meeting, at: datetime) -> None:
    rules = rules_of(meeting.day.round).meeting
    if at > meeting.starts_at - timedelta(hours=rules.move_hours):
        text = _("It is too late to move this meeting: cancel it, or write to who organises it.")
        raise Blocked(Finding("too_late", text))
    if meeting.moves >= rules.moves:
        text = _(
            "This meeting was moved as often as the rules allow: cancel it, or write to who organises it."
        )
        raise Blocked(Finding("moved_enough", text))


def _demand_once_more(pair: Shortlisted, day: MeetingDay, starts_at: datetime, at: datetime) -> None:
    """A person who cancelled, or did not come, chooses again as often and as early as they may move."""
    over = Meeting.objects.filter(shortlisted=pair, day=day)
    own = over.filter(state=MeetingState.CANCELLED, state_by=pair.candidate.account)
    own |= over.filter(state=MeetingState.CANDIDATE_MISSED)
    spent = sum(1 + each.moves for each in own)
    if not spent:
        return
    rules = rules_of(pair.post.round).meeting
    if spent > rules.moves:
        text = _("You changed this meeting as often as the rules allow: write to who organises it.")
        raise Blocked(Finding("moved_enough", text))
    if at > starts_at - timedelta(hours=rules.move_hours):
        text = _("It is too late to choose this time: take a later one, or write to who organises it.")
        raise Blocked(Finding("too_late", text))


def _demand_free(
    day: MeetingDay, pair: Shortlisted, starts_at: datetime, at: datetime, *, has_begun: bool = False
) -> None:
    if (slot_at(day, starts_at).ends_at if has_begun else starts_at) <= at:
        raise Blocked(Finding("slot_past", _("This time is past: choose a later one.")))
    if not any(each.begins_at == starts_at for each in free_slots(day, pair)):
        raise Blocked(taken())


def _end(meeting: Meeting, state: MeetingState, ground: str, *, actor: Actor, at: datetime) -> None:
    meeting.state, meeting.state_at, meeting.state_by = state, at, actor.code
    meeting.ground = ground.strip()
    meeting.sequence += 1
    keep(meeting, ["state", "state_at", "state_by", "ground", "sequence"])
    record(f"meeting.{state}", subject=meeting.code, actor=actor, at=at, facts={"state": str(state)})


def _has_followed(meeting: Meeting) -> bool:
    """Whether somebody has the time since it was marked as missed, or the two have another meeting."""
    then = Q(starts_at__lt=meeting.ends_at, ends_at__gt=meeting.starts_at)
    either = Q(employer=meeting.employer_id) | Q(candidate=meeting.candidate_id)
    if meeting.interpreter_id:
        either |= Q(interpreter=meeting.interpreter_id)
    others = Meeting.objects.filter(TAKES_TIME & (then & either | Q(shortlisted=meeting.shortlisted_id)))
    return others.exclude(pk=meeting.pk).exists()


def _keep_free(meeting: Meeting, *, actor: Actor, at: datetime) -> None:
    """Write down that the firm cannot at the time of this meeting."""
    keep_free(meeting.day, meeting.employer, [meeting.starts_at], actor=actor, at=at)
