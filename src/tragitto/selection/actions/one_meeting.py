"""What every change of one meeting needs: the rows held, asked who acts, written; and a new one made."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.employers.models import Employer
from tragitto.employers.queries.representing import employers_of
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.actions.news import BOOKED, key_of, tell_sides
from tragitto.selection.models import Availability, Interpreter, Meeting, MeetingDay, Shortlisted
from tragitto.selection.queries.meetings import free_guides, slots_of
from tragitto.selection.vocabulary import MeetingState, Party
from tragitto_matching.calendar import Slot


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
    slot = slot_at(day, starts_at)
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
    hold_guides(day.round_id)
    if interpreter is None or not free_guides(made).filter(pk=interpreter.pk).exists():
        made.interpreter = who_is_free(made)
    keep(made)
    record("meeting.booked", subject=made.code, actor=actor, at=at, facts={"day": day.code})
    tell_sides(made, BOOKED, key=key_of(made), actor=actor, at=at)
    return made


def held_pair(shortlisted: Shortlisted) -> Shortlisted:
    """The pair, held by the caller's transaction, with all that a meeting is made from."""
    parts = ("post__round__scheme", "post__round__rules", "post__position__expression__employer", "candidate")
    whole = Shortlisted.objects.select_related(*parts, "post__position__expression__call")
    return whole.select_for_update(of=("self",), no_key=True).get(pk=shortlisted.pk)


def held_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it now stands, its pair held by the caller's transaction."""
    held_pair(meeting.shortlisted)
    parts = ("day__round__scheme", "day__round__rules", "shortlisted__post__position__expression__employer")
    return Meeting.objects.select_related(
        *parts, "shortlisted__candidate", "shortlisted__post__position__expression__call", "employer",
        "candidate", "interpreter", "shortlisted__post__round__scheme",
    ).get(pk=meeting.pk)  # fmt: skip


def part_of(pair: Shortlisted, *, actor: Actor, at: datetime) -> Party | None:
    """As whom `actor` acts: the person, the firm, or None for the desk; raises `NotAllowed` for others."""
    if permissions.may(actor, "meeting.arrange", pair.post.round.scheme):
        return None
    if pair.candidate.account and pair.candidate.account == actor.code:
        return Party.CANDIDATE
    firm = pair.post.position.expression.employer_id
    if employers_of(actor=actor, on=timezone.localdate(at)).filter(pk=firm).exists():
        return Party.EMPLOYER
    text = _("Only the person, the firm and who organises the meetings change a meeting.")
    raise NotAllowed(Finding("another_meeting", text))


def demand_planned(meeting: Meeting) -> None:
    """Raise `Blocked` for a meeting that is over."""
    if meeting.state != MeetingState.PLANNED:
        raise Blocked(Finding("meeting_over", _("This meeting is over or was cancelled.")))


def taken() -> Finding:
    """What is said of a slot that somebody else has."""
    return Finding("slot_taken", _("This time is not free any more: choose another one."))


def slot_at(day: MeetingDay, starts_at: datetime) -> Slot:
    """The slot of the day that begins then; `Blocked` where there is none."""
    found = next((each for each in slots_of(day) if each.begins_at == starts_at), None)
    if found is None:
        raise Blocked(taken())
    return found


def hold_guides(round_id: int) -> None:
    """Hold who interprets in the round, with the same addresses in others, until the transaction ends.

    The same person may interpret in two rounds, which no constraint sees. Before anybody is chosen.
    """
    there = Interpreter.objects.filter(round=round_id, left_at=None).values("email")
    list(Interpreter.objects.select_for_update(no_key=True).filter(email__in=there).order_by("pk"))


def who_is_free(meeting: Meeting) -> Interpreter | None:
    """An interpreter of the language that the person wished, who can at that time."""
    said = meeting.day.availabilities.filter(candidate=meeting.candidate_id).first()
    if said is None or not said.interpreted_from:
        return None
    hold_guides(meeting.day.round_id)
    return free_guides(meeting).filter(languages__contains=[said.interpreted_from]).first()


def keep_free(
    day: MeetingDay, employer: Employer, hours: Collection[datetime], *, actor: Actor, at: datetime
) -> None:
    """Write down that a firm cannot at these hours, beside what it said; nobody writes over it meanwhile."""
    said, _is_new = Availability.objects.get_or_create(
        day=day,
        employer=employer,
        defaults={"party": Party.EMPLOYER, "answered_at": at, "answered_by": actor.code},
    )
    now = Availability.objects.select_for_update().get(pk=said.pk)
    now.cannot = sorted({*now.cannot, *hours})
    now.save(update_fields=["cannot"])


def keep(meeting: Meeting, fields: list[str] | None = None) -> None:
    """Save it, or say that somebody else has the slot: whoever comes first in the database has it."""
    try:
        with transaction.atomic():
            meeting.save(update_fields=fields)
    except IntegrityError as clash:
        raise Blocked(taken()) from clash
