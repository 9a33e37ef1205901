"""One meeting: booked, moved by the person or the desk, cancelled, held or missed; a free slot goes on."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.telling import tell
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.actions.telling import tell_firm, tell_interpreter
from tragitto.selection.models import Interpreter, Meeting, MeetingDay, Shortlisted
from tragitto.selection.queries.meetings import free_slots, slots_of, to_meet
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import MeetingState
from tragitto_matching.calendar import Slot

#: What a meeting may be marked as.
_MARKS = (MeetingState.HELD, MeetingState.CANDIDATE_MISSED, MeetingState.EMPLOYER_MISSED)
#: How soon before its beginning a slot is still offered to somebody who waits.
_OFFERED_UNTIL = timedelta(hours=1)


@transaction.atomic
def book(
    *, shortlisted: Shortlisted, day: MeetingDay, starts_at: datetime, actor: Actor, at: datetime
) -> Meeting:
    """Give a person who waits for a meeting a free slot of a day. The same again gives the same meeting.

    By the desk, also in a slot that has begun (somebody did not come, and who waits was called); or by the
    person on a published day. Raises `NotAllowed`; `Blocked` for a slot that is past, taken meanwhile, or in
    which one side cannot.
    """
    pair = _held(shortlisted)
    is_desk = _demand_part(pair, actor)
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
    _demand_free(day, pair, starts_at, at, has_begun=is_desk)
    return make(pair, day, starts_at, None, actor=actor, at=at)


@transaction.atomic
def move(*, meeting: Meeting, starts_at: datetime, actor: Actor, at: datetime) -> Meeting:
    """Move a meeting to another free slot of its day; the same slot again changes nothing.

    The person may, up to the hours before it and as often as the rules say; the desk always. Raises
    `NotAllowed`; `Blocked` as `book`, and when it is too late or was moved too often.
    """
    now = _held_meeting(meeting)
    is_desk = _demand_part(now.shortlisted, actor)
    _demand_planned(now)
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
    now.interpreter = _who_is_free(now)
    _save(now, ["starts_at", "ends_at", "sequence", "moves", "reminded", "interpreter"])
    record("meeting.moved", subject=now.code, actor=actor, at=at, facts={"sequence": now.sequence})
    _tell(now, _("Your meeting has a new time"), actor=actor, at=at)
    if came is not None and came != now.interpreter:
        _tell_interpreter(now, came, actor=actor, at=at)
    fill(day=now.day, starts_at=was, actor=actor, at=at)
    return now


@transaction.atomic
def cancel(*, meeting: Meeting, ground: str, actor: Actor, at: datetime) -> Meeting:
    """Cancel a meeting; the slot is offered to who waits. The person need not say why, the desk must.

    Again it changes nothing. Raises `NotAllowed`; `Blocked` for a meeting that is over.
    """
    now = _held_meeting(meeting)
    is_desk = _demand_part(now.shortlisted, actor)
    if now.state == MeetingState.CANCELLED:
        return now
    _demand_planned(now)
    if is_desk and not ground.strip():
        raise Blocked(Finding("ground_missing", _("Say why this meeting is cancelled."), {"field": "ground"}))
    _end(now, MeetingState.CANCELLED, ground, actor=actor, at=at)
    _tell(now, _("A meeting was cancelled"), actor=actor, at=at)
    fill(day=now.day, starts_at=now.starts_at, actor=actor, at=at)
    return now


@transaction.atomic
def mark(*, meeting: Meeting, state: MeetingState, actor: Actor, at: datetime) -> Meeting:
    """Write down that a meeting was held, or who did not come; then `book` gives the slot to who waits.

    A mark may be corrected by another one. Raises `NotAllowed`; `Blocked` before the meeting has begun, and
    for one that was cancelled.
    """
    now = _held_meeting(meeting)
    if not permissions.may(actor, "meeting.arrange", now.day.round.scheme):
        text = _("Only who organises the meetings marks what became of them.")
        raise NotAllowed(Finding("may_not_arrange", text))
    if now.state == state:
        return now
    if now.state == MeetingState.CANCELLED or state not in _MARKS:
        raise Blocked(Finding("meeting_over", _("This meeting was cancelled: book another one.")))
    if at < now.starts_at:
        text = _("This meeting has not begun yet: cancel it if it does not take place.")
        raise Blocked(Finding("not_begun", text))
    _end(now, state, "", actor=actor, at=at)
    return now


def fill(*, day: MeetingDay, starts_at: datetime, actor: Actor, at: datetime) -> Meeting | None:
    """Offer a slot that became free to the first who waits and for whom both sides can; nobody else moves.

    Part of the caller's transaction. The person is told and may cancel. Whoever had a meeting on this day and
    cancelled or missed it books another one themselves. None where nobody can.
    """
    if day.published_at is None or starts_at < at + _OFFERED_UNTIL:
        return None
    had_one = Meeting.objects.filter(day=day).values("shortlisted")
    for row in to_meet(day.round).exclude(pk__in=had_one):
        if any(each.begins_at == starts_at for each in free_slots(day, row)):
            return make(row, day, starts_at, None, actor=actor, at=at)
    return None


def make(
    row: Shortlisted,
    day: MeetingDay,
    starts_at: datetime,
    interpreter: Interpreter | None,
    *,
    actor: Actor,
    at: datetime,
) -> Meeting:
    """Write the meeting of a pair and tell both sides; part of the caller's transaction.

    Raises `Blocked` where the slot was taken meanwhile: the database lets nobody be in two places.
    """
    slot = _slot(day, starts_at)
    made = Meeting(
        code=new_code("M"),
        day=day,
        shortlisted=row,
        candidate=row.candidate,
        employer=row.post.position.expression.employer,
        interpreter=interpreter,
        starts_at=slot.begins_at,
        ends_at=slot.ends_at,
        state=MeetingState.PLANNED,
        state_at=at,
        state_by=actor.code,
    )
    if interpreter is None:
        made.interpreter = _who_is_free(made)
    _save(made)
    record("meeting.booked", subject=made.code, actor=actor, at=at, facts={"day": day.code})
    _tell(made, _("You have a meeting"), actor=actor, at=at)
    return made


def _held(shortlisted: Shortlisted) -> Shortlisted:
    parts = ("post__round__scheme", "post__round__rules", "post__position__expression__employer", "candidate")
    whole = Shortlisted.objects.select_related(*parts, "post__position__expression__call")
    return whole.select_for_update(of=("self",), no_key=True).get(pk=shortlisted.pk)


def _held_meeting(meeting: Meeting) -> Meeting:
    _held(meeting.shortlisted)
    parts = ("day__round__scheme", "day__round__rules", "shortlisted__post__position__expression__employer")
    return Meeting.objects.select_related(
        *parts, "shortlisted__candidate", "shortlisted__post__position__expression__call", "employer",
        "candidate", "interpreter", "shortlisted__post__round__scheme",
    ).get(pk=meeting.pk)  # fmt: skip


def _demand_part(pair: Shortlisted, actor: Actor) -> bool:
    """Whether the desk acts; raises `NotAllowed` for who is neither of it nor the person."""
    if permissions.may(actor, "meeting.arrange", pair.post.round.scheme):
        return True
    if pair.candidate.account and pair.candidate.account == actor.code:
        return False
    text = _("Only the person and who organises the meetings change a meeting.")
    raise NotAllowed(Finding("another_meeting", text))


def _demand_planned(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise Blocked(Finding("meeting_over", _("This meeting is over or was cancelled.")))


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


def _demand_free(
    day: MeetingDay, pair: Shortlisted, starts_at: datetime, at: datetime, *, has_begun: bool = False
) -> None:
    if (_slot(day, starts_at).ends_at if has_begun else starts_at) <= at:
        raise Blocked(Finding("slot_past", _("This time is past: choose a later one.")))
    if not any(each.begins_at == starts_at for each in free_slots(day, pair)):
        raise Blocked(_taken())


def _taken() -> Finding:
    return Finding("slot_taken", _("This time is not free any more: choose another one."))


def _slot(day: MeetingDay, starts_at: datetime) -> Slot:
    found = next((each for each in slots_of(day) if each.begins_at == starts_at), None)
    if found is None:
        raise Blocked(_taken())
    return found


def _who_is_free(meeting: Meeting) -> Interpreter | None:
    """An interpreter of the language that the person wished, who can at that time."""
    said = meeting.day.availabilities.filter(candidate=meeting.candidate_id).first()
    if said is None or not said.interpreted_from:
        return None
    there = Interpreter.objects.filter(
        round=meeting.day.round_id, left_at=None, languages__contains=[said.interpreted_from]
    )
    busy = Meeting.objects.filter(
        state__in=[MeetingState.PLANNED, MeetingState.HELD],
        starts_at__lt=meeting.ends_at,
        ends_at__gt=meeting.starts_at,
    ).exclude(pk=meeting.pk)
    free = there.exclude(pk__in=busy.exclude(interpreter=None).values("interpreter"))
    cannot = meeting.day.availabilities.filter(cannot__contains=[meeting.starts_at])
    return (
        free.exclude(pk__in=cannot.exclude(interpreter=None).values("interpreter")).order_by("code").first()
    )


def _save(meeting: Meeting, fields: list[str] | None = None) -> None:
    """Save it, or say that somebody else has the slot: whoever comes first in the database has it."""
    try:
        with transaction.atomic():
            meeting.save(update_fields=fields)
    except IntegrityError as taken:
        raise Blocked(_taken()) from taken


def _end(meeting: Meeting, state: MeetingState, ground: str, *, actor: Actor, at: datetime) -> None:
    meeting.state, meeting.state_at, meeting.state_by = state, at, actor.code
    meeting.ground = ground.strip()
    meeting.sequence += 1
    _save(meeting, ["state", "state_at", "state_by", "ground", "sequence"])
    record(f"meeting.{state}", subject=meeting.code, actor=actor, at=at, facts={"state": str(state)})


def _tell(meeting: Meeting, subject: "str | Promise", *, actor: Actor, at: datetime) -> None:
    key = f"meeting:{meeting.code}:{meeting.sequence}"
    expression = meeting.shortlisted.post.position.expression
    text = _("There is news about your online meeting with a firm. Sign in to read the time and the address.")
    tell(candidate=meeting.candidate, subject=subject, text=text, key=key, actor=actor, at=at)
    tell_firm(
        employer=expression.employer,
        call=expression.call,
        subject=subject,
        text=_("There is news about an online meeting. Sign in to the portal to read it."),
        key=key,
        actor=actor,
        at=at,
    )
    if meeting.interpreter is not None:
        _tell_interpreter(meeting, meeting.interpreter, actor=actor, at=at)


def _tell_interpreter(meeting: Meeting, who: Interpreter, *, actor: Actor, at: datetime) -> None:
    tell_interpreter(
        interpreter=who,
        subject=_("Your interpreting has changed"),
        text=_("There is news about the meetings at which you interpret. Open your own page to read it."),
        key=f"meeting:{meeting.code}:{meeting.sequence}",
        actor=actor,
        at=at,
    )
