"""What a person reads about themselves, and a firm about its search; the wrong people at both."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import AMINA, BIANCA, BRUNO, NOON, TINA, make_round, signed_in
from tragitto.kernel.actors import Actor
from tragitto.selection.actions import posts, running, shortlisting
from tragitto.selection.rules.demands import Demands

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Two positions, nine people; the first position asks for more Italian than anybody has."""
    made = make_round(posts=2, candidates=9)
    demands = Demands(least_levels={"it": "C1"})
    posts.state_post(post=made.posts[0], demands=demands, seats=1, actor=TINA, at=NOON)
    return made


@pytest.fixture
def taken_up(made):
    run = running.propose(round=made.round, actor=TINA, at=NOON)
    shortlisting.take_up(run=run, actor=TINA, at=NOON)
    return made


def own(actor: Actor, made, code: str = ""):
    client = signed_in(actor)
    return client.get(reverse("portal:own_selection", args=[code or made.amina.code]))


def firm(actor: Actor, made, number: int = 0):
    return signed_in(actor).get(reverse("portal:post_explained", args=[made.posts[number].code]))


def body(answer) -> str:
    return answer.content.decode()


def test_a_person_reads_what_would_open_more_positions(taken_up):
    page = body(own(AMINA, taken_up))

    assert "2 positions are in your profiles." in page
    assert "You have what is asked for one of them." in page
    assert "A certificate or test of Italian at level C1" in page


def test_a_person_reads_nothing_about_anybody_else(taken_up):
    page = body(own(AMINA, taken_up))

    assert [each.code for each in taken_up.candidates[1:] if each.code in page] == []
    assert [each.name for each in taken_up.firms if each.name in page] == []


def test_before_anything_is_taken_up_the_page_says_so(made):
    assert "Nobody has been proposed yet in this round." in body(own(AMINA, made))


def test_a_proposal_that_was_not_shown_yet_is_not_told(taken_up):
    assert "You are proposed" not in body(own(AMINA, taken_up))


def test_once_shown_the_person_reads_where_they_are_proposed(taken_up):
    shortlisting_row = taken_up.amina.shortlisted.get()
    invitation = taken_up.amina.invitations.create(
        code="I-1",
        call=taken_up.call,
        recipient=taken_up.firms[1].code,
        invited_at=NOON,
        invited_by=TINA.code,
    )
    shortlisting_row.invitation, shortlisting_row.published_at = invitation, NOON
    shortlisting_row.save()

    page = body(own(AMINA, taken_up))

    assert "You are proposed" in page
    assert reverse("portal:invitation", args=[taken_up.amina.code, "I-1"]) in page


def test_without_a_round_the_page_says_so(made):
    made.round.closed_at = NOON
    made.round.save(update_fields=["closed_at"])

    assert "No round of selection is under way." in body(own(AMINA, made))


def test_the_page_of_another_person_is_not_there(taken_up):
    assert own(AMINA, taken_up, taken_up.candidates[1].code).status_code == 404
    assert own(BRUNO, taken_up).status_code == 404


def test_a_stranger_is_led_to_the_sign_in(taken_up):
    answer = Client().get(reverse("portal:own_selection", args=[taken_up.amina.code]))

    assert answer.status_code == 302


def test_it_is_read_in_arabic(taken_up, settings):
    client = signed_in(AMINA)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"

    page = body(client.get(reverse("portal:own_selection", args=[taken_up.amina.code])))

    assert '<html lang="ar" dir="rtl">' in page


def test_a_firm_reads_what_its_position_lacks_people_for(taken_up):
    page = body(firm(BRUNO, taken_up))

    assert "the level of a language: 9" in page
    assert [each.code for each in taken_up.candidates if each.code in page] == []


def test_a_firm_reads_of_small_counts_that_they_are_small(made):
    made.amina.languages.update(level="C1")
    shortlisting.take_up(run=running.propose(round=made.round, actor=TINA, at=NOON), actor=TINA, at=NOON)

    assert "fewer than five" in body(firm(BRUNO, made))


def test_the_position_of_another_firm_is_not_there(taken_up):
    assert firm(BIANCA, taken_up).status_code == 404
    assert firm(AMINA, taken_up).status_code == 404
    assert firm(BIANCA, taken_up, 1).status_code == 200


def test_a_stranger_reads_of_no_position(taken_up):
    answer = Client().get(reverse("portal:post_explained", args=[taken_up.posts[0].code]))

    assert answer.status_code == 302
