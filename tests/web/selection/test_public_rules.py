"""The rules of a round, for everybody: before it starts, without the number of the lot."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from tests.selection.making import NOON, make_round
from tragitto.selection.queries.rounds import seed_hash

pytestmark = pytest.mark.django_db


def page(client, made, language="it") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(reverse("public:selection_rules", args=[made.round.code])).content.decode()


def test_anybody_reads_the_rules_of_a_published_round(client):
    made = make_round(posts=1, candidates=0)

    shown = page(client, made)

    assert made.round.rules.content_hash in shown
    for weight in made.round.rules.content["weights"]:
        assert escape(weight["title"]["it"]) in shown


def test_a_draft_is_not_there(client):
    made = make_round(posts=1, candidates=0, is_published=False)

    assert client.get(reverse("public:selection_rules", args=[made.round.code])).status_code == 404


def test_the_number_of_the_lot_is_shown_after_the_match_alone(client):
    made = make_round(posts=1, candidates=0)
    before = page(client, made)

    made.round.seed_shown_at = NOON
    made.round.save(update_fields=["seed_shown_at"])
    after = page(client, made)

    assert (seed_hash(made.round) in before, made.round.seed in before) == (True, False)
    assert made.round.seed in after


def test_no_firm_and_no_person_is_named(client):
    made = make_round(posts=2, candidates=2)

    shown = page(client, made)

    assert [each.name for each in made.firms if each.name in shown] == []
    assert [each.code for each in made.candidates if each.code in shown] == []


@pytest.mark.parametrize("posts", [1, 3])
def test_it_costs_as_much_for_one_position_as_for_three(client, posts, django_assert_num_queries):
    made = make_round(posts=posts, candidates=0)
    page(client, made)

    with django_assert_num_queries(2):
        page(client, made)


@pytest.mark.parametrize(("language", "direction"), [("it", "ltr"), ("ar", "rtl")])
def test_it_is_read_in_the_language_of_the_page(client, language, direction):
    made = make_round(posts=1, candidates=0)

    shown = page(client, made, language)

    assert f'<html lang="{language}" dir="{direction}">' in shown
    assert escape(made.round.rules.content["said"][0][language]) in shown
