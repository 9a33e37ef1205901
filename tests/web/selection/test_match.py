"""The match in the browser: run and confirmed at the desk, verified by the person from their own list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import (
    AMINA,
    BRUNO,
    OUTSIDER,
    RITA,
    STRANGER,
    TINA,
    UGO,
    WATCHER,
    make_round,
    signed_in,
)
from tests.selection.matched import LATER, all_sent, asked, confirmed, person, run_match, standing
from tests.web.office.world import clock_shift
from tragitto.selection.actions.withdrawing import withdraw_person
from tragitto.selection.models import Adoption, Run, Shortlisted


@pytest.fixture
def made(settings):
    """Two posts, three people: Amina and the second wish post 0, which likes Amina better."""
    settings.CLOCK_SHIFT = clock_shift(LATER)
    whole = make_round(posts=2, candidates=3)
    asked(whole, {0: [0, 1, 2], 1: [0, 1, 2]})
    all_sent(
        whole,
        wishes={0: [[0], [1]], 1: [[0], [1]], 2: [[1]]},
        ranks={0: [[0], [1], [2]], 1: [[1], [2], [0]]},
    )
    return whole


def desk(made) -> str:
    return reverse("office:match", args=[made.round.code])


def confirm(made, run: Run) -> str:
    return reverse("office:match_confirm", args=[made.round.code, run.code])


def own(made, number: int = 0) -> str:
    return reverse("portal:own_match", args=[made.candidates[number].code, made.round.code])


def test_the_desk_runs_the_match_and_reads_it_with_its_proof(made):
    answer = signed_in(TINA).post(reverse("office:match_run", args=[made.round.code]), follow=True)
    said = answer.content.decode()

    assert "2 people have a position, for 2 seats." in said
    assert "Proposed, not confirmed" in said
    assert "The positions that they ranked went to people with a better place." in said


def test_the_number_of_the_lot_is_shown_once_it_is_confirmed(made):
    run = run_match(made)
    page = signed_in(WATCHER)
    before = page.get(desk(made)).content.decode()
    confirmed(made, run)

    assert made.round.seed not in before
    assert made.round.seed in page.get(desk(made)).content.decode()


def test_who_ran_it_does_not_confirm_it_and_the_page_says_why(made):
    run = run_match(made)

    answer = signed_in(TINA).post(confirm(made, run), {"ground": ""})

    assert answer.status_code == 403
    assert not Adoption.objects.filter(run=run).exists()


def test_who_ran_it_is_not_offered_to_confirm_it(made):
    run = run_match(made)

    assert confirm(made, run) not in signed_in(TINA).get(desk(made)).content.decode()
    assert confirm(made, run) in signed_in(UGO).get(desk(made)).content.decode()


def test_a_second_person_confirms_it(made):
    run = run_match(made)

    answer = signed_in(UGO).post(confirm(made, run), {"ground": "as discussed"}, follow=True)

    assert "as discussed" in answer.content.decode()
    assert standing(made) == {0: 0, 1: 1}


def test_who_watches_reads_the_match_and_finds_no_button(made):
    run = run_match(made)
    client = signed_in(WATCHER)

    said = client.get(desk(made)).content.decode()

    assert "Confirm the match" not in said
    assert client.post(confirm(made, run), {"ground": ""}).status_code == 403
    assert client.post(reverse("office:match_run", args=[made.round.code])).status_code == 403


def test_another_organisation_does_not_know_the_page(made):
    assert signed_in(OUTSIDER).get(desk(made)).status_code == 404


def test_amina_reads_her_position_and_verifies_it_from_her_own_list(made):
    confirmed(made)

    said = signed_in(AMINA).get(own(made)).content.decode()

    assert made.firms[0].name in said
    assert "Your place with it: 1." in said
    assert "This is yours" in said


def test_who_has_no_position_reads_why_and_keeps_the_place(made):
    confirmed(made)

    said = signed_in(person(made, 2)).get(own(made, 2)).content.decode()

    assert "You have no position in this round." in said
    assert "Others were before you" in said
    assert "You keep your place on the roster" in said


def test_nobody_reads_the_match_before_it_is_confirmed(made):
    run_match(made)

    said = signed_in(AMINA).get(own(made)).content.decode()

    assert "The match is not made yet." in said
    assert "This is yours" not in said


@pytest.mark.parametrize("actor", [BRUNO, STRANGER])
def test_nobody_else_finds_aminas_result(made, actor):
    confirmed(made)

    assert signed_in(actor).get(own(made)).status_code == 404


def test_a_stranger_is_led_to_the_sign_in(made):
    assert Client().get(own(made)).status_code == 302
    assert Client().get(desk(made)).status_code == 302


def test_amina_leaves_the_round_from_her_page(made):
    confirmed(made)

    answer = signed_in(AMINA).post(
        reverse("portal:leave_round", args=[made.amina.code, made.round.code]), follow=True
    )

    assert "You keep your place on the roster." in answer.content.decode()
    assert not Shortlisted.objects.filter(candidate=made.amina, given_up_at=None).exists()
    assert standing(made) == {1: 1}


def test_after_somebody_left_the_desk_is_told_and_reads_who_moves_and_why(made):
    confirmed(made)
    withdraw_person(candidate=made.amina, round=made.round, actor=AMINA, at=LATER + timedelta(minutes=1))
    client = signed_in(TINA)

    assert "Somebody left since the last match was confirmed." in client.get(desk(made)).content.decode()
    said = client.post(reverse("office:match_again", args=[made.round.code]), follow=True).content.decode()

    assert "A seat became free at a position they like better" in said
    assert "Left, or did not accept the offer" in said


def test_the_match_made_anew_is_confirmed_from_the_page(made):
    confirmed(made)
    withdraw_person(candidate=made.amina, round=made.round, actor=AMINA, at=LATER + timedelta(minutes=1))
    signed_in(TINA).post(reverse("office:match_again", args=[made.round.code]))

    signed_in(RITA).post(confirm(made, Run.objects.latest("number")), {"ground": ""})

    assert standing(made) == {1: 0, 2: 1}


def test_the_run_itself_opens_with_its_fingerprints(made):
    run = run_match(made)

    answer = signed_in(TINA).get(reverse("office:run", args=[made.round.code, run.code]))

    assert run.result_hash in answer.content.decode()


def test_an_earlier_run_stays_readable(made):
    first = run_match(made)
    run_match(made)
    client = signed_in(TINA)

    assert f"?run={first.code}" in client.get(desk(made)).content.decode()
    assert client.get(desk(made), {"run": first.code}).status_code == 200
    assert client.get(desk(made), {"run": "RN-NONE"}).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_desks_page_costs_the_same(people, settings, django_assert_num_queries):
    settings.CLOCK_SHIFT = clock_shift(LATER)
    made = make_round(posts=1, candidates=3)
    asked(made, {0: list(range(people))})
    all_sent(
        made,
        wishes={each: [[0]] for each in range(people)},
        ranks={0: [[each] for each in range(people)]},
    )
    run_match(made)
    client = signed_in(TINA)
    client.get(desk(made))

    with django_assert_num_queries(DESK_COST):
        client.get(desk(made))


DESK_COST = 12


def test_a_pair_of_the_match_is_explained_with_the_number_of_the_person_in_its_file(made):
    run = run_match(made)
    address = reverse("office:run_why", args=[made.round.code, run.code])

    answer = signed_in(WATCHER).get(address, {"candidate": made.amina.code, "post": made.posts[0].code})

    said = answer.content.decode()
    assert answer.status_code == 200
    assert ("person-0001" in said, "Not proposed" in said) == (True, False)


def test_a_pair_of_a_match_is_asked_about_and_told_its_number(made):
    run = run_match(made)
    asking = {"candidate": made.amina.code, "post": made.posts[0].code}

    said = signed_in(TINA).get(reverse("office:run_why", args=[made.round.code, run.code]), asking)

    assert (said.status_code, "person-0001" in said.content.decode()) == (200, True)


def test_who_ran_the_match_reads_that_another_confirms_it(made):
    run_match(made)
    sentence = "You ran this match, so another person of the desk confirms it."
    address = reverse("office:match", args=[made.round.code])

    read = [sentence in signed_in(who).get(address).content.decode() for who in (TINA, UGO)]

    assert read == [True, False]
