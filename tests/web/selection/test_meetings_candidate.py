"""A person's own meetings on the phone: their hours, the meetings, moved or cancelled by themselves."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.selection.making import AMINA, NOON, STRANGER, TINA, make_round, signed_in
from tests.selection.meeting_days import accepted, asked, published
from tests.web.office.world import clock_shift
from tragitto.kernel.actors import Actor
from tragitto.selection.actions import meeting_days
from tragitto.selection.actions.booking import cancel as cancel_by_desk
from tragitto.selection.models import Availability, Meeting
from tragitto.selection.queries.meetings import slots_of
from tragitto.selection.vocabulary import MeetingState

#: The day of the meetings, as each clock shows it.
DAY = 'datetime="2026-12-03">3 December 2026<'


@pytest.fixture
def made():
    return make_round()


def address(name, made, *args):
    return reverse(f"portal:{name}", args=[made.amina.code, *args])


def said(made, name="own_meetings", *args):
    return signed_in(AMINA).get(address(name, made, *args)).content.decode()


def test_without_meetings_the_page_says_so_and_that_nothing_costs(made):
    shown = said(made)

    assert "You have no meeting at the moment." in shown
    assert "It costs nothing: never pay anyone." in shown


def test_a_plan_that_is_not_shown_yet_tells_her_nothing(made):
    accepted(made, {0: [0]})
    meeting_days.plan(day=asked(made), actor=TINA, at=NOON)

    assert "You have no meeting at the moment." in said(made)


def test_the_hours_and_the_wish_for_an_interpreter_are_kept(made):
    accepted(made, {0: [0]})
    day = asked(made)
    begins = [each.begins_at for each in slots_of(day)]

    signed_in(AMINA).post(
        address("own_availability", made, day.code),
        {"can": [each.isoformat() for each in begins[:4]], "interpreted_from": "ar"},
    )

    kept = Availability.objects.get()
    assert (kept.cannot, kept.interpreted_from) == (begins[4:], "ar")


def test_her_own_clock_comes_first(made):
    accepted(made, {0: [0]})
    day = asked(made)

    shown = said(made, "own_availability", day.code)

    assert shown.index("Moroccan time") < shown.index("Italian time")


def test_terms_are_told_on_her_own_clock(made):
    accepted(made, {0: [0]})
    day = asked(made)

    pages = [said(made), said(made, "own_availability", day.code)]

    terms = [re.search(r"until</span> |until ", each) for each in pages]
    told = [each[found.end() :][:400] for each, found in zip(pages, terms, strict=True) if found]
    assert [each.index("Moroccan time") < each.index("Italian time") for each in told] == [True, True]


def test_after_the_term_the_page_says_what_still_goes(made, settings):
    accepted(made, {0: [0]})
    day = asked(made)
    settings.CLOCK_SHIFT = clock_shift(day.answer_by + timedelta(hours=1))

    answer = signed_in(AMINA).post(
        address("own_availability", made, day.code), {"can": [slots_of(day)[0].begins_at.isoformat()]}
    )

    assert answer.status_code == 422
    assert "The time to answer is over." in answer.content.decode()
    assert Availability.objects.count() == 0


def test_her_meeting_says_when_with_whom_and_where(made):
    _day, (meeting,) = published(made, {0: [0]})

    shown = said(made, "own_meeting", meeting.code)

    assert made.firms[0].name in shown
    assert f'href="https://video.example/{meeting.code}"' in shown
    assert shown.count(DAY) >= 2


def test_she_moves_her_meeting_to_a_free_time(made):
    day, (meeting,) = published(made, {0: [0]})
    later = slots_of(day)[4].begins_at

    answer = signed_in(AMINA).post(
        address("own_meeting_move", made, meeting.code), {"starts_at": later.isoformat()}, follow=True
    )

    meeting.refresh_from_db()
    assert "Your meeting has a new time." in answer.content.decode()
    assert (meeting.starts_at, meeting.moves) == (later, 1)


def test_a_time_of_another_meeting_of_the_firm_is_not_offered(made):
    _day, meetings = published(made, {0: [0, 1]})
    hers = next(each for each in meetings if each.candidate == made.amina)
    other = next(each for each in meetings if each.candidate != made.amina)

    answer = signed_in(AMINA).post(
        address("own_meeting_move", made, hers.code), {"starts_at": other.starts_at.isoformat()}
    )

    assert answer.status_code == 422
    assert "This time is not free any more" in answer.content.decode()


def test_shortly_before_she_may_cancel_and_no_longer_move(made, settings):
    _day, (meeting,) = published(made, {0: [0]})
    settings.CLOCK_SHIFT = clock_shift(meeting.starts_at - timedelta(hours=2))

    shown = said(made, "own_meeting", meeting.code)

    assert address("own_meeting_move", made, meeting.code) not in shown
    assert address("own_meeting_cancel", made, meeting.code) in shown


def test_she_cancels_without_a_reason(made):
    _day, (meeting,) = published(made, {0: [0]})

    answer = signed_in(AMINA).post(address("own_meeting_cancel", made, meeting.code), follow=True)

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    assert "The meeting is cancelled. The firm is told, and you keep your place." in answer.content.decode()


def test_after_a_cancellation_she_books_another_free_time(made):
    day, (meeting,) = published(made, {0: [0]})
    cancel_by_desk(meeting=meeting, ground="The firm is ill", actor=TINA, at=day.published_at)
    where = address("own_booking", made, day.code, meeting.shortlisted.code)
    assert where in said(made)
    slot = slots_of(day)[2]

    signed_in(AMINA).post(where, {"starts_at": slot.begins_at.isoformat()})

    assert Meeting.objects.get(state=MeetingState.PLANNED).starts_at == slot.begins_at


def test_the_calendar_file_is_hers(made):
    _day, (meeting,) = published(made, {0: [0]})

    answer = signed_in(AMINA).get(address("own_meeting_calendar", made, meeting.code))

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"Meeting with {made.firms[0].name}"


def test_her_page_shows_the_next_meeting(made):
    _day, (meeting,) = published(made, {0: [0]})

    shown = said(made, "candidate")

    assert address("own_meeting", made, meeting.code) in shown


def test_her_page_asks_when_she_can_until_she_has_answered(made):
    accepted(made, {0: [0]})
    day = asked(made)
    where = address("own_availability", made, day.code)
    assert where in said(made, "candidate")

    signed_in(AMINA).post(where, {"can": [slots_of(day)[0].begins_at.isoformat()]})

    assert where not in said(made, "candidate")


def test_somebody_elses_meeting_is_not_found(made):
    day, (meeting,) = published(made, {0: [1]})
    other = Actor(made.candidates[1].account, door="portal")
    client = signed_in(AMINA)

    assert client.get(address("own_meeting", made, meeting.code)).status_code == 404
    assert client.get(address("own_availability", made, day.code)).status_code == 404
    assert signed_in(other).get(address("own_meetings", made)).status_code == 404


def test_a_stranger_finds_nothing(made):
    day, (meeting,) = published(made, {0: [0]})
    pages = [
        address("own_meetings", made),
        address("own_availability", made, day.code),
        address("own_meeting", made, meeting.code),
        address("own_meeting_calendar", made, meeting.code),
    ]

    assert [Client().get(each).status_code for each in pages] == [302, 302, 302, 302]
    assert [signed_in(STRANGER).get(each).status_code for each in pages] == [404, 404, 404, 404]


@pytest.mark.parametrize("firms", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(made, firms, django_assert_num_queries):
    published(made, {number: [0] for number in range(firms)})
    client = signed_in(AMINA)
    client.get(address("own_meetings", made))

    with django_assert_num_queries(COST):
        client.get(address("own_meetings", made))


#: Who is signed in, the person, days and answers, meetings, who waits in the round, the clocks.
COST = 9


def test_the_short_address_of_a_message_leads_her_to_her_meeting(made):
    _day, (meeting,) = published(made, {0: [0]})
    address = reverse("portal:meeting_by_code", args=[meeting.code])

    assert signed_in(AMINA).get(address)["Location"] == reverse(
        "portal:own_meeting", args=[made.amina.code, meeting.code]
    )
    assert signed_in(STRANGER).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_time_with_an_interpreter_is_told_from_one_without(made):
    _day, (meeting,) = published(made, {0: [0]})
    Availability.objects.update_or_create(
        day=meeting.day,
        candidate=made.amina,
        defaults={
            "party": "candidate",
            "interpreted_from": "ar",
            "answered_at": NOON,
            "answered_by": AMINA.code,
        },
    )
    client = signed_in(AMINA)

    said = client.get(reverse("portal:own_meeting", args=[made.amina.code, meeting.code])).content.decode()

    assert "No interpreter is free at this time." in said
    assert "(without an interpreter)" in said


def test_no_term_is_shown_with_seconds_or_the_name_of_a_zone(made):
    day, (meeting,) = published(made, {0: [0]})
    client = signed_in(AMINA)
    names = [
        ("candidate", []),
        ("own_meetings", []),
        ("own_meeting", [meeting.code]),
        ("own_availability", [day.code]),
    ]

    pages = [
        client.get(reverse(f"portal:{name}", args=[made.amina.code, *more])).content.decode()
        for name, more in names
    ]

    assert [re.findall(r"Africa/Casablanca|Europe/Rome|>[^<]*\d\d:\d\d:\d\d", each) for each in pages] == [
        []
    ] * 4
    until = pages[3].split("You may change it until")[1][:400]
    assert until.index("Moroccan time") < until.index("Italian time")
