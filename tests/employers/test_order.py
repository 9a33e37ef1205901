"""The order of arrival: the same whatever the house read first."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.employers.rules import Standing, current_of, order_key, place_of
from tragitto.schemes.vocabulary import PlaceRule

START = datetime(2025, 7, 1, 10, tzinfo=UTC)


def version(minute: int | None, name: str = "", **known: bool | None) -> Standing:
    instant = None if minute is None else START + timedelta(minutes=minute)
    return Standing(instant, name or f"id{minute}", **{"is_in_time": True, "is_complete": True, **known})


FIRST, SECOND, THIRD = version(1), version(2), version(3)


@pytest.mark.parametrize(
    ("rule", "kept"),
    [(PlaceRule.FIRST, FIRST), (PlaceRule.FIRST_COMPLETE, FIRST), (PlaceRule.LATEST, THIRD)],
)
def test_which_version_keeps_the_place_is_the_calls_rule(rule, kept):
    assert place_of([SECOND, THIRD, FIRST], rule) == kept


def test_an_incomplete_version_does_not_hold_the_place_of_the_first_complete_one():
    incomplete = version(1, is_complete=False)

    assert place_of([SECOND, incomplete], PlaceRule.FIRST_COMPLETE) == SECOND
    assert place_of([SECOND, incomplete], PlaceRule.FIRST) == incomplete


def test_what_could_not_be_read_keeps_its_place_until_a_person_says_otherwise():
    unread = version(1, is_complete=None)

    assert place_of([SECOND, unread], PlaceRule.FIRST_COMPLETE) == unread


def test_while_nothing_is_complete_the_first_one_holds_the_place():
    versions = [version(minute, is_complete=False) for minute in (2, 1)]

    assert place_of(versions, PlaceRule.FIRST_COMPLETE) == versions[1]


def test_a_late_supplement_neither_takes_the_place_nor_the_review():
    late = version(9, is_in_time=False)

    assert place_of([FIRST, late], PlaceRule.LATEST) == FIRST
    assert current_of([FIRST, late]) == FIRST


def test_a_supplement_in_time_is_what_is_reviewed():
    assert current_of([SECOND, FIRST]) == SECOND


def test_a_message_without_an_instant_displaces_nobody():
    undated = version(None, is_in_time=None)

    assert current_of([FIRST, undated]) == FIRST
    assert place_of([undated, FIRST], PlaceRule.LATEST) == FIRST


def test_equal_instants_are_told_apart_by_the_identifier():
    one, other = version(1, "b"), version(1, "a")

    assert sorted([one, other], key=order_key) == [other, one]


moments = st.one_of(st.none(), st.integers(min_value=0, max_value=5))
standings = st.builds(
    Standing,
    instant=moments.map(lambda minute: None if minute is None else START + timedelta(minutes=minute)),
    identifier=st.sampled_from("abcdef"),
    is_in_time=st.sampled_from([True, False, None]),
    is_complete=st.sampled_from([True, False, None]),
)


@given(st.lists(standings, max_size=4, unique_by=order_key), st.sampled_from(list(PlaceRule)))
def test_place_and_review_do_not_depend_on_the_order_of_reading(versions, rule):
    orders = list(permutations(versions))

    assert {place_of(order, rule) for order in orders} == {place_of(versions, rule)}
    assert {current_of(order) for order in orders} == {current_of(versions)}


@given(st.lists(standings, max_size=12, unique_by=order_key), st.randoms())
def test_any_order_of_arrival_gives_the_same_queue(versions, chance):
    shuffled = list(versions)
    chance.shuffle(shuffled)

    assert sorted(shuffled, key=order_key) == sorted(versions, key=order_key)
