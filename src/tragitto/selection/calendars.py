"""Meetings for a calendar program (RFC 5545): a file for one meeting, or for a party's meetings together.

Times are in UTC, so that each calendar shows its own hour. A changed meeting keeps its UID and has a higher
SEQUENCE; a cancelled one says so.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tragitto.selection.models import Meeting
from tragitto.selection.queries.meetings import link_of
from tragitto.selection.vocabulary import MeetingState

_OVER = (MeetingState.CANCELLED, MeetingState.CANDIDATE_MISSED, MeetingState.EMPLOYER_MISSED)


def calendar(meetings: Iterable[Meeting], title: Callable[[Meeting], str], *, at: datetime) -> bytes:
    """The file of these meetings; `title` says what a reader may know of one. Made at the moment `at`."""
    found = list(meetings)
    is_cancelled = bool(found) and all(each.state in _OVER for each in found)
    made = Calendar()
    made.add("prodid", "-//Tragitto//Selection//IT")
    made.add("version", "2.0")
    made.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    for meeting in found:
        made.add_component(_event(meeting, title(meeting), at))
    return bytes(made.to_ical())


def _event(meeting: Meeting, title: str, at: datetime) -> Event:
    link = link_of(meeting)
    event = Event()
    event.add("uid", f"{meeting.code}@tragitto")
    event.add("dtstamp", at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("sequence", meeting.sequence)
    event.add("summary", title)
    event.add("status", "CANCELLED" if meeting.state in _OVER else "CONFIRMED")
    event.add("description", _("The meeting is online and costs nothing."))
    if link:
        event.add("url", link)
        event.add("location", link)
    return event
