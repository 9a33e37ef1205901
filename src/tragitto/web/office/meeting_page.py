"""A day of meetings as the desk sees it: where it stands, who said what, the plan, who waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragitto.selection.models import Availability, Interpreter, Meeting, MeetingDay, Run, Shortlisted
from tragitto.selection.queries.meetings import availability_of, guided_slots, meetings_of, slots_of, to_meet
from tragitto.selection.vocabulary import MeetingState
from tragitto.web.parts.meeting_times import STATES, slot_choices, slot_said
from tragitto_matching.calendar import Slot

#: Meetings that stand in the plan of the day.
STANDING = (MeetingState.PLANNED, MeetingState.HELD)


@dataclass(frozen=True)
class Answered:
    """A party that was asked when it can: who it is, what it said, in how many of the slots it can."""

    name: str
    code: str
    said: Availability | None
    free: int


@dataclass(frozen=True)
class Proposed:
    """A line of a plan that was computed and not shown yet."""

    when: SafeString
    firm: str
    candidate: str
    interpreter: str


@dataclass(frozen=True)
class RowShown:
    """A time of the day with the meeting of every table, in the order of the tables."""

    when: SafeString
    cells: tuple[Meeting | None, ...]


@dataclass(frozen=True)
class DayShown:
    """All that the page of a day shows."""

    answers: tuple[Answered, ...]
    tables: tuple[str, ...]
    rows: tuple[RowShown, ...]
    over: tuple[tuple[Meeting, tuple[str, Any]], ...]
    waiting: tuple[Shortlisted, ...]
    slots: int

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return sum(each.said is None for each in self.answers)


def day_shown(day: MeetingDay, interpreters: list[Interpreter]) -> DayShown:
    """The day with its answers and its plan. Three queries."""
    slots, meetings = slots_of(day), list(meetings_of(day))
    waiting = tuple(to_meet(day.round))
    tables = {each.employer.code: each.employer.name for each in meetings if each.state in STANDING}
    held = {(each.starts_at, each.employer.code): each for each in meetings if each.state in STANDING}
    rows = tuple(
        RowShown(slot_said(slot, day), tuple(held.get((slot.begins_at, firm)) for firm in tables))
        for slot in slots
    )
    over = tuple((each, STATES[MeetingState(each.state)]) for each in meetings if each.state not in STANDING)
    return DayShown(
        answers=_answers(day, len(slots), waiting, meetings, interpreters),
        tables=tuple(tables.values()),
        rows=rows if tables else (),
        over=over,
        waiting=waiting,
        slots=len(slots),
    )


def _answers(
    day: MeetingDay,
    slots: int,
    waiting: tuple[Shortlisted, ...],
    meetings: list[Meeting],
    interpreters: list[Interpreter],
) -> tuple[Answered, ...]:
    if day.asked_at is None:
        return ()
    firms = {each.post.position.expression.employer for each in waiting}
    firms |= {each.employer for each in meetings}
    people = {each.candidate for each in waiting} | {each.candidate for each in meetings}
    parties = [(each.name or each.code, each.code) for each in sorted(firms, key=lambda firm: firm.name)]
    parties += [("", code) for code in sorted(each.code for each in people)]
    parties += [(each.name, each.code) for each in interpreters]
    said = availability_of(day)
    return tuple(
        Answered(name, code, said.get(code), slots - len(said[code].cannot) if code in said else slots)
        for name, code in parties
    )


def proposed(day: MeetingDay, run: Run, waiting: tuple[Shortlisted, ...]) -> list[Proposed]:
    """The plan that a run proposes, by time; who has a meeting by now is not in it."""
    slots = {each.number: each for each in slots_of(day)}
    pairs = {each.code: each for each in waiting}
    there = [each for each in run.result["meetings"] if each["shortlisted"] in pairs]
    return [
        Proposed(
            slot_said(slots[each["slot"]], day),
            pairs[each["shortlisted"]].post.position.expression.employer.name,
            pairs[each["shortlisted"]].candidate.code,
            each["interpreter"],
        )
        for each in sorted(there, key=lambda told: (told["slot"], told["shortlisted"]))
    ]


def plan_proof(run: Run) -> list[str]:
    """What the proof of a plan says, in sentences."""
    proof, waiting = run.proof, len(run.result["waiting"])
    found = [
        _("An independent check found a fault: do not publish this plan, plan anew.")
        if proof["faults"]
        else _("An independent check found nobody in two places, and nobody at an hour at which they cannot.")
    ]
    said = ngettext(
        "{count} meeting has a time; there can be {bound} at most.",
        "{count} meetings have a time; there can be {bound} at most.",
        proof["placed"],
    )
    found.append(said.format(count=proof["placed"], bound=proof["bound"]))
    if without := len(run.result.get("without_interpreter", ())):
        said = ngettext(
            "{count} person wished for an interpreter, and none is free at any hour that suits.",
            "{count} people wished for an interpreter, and none is free at any hour that suits.",
            without,
        )
        found.append(said.format(count=without))
    if waiting:
        said = ngettext("{count} meeting waits.", "{count} meetings wait.", waiting)
        found.append(said.format(count=waiting))
    return found


def offered_marks(meeting: Meeting, at: datetime) -> list[MeetingState]:
    """What the desk may write down of the meeting now: nothing before it has begun, or when cancelled."""
    if meeting.state == MeetingState.CANCELLED or at < meeting.starts_at:
        return []
    marks = (MeetingState.HELD, MeetingState.CANDIDATE_MISSED, MeetingState.EMPLOYER_MISSED)
    return [each for each in marks if each != meeting.state]


def to_choose(
    day: MeetingDay, pair: Shortlisted, slots: list[Slot], at: datetime
) -> list[tuple[str, SafeString]]:
    """The free slots that are not over, to choose from."""
    there = [each for each in slots if each.ends_at > at]
    return slot_choices(day, there, guided=guided_slots(day, pair.candidate))
