"""What changes on a day that stands: the address, who interprets, or that it does not take place at all."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.actions.news import CANCELLED, CHANGED, key_of, tell_guide, tell_sides
from tragitto.selection.actions.one_meeting import (
    demand_planned,
    held_meeting,
    hold_guides,
    keep,
    keep_free,
    who_is_free,
)
from tragitto.selection.actions.sides import demand_open
from tragitto.selection.models import Interpreter, Meeting, MeetingDay, Round
from tragitto.selection.queries.meetings import free_guides, slots_of
from tragitto.selection.vocabulary import MeetingState


@transaction.atomic
def change_address(
    *, day: MeetingDay, link: str, meeting: Meeting | None = None, actor: Actor, at: datetime
) -> int:
    """Let the meetings to come of a day take place at another address, or `meeting` alone; how many change.

    Everybody concerned is told, and their calendars take the change. For one meeting an empty address means
    that of the day. Raises `NotAllowed`; `Blocked` for another kind of address, and a meeting that is over.
    """
    _demand_desk(day.round, actor)
    demand_open(round=day.round, actor=actor, at=at)
    _demand_safe(link)
    if meeting is not None:
        one = held_meeting(meeting)
        demand_planned(one)
        if one.link == link:
            return 0
        one.link = link
        keep(one, ["link"])
        return _changed([one], actor=actor, at=at)
    now = MeetingDay.objects.select_for_update().get(pk=day.pk)
    if now.link == link:
        return 0
    now.link = link
    now.save(update_fields=["link"])
    record("meetings.address_changed", subject=day.round.code, actor=actor, at=at, facts={"day": now.code})
    coming = _coming(day, at).filter(link="")
    return _changed([held_meeting(each) for each in coming], actor=actor, at=at)


@transaction.atomic
def choose_interpreter(
    *, meeting: Meeting, interpreter: Interpreter | None, actor: Actor, at: datetime
) -> Meeting:
    """Let somebody interpret at a meeting, or nobody; the same again changes nothing.

    Everybody concerned is told. Raises `NotAllowed`; `Blocked` for a meeting that is over, and for somebody
    who cannot then or interprets elsewhere at that time.
    """
    now = held_meeting(meeting)
    _demand_desk(now.day.round, actor)
    demand_open(round=now.day.round, actor=actor, at=at)
    demand_planned(now)
    came = now.interpreter
    if came == interpreter:
        return now
    if interpreter is not None:
        hold_guides(now.day.round_id)
    if interpreter is not None and not free_guides(now).filter(pk=interpreter.pk).exists():
        text = _("This interpreter cannot at that time, or is in another meeting: choose somebody else.")
        raise Blocked(Finding("interpreter_not_free", text))
    now.interpreter = interpreter
    keep(now, ["interpreter"])
    _changed([now], actor=actor, at=at)
    if came is not None:
        tell_guide(now, came, CHANGED, key=key_of(now), actor=actor, at=at)
    return now


@transaction.atomic
def interpreter_leaves(*, interpreter: Interpreter, actor: Actor, at: datetime) -> list[Meeting]:
    """Somebody interprets no more: their page ends, and for each meeting to come another one is sought.

    Which meetings are without an interpreter now; both sides of every one are told. Again it changes
    nothing. Raises `NotAllowed`.
    """
    now = Interpreter.objects.select_for_update().select_related("round__scheme").get(pk=interpreter.pk)
    _demand_desk(now.round, actor)
    if now.left_at is not None:
        return []
    now.left_at = at
    now.save(update_fields=["left_at"])
    facts = {"interpreter": now.code}
    record("interpreter.left", subject=now.round.code, actor=actor, at=at, facts=facts)
    coming = Meeting.objects.filter(interpreter=now, state=MeetingState.PLANNED, ends_at__gt=at)
    found = [held_meeting(each) for each in coming.select_related("shortlisted").order_by("shortlisted")]
    for each in found:
        each.interpreter = None
        each.interpreter = who_is_free(each)
        keep(each, ["interpreter"])
    _changed(found, actor=actor, at=at)
    return [each for each in found if each.interpreter is None]


@transaction.atomic
def call_off(*, day: MeetingDay, ground: str, actor: Actor, at: datetime) -> int:
    """Cancel every meeting of a day that is still to come, and keep the firms free of others; how many.

    Nobody gets the hours, and everybody is told. Again it cancels nothing more. Raises `NotAllowed`;
    `Blocked` without a ground.
    """
    _demand_desk(day.round, actor)
    if not ground.strip():
        text = _("Say why the day does not take place.")
        raise Blocked(Finding("ground_missing", text, {"field": "ground"}))
    found = [held_meeting(each) for each in _coming(day, at)]
    hours = [each.begins_at for each in slots_of(day) if each.begins_at > at]
    for firm in sorted({each.employer for each in found}, key=lambda each: each.pk):
        keep_free(day, firm, hours, actor=actor, at=at)
    for each in found:
        each.state, each.state_at, each.state_by = MeetingState.CANCELLED, at, actor.code
        each.ground = ground.strip()
        each.sequence += 1
        keep(each, ["state", "state_at", "state_by", "ground", "sequence"])
        tell_sides(each, CANCELLED, key=key_of(each), actor=actor, at=at)
    if found:
        facts = {"day": day.code, "meetings": [each.code for each in found]}
        record("meetings.day_called_off", subject=day.round.code, actor=actor, at=at, facts=facts)
    return len(found)


def _changed(meetings: list[Meeting], *, actor: Actor, at: datetime) -> int:
    """Count the change for calendars, write it in the ledger, and tell everybody."""
    for each in meetings:
        each.sequence += 1
        keep(each, ["sequence"])
        record("meeting.changed", subject=each.code, actor=actor, at=at, facts={"sequence": each.sequence})
        tell_sides(each, CHANGED, key=key_of(each), actor=actor, at=at)
    return len(meetings)


def _coming(day: MeetingDay, at: datetime) -> QuerySet[Meeting]:
    coming = Meeting.objects.filter(day=day, state=MeetingState.PLANNED, ends_at__gt=at)
    return coming.select_related("shortlisted").order_by("shortlisted")


def _demand_desk(round: Round, actor: Actor) -> None:
    if not permissions.may(actor, "meeting.arrange", round.scheme):
        text = _("Only who organises the meetings or coordinates arranges them.")
        raise NotAllowed(Finding("may_not_arrange", text))


def _demand_safe(link: str) -> None:
    if link and not link.startswith("https://"):
        text = _("The address of the video meeting begins with https://.")
        raise Blocked(Finding("link_not_safe", text, {"field": "link"}))
