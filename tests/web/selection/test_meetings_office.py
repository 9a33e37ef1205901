"""The desk's pages of meetings: a day from its opening to the marks, and who may only read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import BRUNO, NOON, OUTSIDER, STRANGER, TINA, WATCHER, make_round, signed_in
from tests.selection.meeting_days import THURSDAY, accepted, asked, opened, published
from tests.selection.test_booking import waiting
from tests.web.office.world import clock_shift
from tragitto.selection.actions import meeting_days
from tragitto.selection.models import Interpreter, Meeting, MeetingDay
from tragitto.selection.queries.meetings import slots_of
from tragitto.selection.vocabulary import MeetingState


@pytest.fixture
def made():
    return make_round()


def page(client: Client, name: str, *args: str) -> str:
    return client.get(reverse(f"office:{name}", args=args)).content.decode()


def send(client: Client, to: str, /, *args: str, **typed: object):
    return client.post(reverse(f"office:{to}", args=args), typed, follow=True)


def test_a_day_is_opened_from_the_page(made):
    answer = send(signed_in(TINA), "meeting_day_open", made.round.code, on="2026-12-03", link="")

    assert answer.redirect_chain == [
        (reverse("office:meeting_day", args=[made.round.code, MeetingDay.objects.get().code]), 302)
    ]


@pytest.mark.parametrize(("on", "link"), [("2026-11-01", ""), ("2026-12-03", "http://video.example")])
def test_a_day_that_cannot_be_is_refused_on_the_page(made, on, link):
    answer = send(signed_in(TINA), "meeting_day_open", made.round.code, on=on, link=link)

    assert answer.status_code == 422
    assert "Please mend what follows" in answer.content.decode()


def test_the_address_of_an_interpreter_is_shown_once(made):
    client = signed_in(TINA)
    typed = {"name": "Imane", "email": "imane@example.org", "languages": ["ar"]}

    said = send(client, "interpreter_add", made.round.code, **typed).content.decode()

    assert "/interpreter/" in said
    assert "/interpreter/" not in page(client, "meetings", made.round.code)
    assert Interpreter.objects.get().languages == ["ar"]


def test_both_sides_are_asked_from_the_page(made):
    accepted(made, {0: [0, 1]})
    day = opened(made)

    answer = send(signed_in(TINA), "meeting_day_ask", made.round.code, day.code)

    assert "2 people were asked." in answer.content.decode()


def test_a_planned_day_is_shown_with_its_proof_before_anybody_is_told(made):
    accepted(made, {0: [0, 1]})
    day = asked(made)

    said = send(signed_in(TINA), "meeting_day_plan", made.round.code, day.code).content.decode()

    assert "An independent check found nobody in two places" in said
    assert "2 meetings have a time; there can be 2 at most." in said
    assert Meeting.objects.count() == 0


def test_a_published_plan_is_a_grid_of_times_and_firms(made):
    accepted(made, {0: [0], 1: [0]})
    day = asked(made)
    meeting_days.plan(day=day, actor=TINA, at=NOON)

    said = send(signed_in(TINA), "meeting_day_publish", made.round.code, day.code).content.decode()

    assert "2 meetings are booked; both sides were told." in said
    assert said.count(f"/meetings/{day.code}/M-") == 2
    assert "Moroccan time" in said


def test_a_meeting_shows_the_hour_of_both_sides(made):
    day, (meeting,) = published(made, {0: [0]})

    said = page(signed_in(TINA), "meeting", made.round.code, day.code, meeting.code)

    assert "Italian time" in said
    assert "Moroccan time" in said
    assert f"https://video.example/{meeting.code}" in said


def test_a_meeting_is_moved_from_the_page(made):
    day, (meeting,) = published(made, {0: [0]})
    later = slots_of(day)[-1].begins_at

    send(
        signed_in(TINA), "meeting_move", made.round.code, day.code, meeting.code, starts_at=later.isoformat()
    )

    assert Meeting.objects.get().starts_at == later


def test_the_desk_says_why_it_cancels_or_is_told_to(made):
    day, (meeting,) = published(made, {0: [0]})

    answer = send(signed_in(TINA), "meeting_cancel", made.round.code, day.code, meeting.code, ground="")

    assert answer.status_code == 422
    assert Meeting.objects.get().state == MeetingState.PLANNED


def test_a_cancelled_meeting_is_told_apart_on_the_day(made):
    day, (meeting,) = published(made, {0: [0]})
    client = signed_in(TINA)

    send(client, "meeting_cancel", made.round.code, day.code, meeting.code, ground="The firm asked for it.")

    assert "Meetings that did not take place" in page(client, "meeting_day", made.round.code, day.code)


def test_who_did_not_come_is_marked_and_who_waits_takes_the_rest_of_the_time(made, settings):
    day, (meeting,) = published(made, {0: [0]})
    row = waiting(made)
    settings.CLOCK_SHIFT = clock_shift(meeting.starts_at + timedelta(minutes=5))
    client = signed_in(TINA)

    send(client, "meeting_mark", made.round.code, day.code, meeting.code, state="candidate_missed")
    now = meeting.starts_at.isoformat()
    send(client, "meeting_book", made.round.code, day.code, row.code, starts_at=now)

    assert [(each.shortlisted, each.state) for each in Meeting.objects.order_by("pk")] == [
        (meeting.shortlisted, "candidate_missed"),
        (row, "planned"),
    ]


def test_nothing_is_marked_before_it_began(made):
    day, (meeting,) = published(made, {0: [0]})

    answer = send(signed_in(TINA), "meeting_mark", made.round.code, day.code, meeting.code, state="held")

    assert answer.status_code == 422
    assert Meeting.objects.get().state == MeetingState.PLANNED


def test_the_watching_office_reads_and_finds_no_button(made):
    day, (meeting,) = published(made, {0: [0]})
    client = signed_in(WATCHER)
    read = [
        page(client, "meetings", made.round.code),
        page(client, "meeting_day", made.round.code, day.code),
        page(client, "meeting", made.round.code, day.code, meeting.code),
    ]

    assert [f'action="{reverse("office:meetings", args=[made.round.code])}' in each for each in read] == [
        False
    ] * 3


def verbs(
    made, day: MeetingDay, meeting: Meeting, free: str
) -> list[tuple[str, list[str], dict[str, object]]]:
    """Every address that changes something, with what is typed there."""
    of, on, it = made.round.code, day.code, meeting.code
    guide = {"name": "Imane", "email": "imane@example.org", "languages": ["ar"]}
    return [
        ("meeting_day_open", [of], {"on": str(THURSDAY + timedelta(days=1)), "link": ""}),
        ("interpreter_add", [of], guide),
        ("meeting_day_ask", [of, on], {}),
        ("meeting_day_plan", [of, on], {}),
        ("meeting_day_publish", [of, on], {}),
        ("meeting_move", [of, on, it], {"starts_at": free}),
        ("meeting_cancel", [of, on, it], {"ground": "No."}),
    ]


def test_the_watching_office_changes_nothing(made):
    day, (meeting,) = published(made, {0: [0]})
    waiting(made)
    client, free = signed_in(WATCHER), slots_of(day)[-1].begins_at.isoformat()

    answers = [send(client, name, *args, **typed) for name, args, typed in verbs(made, day, meeting, free)]

    assert [each.status_code for each in answers] == [403] * 7


@pytest.mark.parametrize(
    ("actor", "status"), [(OUTSIDER, 404), (BRUNO, 403), (None, 302)], ids=["outsider", "firm", "stranger"]
)
def test_nobody_else_opens_a_page(made, actor, status):
    day, (meeting,) = published(made, {0: [0]})
    client = signed_in(actor) if actor else Client()
    codes = [made.round.code, day.code, meeting.code]
    pages = [("meetings", codes[:1]), ("meeting_day", codes[:2]), ("meeting", codes)]

    answers = [client.get(reverse(f"office:{name}", args=args)) for name, args in pages]

    assert [each.status_code for each in answers] == [status] * 3


def test_a_day_of_another_round_is_not_found(made):
    other = make_round(posts=1, candidates=1)
    day = opened(other)

    answer = signed_in(TINA).get(reverse("office:meeting_day", args=[made.round.code, day.code]))

    assert answer.status_code == 404


#: Who is signed in and acts, the round or the day, the lists, the duty.
COSTS = {"meetings": 8, "meeting_day": 10}


@pytest.mark.parametrize("people", [1, 3])
def test_a_day_costs_the_same_for_one_meeting_and_for_three(made, people, django_assert_num_queries):
    day, _meetings = published(made, {0: list(range(people))})
    client = signed_in(TINA)
    page(client, "meeting_day", made.round.code, day.code)

    with django_assert_num_queries(COSTS["meeting_day"]):
        page(client, "meeting_day", made.round.code, day.code)


@pytest.mark.parametrize("days", [1, 3])
def test_the_list_costs_the_same_for_one_day_and_for_three(made, days, django_assert_num_queries):
    for number in range(days):
        opened(made, THURSDAY + timedelta(days=number))
    client = signed_in(TINA)
    page(client, "meetings", made.round.code)

    with django_assert_num_queries(COSTS["meetings"]):
        page(client, "meetings", made.round.code)


def test_a_stranger_changes_nothing(made):
    day, (meeting,) = published(made, {0: [0]})

    answer = Client().post(reverse("office:meeting_cancel", args=[made.round.code, day.code, meeting.code]))

    assert answer.status_code == 302
    assert STRANGER.code not in answer["Location"]
    assert Meeting.objects.get().state == MeetingState.PLANNED
