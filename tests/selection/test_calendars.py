"""Meetings in a calendar file (RFC 5545), read back by the library; the hour is each side's own."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.selection.making import AMINA, NOON, Made, make_round
from tests.selection.meeting_days import published
from tragitto.selection.actions.booking import cancel, move
from tragitto.selection.calendars import calendar
from tragitto.selection.models import Meeting
from tragitto.selection.queries.meetings import own_meetings, slots_of
from tragitto.selection.rules import slots as rules

ROME, MOROCCO = ZoneInfo("Europe/Rome"), ZoneInfo("Africa/Casablanca")


@pytest.fixture
def made() -> Made:
    """One post, one person, a day of meetings that both sides see."""
    made = make_round(posts=1, candidates=1)
    published(made, {0: [0]})
    return made


def read(made: Made) -> tuple[Calendar, list]:
    whole = Calendar.from_ical(calendar(own_meetings(made.amina), lambda each: "A meeting", at=NOON))
    return whole, whole.walk("VEVENT")


def test_the_file_says_when_and_where(made: Made):
    _whole, (event,) = read(made)
    meeting = Meeting.objects.get()

    assert event["dtstart"].dt == meeting.starts_at
    assert event["dtend"].dt == meeting.ends_at
    assert str(event["url"]) == f"https://video.example/{meeting.code}"


def test_a_moved_meeting_keeps_its_name_and_counts_up(made: Made):
    _whole, (before,) = read(made)
    meeting = own_meetings(made.amina).get()
    later = slots_of(meeting.day)[-1].begins_at
    move(meeting=meeting, starts_at=later, actor=AMINA, at=NOON + timedelta(hours=3))

    _whole, (after,) = read(made)

    assert (after["uid"], after["sequence"], after["dtstart"].dt) == (before["uid"], 1, later)


def test_a_cancelled_meeting_is_cancelled_in_the_calendar(made: Made):
    cancel(meeting=own_meetings(made.amina).get(), ground="", actor=AMINA, at=NOON + timedelta(hours=3))

    whole, (event,) = read(made)

    assert (str(whole["method"]), str(event["status"])) == ("CANCEL", "CANCELLED")


def test_no_name_stands_in_the_file(made: Made):
    content = calendar(own_meetings(made.amina), lambda each: "A meeting", at=NOON)

    assert made.amina.identity.surnames.encode() not in content


@pytest.mark.parametrize(
    ("on", "morocco"),
    [
        # Ramadan 1448 begins about 8 February 2027: Morocco goes back an hour the Sunday before.
        (date(2027, 2, 3), time(9, 0)),
        (date(2027, 2, 17), time(8, 0)),
        (date(2027, 3, 17), time(9, 0)),
    ],
    ids=["before Ramadan", "in Ramadan", "after it"],
)
def test_nine_in_rome_is_the_hour_of_morocco_on_that_day(made: Made, on, morocco):
    first = rules.slots_of(_meeting_rules(made), on)[0]

    assert first.begins_at.astimezone(ROME).time() == time(9, 0)
    assert first.begins_at.astimezone(MOROCCO).time() == morocco
    assert [each.time() for each in first.local] == [time(9, 0), morocco]


def test_slots_are_instants(made: Made):
    assert {each.begins_at.tzinfo for each in slots_of(Meeting.objects.get().day)} == {UTC}
    assert isinstance(slots_of(Meeting.objects.get().day)[0].begins_at, datetime)


def _meeting_rules(made: Made):
    from tragitto.selection.queries.rounds import rules_of

    return rules_of(made.round).meeting
