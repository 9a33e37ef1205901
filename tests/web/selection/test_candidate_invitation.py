"""The person's page of an invitation that comes of a shortlist: which post, why, what the chances are."""

import pytest
from django.urls import reverse

from tests.selection.making import AMINA, BRUNO, make_round, signed_in
from tests.selection.shortlisted import say, shown_shortlists
from tests.selection.test_answering import second_post
from tragitto.candidates.vocabulary import Answer


@pytest.fixture
def row():
    return shown_shortlists(make_round(), {0: [0]})[0]


def said(actor, row) -> str:
    address = reverse("portal:invitation", args=[row.candidate.code, row.invitation.code])
    return signed_in(actor).get(address).content.decode()


def test_the_person_reads_why_they_were_proposed(row):
    assert "Italian above the level asked for" in said(AMINA, row)


def test_the_person_reads_how_many_are_asked_for_the_seat(row):
    assert "There is one seat, and up to 3 people are asked at the same time." in said(AMINA, row)


def test_nothing_is_said_of_anybody_else(row):
    assert "PERSON 1" not in said(AMINA, row)


def test_the_firms_person_does_not_find_the_page(row):
    address = reverse("portal:invitation", args=[row.candidate.code, row.invitation.code])

    assert signed_in(BRUNO).get(address).status_code == 404


def test_in_arabic_the_page_is_read_from_right_to_left(row):
    client = signed_in(AMINA)
    client.cookies["django_language"] = "ar"
    address = reverse("portal:invitation", args=[row.candidate.code, row.invitation.code])

    assert 'dir="rtl"' in client.get(address).content.decode()


@pytest.fixture
def two():
    """Amina said yes to one position of the firm, and is asked about the other."""
    made = make_round(posts=1, candidates=1)
    made.posts.append(second_post(made))
    (first,) = shown_shortlists(made, {0: [0]})
    say(first, Answer.ACCEPTED)
    (second,) = shown_shortlists(made, {1: [0]})
    return first, second


def press(row, position: str):
    address = reverse("portal:invitation", args=[row.candidate.code, row.invitation.code])
    return signed_in(AMINA).post(address, {"answer": "accepted", "position": position})


def test_each_position_has_an_answer_of_its_own(two):
    said_now = said(AMINA, two[1])

    assert (said_now.count('<form method="post">'), said_now.count("None yet")) == (2, 1)


def test_a_yes_counts_for_the_position_of_its_form(two):
    press(two[1], two[1].code)

    two[1].refresh_from_db()
    assert two[1].answer == Answer.ACCEPTED


def test_a_position_of_nobody_is_not_answered(two):
    assert press(two[1], "SL-NOBODY").status_code == 404


def test_the_persons_page_asks_for_the_answer_that_is_missing(two):
    page = signed_in(AMINA).get(reverse("portal:candidate", args=[two[0].candidate.code]))

    assert "A firm would like to meet you: answer" in page.content.decode()


def test_before_the_yes_to_a_position_the_firm_does_not_see_who_said_yes_to_another(two):
    page = signed_in(BRUNO).get(reverse("portal:shortlists")).content.decode()

    assert (two[0].post.code in page, two[1].post.code in page) == (True, False)
