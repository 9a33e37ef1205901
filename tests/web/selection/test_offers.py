"""Offers in the browser: made by the firm, answered on the phone, seen by the desk; who leaves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import (
    AMINA,
    BIANCA,
    BRUNO,
    OUTSIDER,
    STRANGER,
    TINA,
    WATCHER,
    make_round,
    signed_in,
)
from tests.selection.matched import LATER, all_sent, asked, confirmed, offered, standing
from tests.web.office.world import clock_shift
from tragitto.selection.models import Offer
from tragitto.selection.vocabulary import OfferAnswer

TYPED = {
    "contract": "Permanent",
    "agreement": "CCNL Metalmeccanici",
    "level": "C2",
    "pay": "26000.50",
    "hours": "40",
    "trial_days": "30",
    "place": "Brescia",
}


@pytest.fixture
def made(settings):
    """Amina is matched with Bruno's post."""
    settings.CLOCK_SHIFT = clock_shift(LATER)
    whole = make_round(posts=2, candidates=2)
    asked(whole, {0: [0], 1: [1]})
    all_sent(whole, wishes={0: [[0]], 1: [[1]]}, ranks={0: [[0]], 1: [[1]]})
    return whole


@pytest.fixture
def match(made):
    return next(each for each in confirmed(made) if each.candidate_id == made.amina.pk)


def firms(match) -> str:
    return reverse("portal:firm_match", args=[match.code])


def own(made) -> str:
    return reverse("portal:own_match", args=[made.amina.code, made.round.code])


def answer_at(made, offer: Offer) -> str:
    return reverse("portal:own_offer_answer", args=[made.amina.code, offer.code])


def test_the_firm_makes_an_offer(match):
    answer = signed_in(BRUNO).post(firms(match), TYPED, follow=True)

    offer = Offer.objects.get()
    assert (offer.pay_cents, offer.hours_tenths) == (2_600_050, 400)
    assert "26.000,50 € a year" in answer.content.decode()


def test_an_offer_without_pay_is_not_made_and_the_page_says_why(match):
    answer = signed_in(BRUNO).post(firms(match), {**TYPED, "pay": ""})

    assert answer.status_code == 422
    assert not Offer.objects.exists()


def test_a_second_offer_waits_for_the_first(match):
    offered(match)
    client = signed_in(BRUNO)

    assert "Make an offer" not in client.get(firms(match)).content.decode()
    assert client.post(firms(match), TYPED).status_code == 422


def test_the_firm_takes_an_offer_back(match):
    offer = offered(match)

    signed_in(BRUNO).post(reverse("portal:offer_take_back", args=[offer.code]))

    offer.refresh_from_db()
    assert offer.answer == OfferAnswer.TAKEN_BACK


@pytest.mark.parametrize("actor", [BIANCA, AMINA])
def test_nobody_else_finds_the_firms_page(match, actor):
    assert signed_in(actor).get(firms(match)).status_code == 404


def test_amina_reads_the_terms_and_that_nothing_costs(made, match):
    offered(match)

    said = signed_in(AMINA).get(own(made)).content.decode()

    assert "26.000,00 € a year" in said
    assert "never pay anyone for work" in said


def test_amina_accepts(made, match):
    offer = offered(match)

    signed_in(AMINA).post(answer_at(made, offer), {"answer": "accepted"})

    offer.refresh_from_db()
    assert offer.answer == OfferAnswer.ACCEPTED


def test_amina_declines_and_reads_that_she_keeps_her_place(made, match):
    offer = offered(match)

    answer = signed_in(AMINA).post(answer_at(made, offer), {"answer": "declined"}, follow=True)

    assert "You keep your place on the roster" in answer.content.decode()
    assert standing(made) == {1: 1}


def test_an_answer_that_is_none_changes_nothing(made, match):
    offer = offered(match)

    answer = signed_in(AMINA).post(answer_at(made, offer), {"answer": ""})

    assert answer.status_code == 404
    assert Offer.objects.get().answer == ""


def test_an_answer_after_the_term_is_refused_in_words(made, match, settings):
    offer = offered(match)
    settings.CLOCK_SHIFT = clock_shift(offer.due_at + timedelta(hours=1))

    answer = signed_in(AMINA).post(answer_at(made, offer), {"answer": "accepted"})

    assert answer.status_code == 422
    assert Offer.objects.get().answer == ""


@pytest.mark.parametrize("actor", [BRUNO, STRANGER])
def test_nobody_else_answers(made, match, actor):
    offer = offered(match)

    assert signed_in(actor).post(answer_at(made, offer), {"answer": "accepted"}).status_code == 404


def test_a_stranger_is_led_to_the_sign_in(made, match):
    assert Client().get(firms(match)).status_code == 302
    assert Client().get(reverse("office:offers", args=[made.round.code])).status_code == 302


def test_the_firm_withdraws_its_position_with_a_ground(made, match):
    address = reverse("portal:post_leaves", args=[made.posts[0].code])
    client = signed_in(BRUNO)

    assert client.post(address, {"ground": ""}).status_code == 422
    client.post(address, {"ground": "no orders"})

    assert standing(made) == {1: 1}


def test_another_firm_does_not_withdraw_it(made, match):
    address = reverse("portal:post_leaves", args=[made.posts[0].code])

    assert signed_in(BIANCA).post(address, {"ground": "no orders"}).status_code == 404


def test_the_desk_reads_matches_and_offers(made, match):
    offered(match)

    said = signed_in(TINA).get(reverse("office:offers", args=[made.round.code])).content.decode()

    assert made.amina.code in said
    assert "Waits for an answer" in said


def test_the_desk_takes_a_person_out_with_a_ground(made, match):
    address = reverse("office:person_leaves", args=[made.round.code, made.amina.code])
    client = signed_in(TINA)

    assert client.post(address, {"ground": ""}).status_code == 422
    client.post(address, {"ground": "called the desk"})

    assert standing(made) == {1: 1}


def test_the_desk_takes_a_position_out(made, match):
    address = reverse("office:post_leaves", args=[made.round.code, made.posts[0].code])

    signed_in(TINA).post(address, {"ground": "the firm wrote"})

    assert standing(made) == {1: 1}


def test_who_watches_takes_nobody_out(made, match):
    client = signed_in(WATCHER)

    said = client.get(reverse("office:offers", args=[made.round.code])).content.decode()
    address = reverse("office:person_leaves", args=[made.round.code, made.amina.code])

    assert "Take the person out" not in said
    assert client.post(address, {"ground": "no"}).status_code == 403


def test_another_organisation_does_not_know_the_page(made):
    assert signed_in(OUTSIDER).get(reverse("office:offers", args=[made.round.code])).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_desks_list_costs_the_same(people, settings, django_assert_num_queries):
    settings.CLOCK_SHIFT = clock_shift(LATER)
    made = make_round(posts=1, candidates=3, seats=3)
    asked(made, {0: list(range(people))})
    all_sent(
        made,
        wishes={each: [[0]] for each in range(people)},
        ranks={0: [list(range(people))]},
    )
    for match in confirmed(made):
        offered(match)
    client, address = signed_in(TINA), reverse("office:offers", args=[made.round.code])
    client.get(address)

    with django_assert_num_queries(DESK_COST):
        client.get(address)


DESK_COST = 7
