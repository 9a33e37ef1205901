"""The page of an interpreter: by its secret address alone, and without anybody's name but the firm's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.selection.making import AMINA, NOON, TINA, make_round
from tests.selection.meeting_days import accepted, asked
from tests.web.office.world import clock_shift
from tragitto.selection.actions import meeting_days
from tragitto.selection.models import Availability, Meeting
from tragitto.selection.queries.meetings import slots_of


@pytest.fixture
def made():
    return make_round()


def page(client: Client, name: str, *args: str) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def send(client: Client, name: str, *args: str, **typed: object):
    return client.post(reverse(name, args=args), typed, follow=True)


def all_but_first(day) -> list[str]:
    return [each.begins_at.isoformat() for each in slots_of(day)[1:]]


@pytest.fixture
def guided(made):
    """A day at which Imane interprets for Amina, and the secret of her own page."""
    accepted(made, {0: [0]})
    _guide, secret = meeting_days.add_interpreter(
        round=made.round, name="Imane", email="imane@example.org", languages=["ar"], actor=TINA, at=NOON
    )
    day = asked(made)
    Availability.objects.create(
        day=day,
        party="candidate",
        candidate=made.amina,
        interpreted_from="ar",
        answered_at=NOON,
        answered_by=AMINA.code,
    )
    meeting_days.plan(day=day, actor=TINA, at=NOON)
    meeting_days.publish_plan(day=day, actor=TINA, at=NOON)
    return day, secret


def test_an_interpreter_reads_when_and_where_without_a_name_of_a_person(made, guided):
    _day, secret = guided

    said = page(Client(), "public:interpreter", secret)

    assert made.firms[0].name in said
    assert "AMINA" not in said


def test_an_interpreter_says_when_they_can_without_signing_in(guided):
    day, secret = guided

    Meeting.objects.update(interpreter=None)

    send(Client(), "public:interpreter_day", secret, day.code, can=all_but_first(day))

    assert Availability.objects.get(party="interpreter").cannot == [slots_of(day)[0].begins_at]


def test_an_hour_with_a_meeting_is_not_taken_back(guided):
    day, secret = guided

    answer = send(Client(), "public:interpreter_day", secret, day.code, can=all_but_first(day))

    assert answer.status_code == 422
    assert not Availability.objects.filter(party="interpreter").exists()


def test_on_the_day_what_is_today_comes_first_with_the_way_in(guided, settings):
    _day, secret = guided
    meeting = Meeting.objects.get()
    english = Client(headers={"accept-language": "en"})
    address = reverse("public:interpreter", args=[secret])
    assert "Today you interpret" not in english.get(address).content.decode()
    settings.CLOCK_SHIFT = clock_shift(meeting.starts_at - timedelta(minutes=20))

    said = english.get(address).content.decode()

    assert said.index("Today you interpret") < said.index("When can you interpret?")
    assert f"https://video.example/{meeting.code}" in said


def test_what_is_over_offers_no_way_in(guided, settings):
    _day, secret = guided
    settings.CLOCK_SHIFT = clock_shift(Meeting.objects.get().ends_at + timedelta(minutes=1))

    assert "https://video.example/" not in page(Client(), "public:interpreter", secret)


def test_an_interpreter_has_a_file_for_the_calendar(made, guided):
    _day, secret = guided

    english = Client(headers={"accept-language": "en"})
    address = reverse("public:interpreter_calendar", args=[secret])
    read = Calendar.from_ical(english.get(address).content)

    assert [each["SUMMARY"] for each in read.walk("VEVENT")] == [f"Interpreting at {made.firms[0].name}"]


def test_a_wrong_address_opens_nothing(guided):
    day, secret = guided
    wrong = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    pages = [
        ("interpreter", [wrong]),
        ("interpreter_calendar", [wrong]),
        ("interpreter_day", [wrong, day.code]),
    ]

    answers = [Client().get(reverse(f"public:{name}", args=args)) for name, args in pages]

    assert [each.status_code for each in answers] == [404] * 3


def test_the_page_of_an_interpreter_is_kept_out_of_search_and_store(guided):
    _day, secret = guided

    answer = Client().get(reverse("public:interpreter", args=[secret]))

    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()
