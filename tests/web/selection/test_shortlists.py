"""The desk's pages of shortlists, and what the firm sees of them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import (
    BIANCA,
    BRUNO,
    NOON,
    OUTSIDER,
    STRANGER,
    TINA,
    WATCHER,
    make_round,
    signed_in,
)
from tests.selection.shortlisted import proposing_run, say, shown_shortlists
from tragitto.candidates.vocabulary import Answer
from tragitto.ledger.models import Entry
from tragitto.selection.actions.shortlisting import take_up
from tragitto.selection.models import Shortlisted


@pytest.fixture
def made():
    return make_round()


def page(client: Client, name: str, *args: str) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_the_desk_sees_each_post_with_its_places(made):
    shown_shortlists(made, {0: [0, 1]})

    said = page(signed_in(TINA), "office:shortlists", made.round.code)

    assert "2 of 3" in said
    assert made.firms[0].name in said


def test_a_proposal_is_taken_up_from_the_page(made):
    run = proposing_run(made, {0: [0, 1]})

    answer = signed_in(TINA).post(reverse("office:take_up_run", args=[made.round.code, run.code]))

    assert answer["Location"] == reverse("office:shortlists", args=[made.round.code])
    assert Shortlisted.objects.count() == 2


def test_people_are_asked_from_the_page_and_it_says_how_many(made):
    take_up(run=proposing_run(made, {0: [0, 1]}), actor=TINA, at=NOON)

    answer = signed_in(TINA).post(reverse("office:show_shortlists", args=[made.round.code]), follow=True)

    assert "2 people were asked." in answer.content.decode()


def test_one_post_says_why_somebody_is_proposed(made):
    shown_shortlists(made, {0: [0]})

    said = page(signed_in(TINA), "office:shortlist", made.round.code, made.posts[0].code)

    assert "Italian above the level asked for" in said
    assert "1 × 20 = 20" in said


def test_nobody_is_taken_off_without_a_ground_and_the_page_says_so(made):
    (row,) = shown_shortlists(made, {0: [0]})

    answer = signed_in(TINA).post(
        reverse("office:shortlist_off", args=[made.round.code, row.code]), {"ground": ""}
    )

    assert answer.status_code == 422
    assert Shortlisted.objects.get().removed_at is None


def test_the_watching_office_reads_and_finds_no_button(made):
    take_up(run=proposing_run(made, {0: [0]}), actor=TINA, at=NOON)

    said = page(signed_in(WATCHER), "office:shortlists", made.round.code)

    assert "Ask them and show the shortlists" not in said
    assert made.firms[0].name in said


def test_the_watching_office_asks_nobody(made):
    take_up(run=proposing_run(made, {0: [0]}), actor=TINA, at=NOON)

    answer = signed_in(WATCHER).post(reverse("office:show_shortlists", args=[made.round.code]))

    assert answer.status_code == 403


def test_another_organisation_does_not_know_that_the_round_exists(made):
    assert signed_in(OUTSIDER).get(reverse("office:shortlists", args=[made.round.code])).status_code == 404


def test_a_stranger_is_led_to_the_sign_in(made):
    answer = Client().get(reverse("office:shortlists", args=[made.round.code]))

    assert answer.status_code == 302
    assert STRANGER.code not in answer["Location"]


@pytest.mark.parametrize("people", [1, 3])
def test_a_list_costs_the_same_for_one_and_for_three(made, people, django_assert_num_queries):
    shown_shortlists(made, {0: list(range(people))})
    client = signed_in(TINA)
    page(client, "office:shortlist", made.round.code, made.posts[0].code)

    with django_assert_num_queries(COST):
        page(client, "office:shortlist", made.round.code, made.posts[0].code)


#: Who is signed in and acts, the round, the post, its lines, who comes next, the duty.
COST = 9


def test_the_firm_sees_profiles_without_names(made):
    (row,) = shown_shortlists(made, {0: [0]})

    said = page(signed_in(BRUNO), "portal:shortlists")

    assert row.invitation.code in said
    assert "AMINA" not in said
    assert "Has not answered yet" in said


def test_the_name_appears_with_the_yes(made):
    (row,) = shown_shortlists(made, {0: [0]})
    say(row, Answer.ACCEPTED)

    assert "AMINA" in page(signed_in(BRUNO), "portal:shortlists")


def test_who_said_no_is_gone(made):
    (row,) = shown_shortlists(made, {0: [0]})
    say(row, Answer.DECLINED)

    assert row.invitation.code not in page(signed_in(BRUNO), "portal:shortlists")


def test_another_firm_sees_nothing_of_it(made):
    (row,) = shown_shortlists(made, {0: [0]})

    assert row.invitation.code not in page(signed_in(BIANCA), "portal:shortlists")


def test_that_the_firm_looked_is_written_down_for_the_person(made):
    shown_shortlists(made, {0: [0]})

    page(signed_in(BRUNO), "portal:shortlists")

    seen = Entry.objects.get(verb="candidate.seen", subject=made.amina.code)
    assert seen.facts == {"what": "shortlist", "organisation": made.firms[0].code}


@pytest.mark.parametrize("people", [1, 3])
def test_the_firms_page_costs_the_same_for_one_and_for_three(made, people, django_assert_num_queries):
    shown_shortlists(made, {0: list(range(people))})
    client = signed_in(BRUNO)
    page(client, "portal:shortlists")

    with django_assert_num_queries(FIRM_COST):
        page(client, "portal:shortlists")


FIRM_COST = 18
