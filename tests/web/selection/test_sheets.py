"""A firm after its meetings, in the browser: its list of things to do, and the score sheet."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import AMINA, BIANCA, BRUNO, make_round, signed_in
from tests.selection.meeting_days import published
from tests.web.office.world import clock_shift
from tragitto.selection.models import Meeting, ScoreSheet
from tragitto.selection.queries.rankings import sheet_lines


@pytest.fixture
def made():
    return make_round(posts=2, candidates=3)


@pytest.fixture
def met(made, settings):
    """Bruno met three people; it is the day after."""
    _day, meetings = published(made, {0: [0, 1, 2]})
    settings.CLOCK_SHIFT = clock_shift(meetings[-1].ends_at + timedelta(days=1))
    return meetings


def address(meeting: Meeting) -> str:
    return reverse("portal:sheet", args=[meeting.code])


def answers(meeting: Meeting, points: str = "2") -> dict[str, str]:
    whole = Meeting.objects.select_related("shortlisted__post__round__rules").get(pk=meeting.pk)
    return {f"line-{number}": points for number, _line in enumerate(sheet_lines(whole))}


def test_the_sheet_asks_what_the_post_asks_then_the_lines_of_the_rules(met):
    said = signed_in(BRUNO).get(address(met[0])).content.decode()

    assert "Italian A2" in said
    assert said.index("Italian A2") < said.index("Knows the rules for working safely")


def test_a_sheet_is_saved_sent_and_locked(met):
    client = signed_in(BRUNO)

    read = client.post(address(met[0]), {**answers(met[0]), "revision": "0", "send": "1"}, follow=True)
    assert "nobody can change it" in read.content.decode()
    client.post(reverse("portal:sheet_send", args=[met[0].code]), {"revision": "1"})

    assert ScoreSheet.objects.get().sent_at is not None
    assert "It cannot be changed any more." in client.get(address(met[0])).content.decode()


def test_a_sheet_with_an_empty_line_is_not_sent_and_the_page_says_why(met):
    client = signed_in(BRUNO)
    client.post(address(met[0]), {"line-0": "1", "revision": "0"})

    answer = client.post(reverse("portal:sheet_send", args=[met[0].code]), {"revision": "1"})

    assert answer.status_code == 422
    assert "Answer every line of the sheet before you send it." in answer.content.decode()
    assert ScoreSheet.objects.get().sent_at is None


def test_a_line_left_out_is_said_before_the_sheet_is_read_again(met):
    answer = signed_in(BRUNO).post(address(met[0]), {"line-0": "1", "revision": "0", "send": "1"})

    assert answer.status_code == 422
    assert "Please mend what follows" in answer.content.decode()


def test_points_that_the_sheet_does_not_have_are_refused(met):
    answer = signed_in(BRUNO).post(address(met[0]), {"line-0": "9", "revision": "0"})

    assert answer.status_code == 422
    assert not ScoreSheet.objects.exists()


def test_before_the_meeting_there_is_no_sheet(made):
    _day, meetings = published(made, {0: [0]})

    assert signed_in(BRUNO).get(address(meetings[0])).status_code == 404


@pytest.mark.parametrize("actor", [BIANCA, AMINA])
def test_nobody_else_finds_the_sheet(met, actor):
    assert signed_in(actor).get(address(met[0])).status_code == 404


def test_a_stranger_is_led_to_the_sign_in(met):
    assert Client().get(address(met[0])).status_code == 302
    assert Client().get(reverse("portal:after_meetings")).status_code == 302


def test_what_is_to_do_stands_by_position(met):
    said = signed_in(BRUNO).get(reverse("portal:after_meetings")).content.decode()

    assert "AMINA" in said
    assert said.count("To write") == 3


def test_another_firm_reads_nothing_of_it(met):
    assert "AMINA" not in signed_in(BIANCA).get(reverse("portal:after_meetings")).content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(made, people, settings, django_assert_num_queries):
    _day, meetings = published(made, {0: list(range(people))})
    settings.CLOCK_SHIFT = clock_shift(meetings[-1].ends_at + timedelta(days=1))
    client = signed_in(BRUNO)
    client.get(reverse("portal:after_meetings"))

    with django_assert_num_queries(COST):
        client.get(reverse("portal:after_meetings"))


COST = 17


def test_the_page_needs_no_meeting(made):
    assert "You have met nobody" in signed_in(BRUNO).get(reverse("portal:after_meetings")).content.decode()
