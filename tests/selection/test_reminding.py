"""Reminders of meetings: when the rules say, once, and never of what was cancelled."""

from datetime import timedelta

import pytest

from tests.selection.making import HOUSE, NOON, Made, make_round
from tests.selection.meeting_days import published
from tragitto.selection.actions.reminding import remind
from tragitto.selection.models import Meeting
from tragitto.selection.vocabulary import MeetingState


@pytest.fixture
def meeting() -> Meeting:
    """The one meeting of a day."""
    made: Made = make_round(posts=1, candidates=1)
    _day, (only,) = published(made, {0: [0]})
    return only


def test_nobody_is_reminded_days_before(meeting):
    assert remind(actor=HOUSE, at=NOON + timedelta(hours=3)) == 0


@pytest.mark.parametrize("hours", [48, 2])
def test_both_sides_are_reminded_at_the_hours_of_the_rules(meeting, hours):
    assert remind(actor=HOUSE, at=meeting.starts_at - timedelta(hours=hours)) == 1


def test_a_second_before_it_is_too_early(meeting):
    assert remind(actor=HOUSE, at=meeting.starts_at - timedelta(hours=48, seconds=1)) == 0


def test_once_for_each_reminder(meeting):
    at = meeting.starts_at - timedelta(hours=48)

    assert [remind(actor=HOUSE, at=at + timedelta(minutes=ten * 10)) for ten in range(3)] == [1, 0, 0]


def test_who_was_booked_late_is_reminded_once(meeting):
    assert remind(actor=HOUSE, at=meeting.starts_at - timedelta(hours=1)) == 1
    assert sorted(Meeting.objects.get().reminded) == [2, 48]


def test_nobody_is_reminded_of_what_was_cancelled(meeting):
    Meeting.objects.update(state=MeetingState.CANCELLED)

    assert remind(actor=HOUSE, at=meeting.starts_at - timedelta(hours=1)) == 0


def test_nobody_is_reminded_after_the_beginning(meeting):
    assert remind(actor=HOUSE, at=meeting.starts_at) == 0
