"""The desk's page of a running day: who is on, marks by one tap, free hours given on, sheets to print."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import BRUNO, OUTSIDER, TINA, WATCHER, make_round, signed_in
from tests.selection.meeting_days import published
from tests.selection.test_booking import waiting
from tests.web.office.world import clock_shift
from tragitto.ledger.models import Entry
from tragitto.selection.models import Availability, Interpreter, Meeting, MeetingDay
from tragitto.selection.queries.meetings import slots_of
from tragitto.selection.vocabulary import MeetingState


@pytest.fixture
def made():
    return make_round()


@pytest.fixture
def running(made, settings) -> tuple[MeetingDay, Meeting, Meeting]:
    """Five minutes into Amina's meeting with the first firm; another person is next."""
    day, (first, second) = published(made, {0: [0, 1]})
    settings.CLOCK_SHIFT = clock_shift(first.starts_at + timedelta(minutes=5))
    return day, first, second


def address(made, name: str, day: MeetingDay, *more: str) -> str:
    return reverse(f"office:{name}", args=[made.round.code, day.code, *more])


def shown(made, day: MeetingDay, actor=TINA, query: str = "") -> str:
    return signed_in(actor).get(address(made, "meeting_today", day) + query).content.decode()


def send(made, name: str, day: MeetingDay, *more: str, **typed: object):
    return signed_in(TINA).post(address(made, name, day, *more), typed, follow=True)


def test_now_comes_before_next_with_the_room_of_each(made, running):
    day, first, second = running

    said = shown(made, day)

    assert said.index(">Now<") < said.index(first.code) < said.index(">Next<") < said.index(second.code)
    assert f'href="https://video.example/{first.code}"' in said
    assert "Moroccan time" in said


def test_one_tap_marks_and_leads_back_to_the_day(made, running):
    day, first, _second = running

    answer = send(made, "meeting_mark", day, first.code, state="held", back="today")

    first.refresh_from_db()
    assert first.state == MeetingState.HELD
    assert answer.redirect_chain == [(address(made, "meeting_today", day), 302)]


def test_what_is_over_and_not_marked_comes_first(made, running, settings):
    day, first, second = running
    settings.CLOCK_SHIFT = clock_shift(second.ends_at)

    said = shown(made, day)

    assert said.index("Over and not marked yet") < said.index(first.code)


def test_after_a_no_show_who_waits_is_proposed_unticked_and_booked_with_one_button(made, running):
    day, first, _second = running
    row = waiting(made)
    send(made, "meeting_mark", day, first.code, state="candidate_missed", back="today")

    said = shown(made, day)
    word = f"{row.code}@{first.starts_at.isoformat()}"
    answer = send(made, "meeting_take_up", day, seats=[word])

    assert f'value="{word}"' in said
    assert f'value="{word}" checked' not in said
    assert "it is running: call them first" in said
    assert "1 meeting is booked; both sides were told." in answer.content.decode()
    assert Meeting.objects.get(shortlisted=row).starts_at == first.starts_at


def test_an_hour_still_to_come_is_ticked(made, running, settings):
    day, first, _second = running
    row = waiting(made)
    settings.CLOCK_SHIFT = clock_shift(first.starts_at - timedelta(hours=2))
    last = slots_of(day)[2].begins_at

    said = shown(made, day)

    assert f"{row.code}@{last.isoformat()}" in said
    assert " checked" in said


def test_taken_up_twice_the_second_is_told_that_the_day_has_changed(made, running):
    day, _first, _second = running
    row = waiting(made)
    word = f"{row.code}@{slots_of(day)[2].begins_at.isoformat()}"

    answers = [send(made, "meeting_take_up", day, seats=[word]) for _twice in range(2)]

    assert [each.status_code for each in answers] == [200, 422]
    assert "The day has changed since this was proposed" in answers[1].content.decode()
    assert Meeting.objects.filter(shortlisted=row).count() == 1


@pytest.fixture
def crowded(made, running) -> tuple[MeetingDay, Meeting, Meeting]:
    """The firm did not come for Amina, who can only at the hour that the next person has."""
    day, first, second = running
    hours = [each.begins_at for each in slots_of(day)]
    said = {"answered_at": first.starts_at, "answered_by": "U"}
    others = [each for each in hours if each != second.starts_at]
    Availability.objects.create(day=day, party="candidate", candidate=made.amina, cannot=others, **said)
    send(made, "meeting_mark", day, first.code, state="employer_missed", back="today")
    return day, first, second


def test_nobody_is_moved_without_a_yes(made, crowded):
    day, first, second = crowded
    said = shown(made, day)
    assert "There is an hour for them if one other person moves." in said

    answer = send(made, "meeting_make_room", day, first.shortlisted.code)

    assert answer.status_code == 422
    assert "Nobody is moved without a yes" in answer.content.decode()
    assert Meeting.objects.get(pk=second.pk).starts_at == second.starts_at


def test_with_a_yes_the_hour_is_given(made, crowded):
    day, first, second = crowded
    free = slots_of(day)[2].begins_at
    word = f"{second.code}@{free.isoformat()}"

    send(made, "meeting_make_room", day, first.shortlisted.code, agreed=[word])

    assert Meeting.objects.get(pk=second.pk).starts_at == free
    assert Meeting.objects.get(candidate=made.amina, state="planned").starts_at == second.starts_at


def test_who_said_no_is_not_proposed_to_move(made, crowded):
    day, _first, second = crowded

    assert "They said yes" not in shown(made, day, query=f"?stays={second.code}")
    assert "Move them and give the hour" not in shown(made, day, query=f"?stays={second.code}")


def test_a_person_is_told_through_the_house_once(made, running, settings):
    day, first, _second = running
    settings.CAN_SEND_MAIL = True
    first.candidate.identity.email = "amina@example.org"
    first.candidate.identity.save(update_fields=["email"])

    answers = [send(made, "meeting_call_in", day, first.code) for _twice in range(2)]

    assert [each.status_code for each in answers] == [200, 422]
    assert "was told already" in answers[1].content.decode()
    assert "Told that they are expected." in shown(made, day)


def test_the_number_of_a_person_is_not_on_the_page(made, running):
    day, _first, _second = running
    made.amina.identity.phone = "+212600000001"
    made.amina.identity.save(update_fields=["phone"])

    said = shown(made, day)

    assert "+212600000001" not in said
    assert made.amina.identity.surnames not in said


def test_each_firm_has_a_sheet_with_numbers_alone(made):
    day, meetings = published(made, {0: [0], 1: [1]})

    said = signed_in(TINA).get(address(made, "meeting_day_print", day)).content.decode()

    assert said.count('class="firm-sheet"') == 2
    assert all(each.candidate.code in said for each in meetings)
    assert made.amina.identity.surnames not in said


def test_the_watching_office_reads_and_changes_nothing(made, running):
    day, first, _second = running
    waiting(made)

    assert "<form" not in shown(made, day, WATCHER).split("<main")[1]
    answer = signed_in(WATCHER).post(address(made, "meeting_call_in", day, first.code))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("actor", "status"), [(OUTSIDER, 404), (BRUNO, 403), (None, 302)], ids=["outsider", "firm", "stranger"]
)
def test_nobody_else_opens_the_day(made, running, actor, status):
    day, _first, _second = running
    client = signed_in(actor) if actor else Client()

    answers = [client.get(address(made, name, day)) for name in ("meeting_today", "meeting_day_print")]

    assert [each.status_code for each in answers] == [status] * 2


@pytest.mark.parametrize("people", [1, 3])
def test_the_day_costs_the_same_for_one_meeting_and_for_three(
    made, people, settings, django_assert_num_queries
):
    day, meetings = published(made, {0: list(range(people))})
    settings.CLOCK_SHIFT = clock_shift(meetings[0].starts_at)
    client = signed_in(TINA)
    client.get(address(made, "meeting_today", day))

    with django_assert_num_queries(16):
        client.get(address(made, "meeting_today", day))


def test_the_address_of_the_day_is_changed_from_the_page(made):
    day, _meetings = published(made, {0: [0]})

    send(made, "meeting_day_address", day, link="https://other.example/{meeting}")

    assert MeetingDay.objects.get().link == "https://other.example/{meeting}"


def test_the_day_is_called_off_from_the_page_with_a_ground(made):
    day, _meetings = published(made, {0: [0]})

    assert send(made, "meeting_day_off", day, ground="").status_code == 422
    send(made, "meeting_day_off", day, ground="A power cut.")

    assert Meeting.objects.get().state == MeetingState.CANCELLED


def test_an_interpreter_goes_and_one_is_chosen_from_the_pages(made):
    day, (meeting,) = published(made, {0: [0]})
    guide = reverse("office:interpreter_add", args=[made.round.code])
    typed = {"name": "Imane", "email": "imane@example.org", "languages": ["ar"]}
    signed_in(TINA).post(guide, typed)
    imane = Interpreter.objects.get()

    send(made, "meeting_interpreter", day, meeting.code, interpreter=imane.code)
    assert Meeting.objects.get().interpreter == imane

    leaves = reverse("office:interpreter_leaves", args=[made.round.code, imane.code])
    said = signed_in(TINA).post(leaves, follow=True).content.decode()
    assert "1 meeting has no interpreter now" in said
    assert Meeting.objects.get().interpreter is None


def test_one_meeting_has_an_address_of_its_own_from_its_page(made):
    day, (meeting,) = published(made, {0: [0]})

    send(made, "meeting_address", day, meeting.code, link="https://own.example/a")

    assert Meeting.objects.get().link == "https://own.example/a"


def test_that_a_person_was_told_is_written_down_without_a_name(made, running):
    day, first, _second = running
    made.amina.identity.email = "amina@example.org"
    made.amina.identity.save(update_fields=["email"])

    send(made, "meeting_call_in", day, first.code)

    (told,) = Entry.objects.filter(verb="candidate.told", facts__key__endswith=":expected")
    assert told.subject == made.amina.code
