"""Reminders of meetings: when the rules say, once, and never of what was cancelled."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.selection.making import AMINA, HOUSE, NOON, TINA, WATCHER, Made, make_round
from tests.selection.meeting_days import LINK, accepted, opened, published
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.kernel.sealing import unsealed
from tragitto.selection.actions import meeting_days
from tragitto.selection.actions.booking import cancel
from tragitto.selection.actions.news import NEAR, tell_person
from tragitto.selection.actions.reminding import call_in, remind
from tragitto.selection.models import Meeting, MeetingDay
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


@pytest.fixture
def reachable(meeting, settings) -> Meeting:
    """Somebody who reads by e-mail, where the house sends it."""
    settings.CAN_SEND_MAIL = True
    identity = meeting.candidate.identity
    identity.email = "amina@example.org"
    identity.save(update_fields=["email"])
    ProcrastinateJob.objects.all().delete()
    return Meeting.objects.select_related("candidate").get(pk=meeting.pk)


def letters() -> list[dict[str, str]]:
    """What is on its way to people."""
    waiting = ProcrastinateJob.objects.filter(task_name="candidates.write_to_person").order_by("id")
    return [json.loads(unsealed(each.args["content"], purpose="tragitto.roster-letter")) for each in waiting]


@pytest.mark.parametrize(
    ("language", "day"), [("fr", "jeudi 3 décembre"), ("it", "giovedì 3 dicembre"), ("ar", "الخميس 3 ديسمبر")]
)
def test_a_reminder_says_when_on_both_clocks_in_the_language_of_the_person(reachable, language, day):
    reachable.candidate.language = language
    reachable.candidate.save(update_fields=["language"])

    remind(actor=HOUSE, at=reachable.starts_at - timedelta(hours=2))

    (letter,) = letters()
    assert day in letter["body"]
    hours = [f"{reachable.starts_at.astimezone(ZoneInfo(zone)):%H:%M}" for zone in ZONES]
    assert [letter["body"].index(each) for each in hours] == sorted(letter["body"].index(h) for h in hours)


#: A person's own clock first.
ZONES = ("Africa/Casablanca", "Europe/Rome")


def test_a_reminder_leads_to_the_page_behind_the_sign_in_and_never_into_the_room(reachable, settings):
    remind(actor=HOUSE, at=reachable.starts_at - timedelta(hours=2))

    (letter,) = letters()
    assert f"{settings.ADDRESS}/portal/m/{reachable.code}/" in letter["body"]
    assert LINK.split("{")[0] not in letter["body"]
    assert reachable.employer.name not in letter["body"]


@pytest.mark.parametrize(("language", "most"), [("ar", 201), ("fr", 306), ("it", 306), ("en", 306)])
def test_a_reminder_fits_into_few_text_messages(reachable, settings, language, most):
    """Three parts of a text message in Arabic, two in letters of the plain alphabet."""
    settings.ADDRESS = "https://tragitto.regione.example.it"
    reachable.candidate.language = language
    reachable.candidate.save(update_fields=["language"])

    tell_person(reachable, NEAR, key="near", actor=HOUSE, at=NOON)

    (letter,) = letters()
    assert len(letter["body"]) <= most


def test_who_is_expected_is_told_once_by_the_desk(reachable):
    now = reachable.starts_at + timedelta(minutes=3)

    assert call_in(meeting=reachable, actor=TINA, at=now) == "email"
    with pytest.raises(Blocked):
        call_in(meeting=reachable, actor=TINA, at=now)

    assert len(letters()) == 1


def test_nobody_is_expected_at_what_is_over_or_cancelled(reachable):
    with pytest.raises(Blocked):
        call_in(meeting=reachable, actor=TINA, at=reachable.ends_at)
    cancel(meeting=reachable, ground="", actor=AMINA, at=NOON)
    with pytest.raises(Blocked):
        call_in(meeting=reachable, actor=TINA, at=reachable.starts_at)


def test_the_watching_office_calls_nobody_in(reachable):
    with pytest.raises(NotAllowed):
        call_in(meeting=reachable, actor=WATCHER, at=reachable.starts_at)


def test_whom_no_message_reaches_is_not_said_to_be_told(meeting):
    """So that the button stays, and a number that is added helps."""
    now = meeting.starts_at + timedelta(minutes=3)

    assert [call_in(meeting=meeting, actor=TINA, at=now) for _press in range(2)] == ["", ""]

    meeting.refresh_from_db()
    assert meeting.reminded == []


@pytest.fixture
def day(settings) -> MeetingDay:
    """A day about which nobody was asked; Amina reads by e-mail."""
    made = make_round(posts=1, candidates=1)
    accepted(made, {0: [0]})
    settings.CAN_SEND_MAIL = True
    made.amina.identity.email = "amina@example.org"
    made.amina.identity.save(update_fields=["email"])
    ProcrastinateJob.objects.all().delete()
    return opened(made)


def test_asked_again_nobody_is_written_to_twice(day):
    asked = [meeting_days.ask(day=day, actor=TINA, at=NOON + timedelta(hours=each)) for each in range(3)]

    assert (asked, len(letters())) == ([1, 0, 0], 1)


def test_after_the_term_nobody_is_asked_any_more(day):
    meeting_days.ask(day=day, actor=TINA, at=NOON)
    day.refresh_from_db()

    with pytest.raises(Blocked) as refusal:
        meeting_days.ask(day=day, actor=TINA, at=day.answer_by + timedelta(seconds=1))

    assert [each.code for each in refusal.value.findings] == ["asking_over"]
