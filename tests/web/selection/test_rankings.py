"""Rankings in the browser: a firm's and a person's, by places and by buttons; the desk's list of who sent."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import AMINA, BIANCA, BRUNO, OUTSIDER, TINA, WATCHER, make_round, signed_in
from tests.selection.matched import SAID_AT, asked, pair
from tests.selection.meeting_days import accepted
from tests.web.office.world import clock_shift
from tragitto.ledger.models import Entry
from tragitto.selection.models import Ranking, RankingLine


@pytest.fixture
def made(settings):
    settings.CLOCK_SHIFT = clock_shift(SAID_AT)
    return make_round(posts=3, candidates=3)


@pytest.fixture
def everybody(made):
    """All met all, and are asked."""
    asked(made, {0: [0, 1, 2], 1: [0, 1, 2], 2: [0]})
    return made


def tiers(ranking: Ranking) -> dict[str, int | None]:
    found = RankingLine.objects.filter(ranking=ranking)
    return dict(found.values_list("shortlisted__code", "tier"))


def wishes(made) -> str:
    return reverse("portal:own_wishes", args=[made.amina.code, made.round.code])


def of_post(made, post: int = 0) -> str:
    return reverse("portal:post_ranking", args=[made.posts[post].code])


def test_the_firm_reads_the_names_of_whom_it_met(everybody):
    said = signed_in(BRUNO).get(of_post(everybody)).content.decode()

    assert "AMINA" in said
    assert "PERSON 1" in said


def test_that_the_firm_saw_the_names_is_written_down(everybody):
    signed_in(BRUNO).get(of_post(everybody))

    assert Entry.objects.filter(verb="candidate.seen", facts__what="ranking").count() == 3


def test_places_are_saved_and_equal_ones_are_a_tie(everybody):
    first, second, third = (pair(everybody, 0, each).code for each in range(3))

    answer = signed_in(BRUNO).post(
        of_post(everybody),
        {"revision": "0", f"tier-{first}": "2", f"tier-{second}": "2", f"tier-{third}": "x", "save": "1"},
    )

    assert answer.status_code == 302
    assert tiers(Ranking.objects.get()) == {first: 1, second: 1, third: None}


def test_a_button_moves_somebody_up_and_keeps_the_draft(everybody):
    first, second, third = (pair(everybody, 0, each).code for each in range(3))
    sent = {"revision": "0", f"tier-{first}": "1", f"tier-{second}": "2", f"tier-{third}": "3", "up": third}

    signed_in(BRUNO).post(of_post(everybody), sent)

    assert tiers(Ranking.objects.get()) == {first: 1, third: 2, second: 3}


def test_a_button_for_somebody_else_is_not_there(everybody):
    other = pair(everybody, 1, 0).code

    answer = signed_in(BRUNO).post(of_post(everybody), {"revision": "0", "up": other})

    assert answer.status_code == 404


def test_before_sending_it_is_read_once_more_and_then_locked(everybody):
    client, first = signed_in(BRUNO), pair(everybody, 0, 0).code

    read = client.post(of_post(everybody), {"revision": "0", f"tier-{first}": "1", "send": "1"}, follow=True)
    said = read.content.decode()

    assert "nobody can change it" in said
    assert "it is as if you had said" in said
    client.post(reverse("portal:post_ranking_send", args=[everybody.posts[0].code]), {"revision": "1"})
    assert Ranking.objects.get().sent_at is not None
    assert "It cannot be changed any more." in client.get(of_post(everybody)).content.decode()


def test_a_change_after_sending_is_refused_in_words(everybody):
    client, first = signed_in(BRUNO), pair(everybody, 0, 0).code
    client.post(of_post(everybody), {"revision": "0", f"tier-{first}": "1"})
    client.post(reverse("portal:post_ranking_send", args=[everybody.posts[0].code]), {"revision": "1"})

    answer = client.post(of_post(everybody), {"revision": "1", f"tier-{first}": "x"})

    assert answer.status_code == 422
    assert "This was sent" in answer.content.decode()


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(everybody):
    first = pair(everybody, 0, 0).code
    signed_in(BRUNO).post(of_post(everybody), {"revision": "0", f"tier-{first}": "1"})

    answer = signed_in(BRUNO).post(of_post(everybody), {"revision": "0", f"tier-{first}": "x"})

    assert answer.status_code == 422
    assert tiers(Ranking.objects.get()) == {first: 1}


def test_another_firm_does_not_find_the_page(everybody):
    assert signed_in(BIANCA).get(of_post(everybody)).status_code == 404


def test_amina_puts_firms_in_order_and_reads_no_person(everybody):
    said = signed_in(AMINA).get(wishes(everybody)).content.decode()

    assert everybody.firms[0].name in said
    assert "PERSON 1" not in said


def test_amina_sends_her_wishes(everybody):
    client, codes = signed_in(AMINA), [pair(everybody, post, 0).code for post in range(3)]
    sent = {"revision": "0", f"tier-{codes[0]}": "1", f"tier-{codes[1]}": "2", f"tier-{codes[2]}": "x"}

    client.post(wishes(everybody), {**sent, "send": "1"})
    client.post(
        reverse("portal:own_wishes_send", args=[everybody.amina.code, everybody.round.code]),
        {"revision": "1"},
    )

    kept = Ranking.objects.get(candidate=everybody.amina)
    assert kept.sent_at is not None
    assert tiers(kept) == {codes[0]: 1, codes[1]: 2, codes[2]: None}


def test_a_place_that_is_no_number_is_none(everybody):
    codes = [pair(everybody, post, 0).code for post in range(3)]

    signed_in(AMINA).post(
        wishes(everybody), {"revision": "0", f"tier-{codes[0]}": "١", f"tier-{codes[1]}": "-1"}
    )

    assert tiers(Ranking.objects.get()) == {}


def test_another_person_does_not_find_aminas_wishes(everybody):
    other = signed_in(BRUNO).get(wishes(everybody))

    assert other.status_code == 404


@pytest.mark.parametrize("path", [of_post, wishes])
def test_a_stranger_is_led_to_the_sign_in(everybody, path):
    assert Client().get(path(everybody)).status_code == 302


def test_before_it_is_asked_the_page_says_so(made):
    accepted(made, {0: [0]})

    assert "It is not time for this yet." in signed_in(AMINA).get(wishes(made)).content.decode()


def test_the_desk_asks_both_sides(made):
    accepted(made, {0: [0, 1]})

    answer = signed_in(TINA).post(reverse("office:rankings_ask", args=[made.round.code]), follow=True)

    assert "0 of 3 rankings were sent." in answer.content.decode()


def test_the_desk_reads_who_sent_and_not_what(everybody):
    first = pair(everybody, 0, 0).code
    client = signed_in(BRUNO)
    client.post(of_post(everybody), {"revision": "0", f"tier-{first}": "1"})
    client.post(reverse("portal:post_ranking_send", args=[everybody.posts[0].code]), {"revision": "1"})

    said = signed_in(TINA).get(reverse("office:rankings", args=[everybody.round.code])).content.decode()

    assert "1 of 6 rankings were sent." in said
    assert first not in said


def test_who_watches_asks_nobody(made):
    accepted(made, {0: [0]})
    client = signed_in(WATCHER)

    said = client.get(reverse("office:rankings", args=[made.round.code])).content.decode()

    assert "Ask both sides" not in said
    assert client.post(reverse("office:rankings_ask", args=[made.round.code])).status_code == 403


def test_another_organisation_does_not_know_the_page(made):
    assert signed_in(OUTSIDER).get(reverse("office:rankings", args=[made.round.code])).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_desks_list_costs_the_same(made, people, django_assert_num_queries):
    asked(made, {0: list(range(people))})
    client, address = signed_in(TINA), reverse("office:rankings", args=[made.round.code])
    client.get(address)

    with django_assert_num_queries(DESK_COST):
        client.get(address)


#: Who is signed in and acts, the round, the pairs, what was said, the duty.
DESK_COST = 8


@pytest.mark.parametrize("people", [1, 3])
def test_the_firms_page_costs_the_same(made, people, django_assert_num_queries):
    asked(made, {0: list(range(people))})
    client = signed_in(BRUNO)
    client.get(of_post(made))

    with django_assert_num_queries(FIRM_COST):
        client.get(of_post(made))


FIRM_COST = 18


@pytest.mark.parametrize("posts", [1, 3])
def test_aminas_page_costs_the_same(made, posts, django_assert_num_queries):
    asked(made, {post: [0] for post in range(posts)})
    client = signed_in(AMINA)
    client.get(wishes(made))

    with django_assert_num_queries(OWN_COST):
        client.get(wishes(made))


OWN_COST = 7
