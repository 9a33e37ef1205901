"""A firm's meetings: its hours, who comes, the time on both clocks, the file for the calendar."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.selection.making import BIANCA, BRUNO, STRANGER, TINA, make_round, signed_in
from tests.selection.meeting_days import accepted, asked, opened, published
from tests.selection.shortlisted import say
from tests.web.office.world import clock_shift
from tragitto.candidates.vocabulary import Answer
from tragitto.ledger.models import Entry
from tragitto.selection.actions.booking import cancel
from tragitto.selection.models import Availability
from tragitto.selection.queries.meetings import slots_of

PAGE = "portal:firm_meetings"
#: The day of the meetings, as each clock shows it.
DAY = 'datetime="2026-12-03">3 December 2026<'


@pytest.fixture
def made():
    return make_round()


def said(client):
    return client.get(reverse(PAGE)).content.decode()


def hours(made, day):
    return reverse("portal:firm_availability", args=[day.code, made.firms[0].code])


def test_without_meetings_the_page_says_so(made):
    assert "No meeting is planned." in said(signed_in(BRUNO))


def test_the_firm_is_asked_only_when_the_desk_asked(made):
    accepted(made, {0: [0]})
    day = opened(made)

    assert hours(made, day) not in said(signed_in(BRUNO))

    asked(made)

    assert hours(made, day) in said(signed_in(BRUNO))


def test_hours_that_are_not_ticked_are_kept_free(made):
    accepted(made, {0: [0]})
    day = asked(made)
    begins = [each.begins_at for each in slots_of(day)]

    signed_in(BRUNO).post(hours(made, day), {"can": [each.isoformat() for each in begins[2:]]})

    assert Availability.objects.get().cannot == begins[:2]


def test_what_was_said_is_ticked_when_the_page_opens_again(made):
    accepted(made, {0: [0]})
    day, client = asked(made), signed_in(BRUNO)
    client.post(hours(made, day), {"can": [slots_of(day)[0].begins_at.isoformat()]})

    assert client.get(hours(made, day)).content.decode().count("checked") == 1


def test_no_hour_at_all_is_refused_in_words(made):
    accepted(made, {0: [0]})
    day = asked(made)

    answer = signed_in(BRUNO).post(hours(made, day), {})

    assert answer.status_code == 422
    assert "Tick at least one hour." in answer.content.decode()
    assert Availability.objects.count() == 0


def test_the_name_appears_and_that_it_was_shown_is_kept(made):
    _day, (meeting,) = published(made, {0: [0]})

    shown = said(signed_in(BRUNO))

    assert "AMINA" in shown
    looked = Entry.objects.filter(verb="candidate.seen", subject=meeting.candidate.code)
    assert [each.facts for each in looked] == [{"what": "meeting", "organisation": made.firms[0].code}]


def test_the_time_stands_on_both_clocks_with_the_day(made):
    published(made, {0: [0]})

    shown = said(signed_in(BRUNO)).split('id="coming"')[1]

    assert shown.count(DAY) == 2
    assert "Italian time" in shown
    assert "Moroccan time" in shown


def test_the_video_meeting_is_linked_with_its_own_address(made):
    _day, (meeting,) = published(made, {0: [0]})

    assert f'href="https://video.example/{meeting.code}"' in said(signed_in(BRUNO))


def test_a_firm_sees_its_own_meetings_only(made):
    published(made, {0: [0]})

    shown = said(signed_in(BIANCA))

    assert "AMINA" not in shown
    assert "No meeting is planned." in shown


def test_who_takes_their_yes_back_is_named_no_more(made):
    _day, (meeting,) = published(made, {0: [0]})
    say(meeting.shortlisted, Answer.DECLINED)

    shown = said(signed_in(BRUNO))

    assert ("AMINA" in shown, "Takes no part any more" in shown) == (False, True)


def test_the_calendar_of_a_meeting_names_who_comes(made):
    _day, (meeting,) = published(made, {0: [0]})

    answer = signed_in(BRUNO).get(reverse("portal:firm_meeting_calendar", args=[meeting.code]))

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert "AMINA" in str(event["SUMMARY"])
    assert event["DTSTART"].dt == meeting.starts_at


def test_that_the_calendar_named_somebody_is_written_down_too(made):
    _day, (meeting,) = published(made, {0: [0]})

    signed_in(BRUNO).get(reverse("portal:firm_calendar"))

    looked = Entry.objects.filter(verb="candidate.seen", subject=meeting.candidate.code)
    assert [each.facts for each in looked] == [{"what": "meeting", "organisation": made.firms[0].code}]


def test_a_cancelled_meeting_takes_itself_out_of_the_calendar(made):
    _day, (meeting,) = published(made, {0: [0]})
    cancel(meeting=meeting, ground="Ill", actor=TINA, at=meeting.day.published_at)

    answer = signed_in(BRUNO).get(reverse("portal:firm_meeting_calendar", args=[meeting.code]))

    found = Calendar.from_ical(answer.content)
    assert (str(found["METHOD"]), str(found.walk("VEVENT")[0]["STATUS"])) == ("CANCEL", "CANCELLED")


def test_all_meetings_come_in_one_file(made):
    published(made, {0: [0, 1]})

    answer = signed_in(BRUNO).get(reverse("portal:firm_calendar"))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 2


def test_another_firms_pages_are_not_found(made):
    day, (meeting,) = published(made, {0: [0]})
    bianca = signed_in(BIANCA)

    assert bianca.get(hours(made, day)).status_code == 404
    assert bianca.get(reverse("portal:firm_meeting_calendar", args=[meeting.code])).status_code == 404


def test_who_acts_for_nobody_sees_nothing(made):
    published(made, {0: [0]})

    assert "AMINA" not in said(signed_in(STRANGER))


def test_a_stranger_is_led_to_the_sign_in(made):
    day, (meeting,) = published(made, {0: [0]})

    answers = [
        Client().get(reverse(PAGE)),
        Client().get(hours(made, day)),
        Client().get(reverse("portal:firm_calendar")),
        Client().get(reverse("portal:firm_meeting_calendar", args=[meeting.code])),
    ]

    assert [each.status_code for each in answers] == [302, 302, 302, 302]


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(made, people, django_assert_num_queries):
    published(made, {0: list(range(people))})
    client = signed_in(BRUNO)
    said(client)

    with django_assert_num_queries(COST):
        said(client)


#: Who is signed in, the firms, days and answers, meetings, the profiles, what was looked at lately.
COST = 17


def test_on_the_day_the_way_in_comes_first(made, settings):
    _day, (meeting,) = published(made, {0: [0]})
    settings.CLOCK_SHIFT = clock_shift(meeting.starts_at - timedelta(minutes=20))

    page = said(signed_in(BRUNO))

    assert page.index(">Today<") < page.index(f"https://video.example/{meeting.code}")
    assert page.index(">Today<") < page.index("When can you meet them?")


def test_a_firm_that_cannot_come_cancels_from_its_page(made):
    _day, (meeting,) = published(made, {0: [0]})
    address = reverse("portal:firm_meeting_cancel", args=[meeting.code])

    page = signed_in(BRUNO).post(address, follow=True).content.decode()

    meeting.refresh_from_db()
    assert (meeting.state, meeting.state_by) == ("cancelled", BRUNO.code)
    assert "comes first for another hour" in page


@pytest.mark.parametrize(("actor", "status"), [(BIANCA, 404), (STRANGER, 404)], ids=["firm", "person"])
def test_nobody_else_cancels_a_meeting_of_the_firm(made, actor, status):
    _day, (meeting,) = published(made, {0: [0]})

    answer = signed_in(actor).post(reverse("portal:firm_meeting_cancel", args=[meeting.code]))

    assert answer.status_code == status
    meeting.refresh_from_db()
    assert meeting.state == "planned"
