"""A day of meetings while it runs, as the desk sees it: by what is to be done, and by firm for paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tragitto.selection.actions.reminding import CALLED_IN
from tragitto.selection.models import Meeting, MeetingDay
from tragitto.selection.queries.meetings import link_of, meetings_of
from tragitto.selection.vocabulary import MeetingState
from tragitto.web.office.meeting_page import STANDING, offered_marks
from tragitto.web.parts.meeting_times import STATES, Reading, when


@dataclass(frozen=True)
class Line:
    """A meeting with what can be done about it now."""

    meeting: Meeting
    when: tuple[Reading, ...]
    link: str
    state: tuple[str, Any]
    marks: tuple[tuple[str, Any], ...]
    is_called_in: bool


@dataclass(frozen=True)
class Running:
    """The meetings of a day: on now, over and not marked, the next ones, later ones, those that are done."""

    now: tuple[Line, ...]
    unmarked: tuple[Line, ...]
    next: tuple[Line, ...]
    later: tuple[Line, ...]
    done: tuple[Line, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Each part with its name, in the order of the work."""
        return tuple((name, getattr(self, name)) for name in ("unmarked", "now", "next", "later", "done"))


def running(day: MeetingDay, at: datetime) -> Running:
    """The day at this moment. One query."""
    lines = [_line(each, at) for each in meetings_of(day)]
    planned = [each for each in lines if each.meeting.state == MeetingState.PLANNED]
    coming = [each for each in planned if each.meeting.starts_at > at]
    first = coming[0].meeting.starts_at if coming else None
    return Running(
        now=tuple(each for each in planned if each.meeting.starts_at <= at < each.meeting.ends_at),
        unmarked=tuple(each for each in planned if each.meeting.ends_at <= at),
        next=tuple(each for each in coming if each.meeting.starts_at == first),
        later=tuple(each for each in coming if each.meeting.starts_at != first),
        done=tuple(each for each in lines if each.meeting.state != MeetingState.PLANNED),
    )


def sheets(day: MeetingDay) -> list[tuple[str, list[Line]]]:
    """The meetings that stand, firm by firm, by time. One query."""
    found: dict[str, list[Line]] = {}
    for each in meetings_of(day):
        if each.state in STANDING:
            found.setdefault(each.employer.name or each.employer.code, []).append(_line(each, each.starts_at))
    return sorted(found.items())


def _line(it: Meeting, at: datetime) -> Line:
    marks = [(str(each), STATES[each][1]) for each in offered_marks(it, at)]
    state = STATES[MeetingState(it.state)]
    return Line(it, when(it), link_of(it), state, tuple(marks), CALLED_IN in it.reminded)
