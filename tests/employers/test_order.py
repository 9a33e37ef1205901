"""The order of arrival: the same whatever the house read first."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.employers.criteria import in_time
from tragitto.employers.rules import FilingFacts, Frame, Standing, current_of, order_key, place_of
from tragitto.employers.vocabulary import InstantKind, State
from tragitto.kernel.registries import NoParameters
from tragitto.schemes.rules import Opening, closing_instant
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


ZONE = "Europe/Rome"
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


def judged(instant: datetime, last_day: date) -> State:
    """What the judge of the deadline says of a filing on line, acknowledged at this instant."""
    frame = Frame(zone=ZONE, openings=(Opening(1, None, closing_instant(last_day, time(23, 59, 59), ZONE)),))
    facts = FilingFacts(instant=instant, instant_kind=InstantKind.RECEIVED, is_online=True)
    return in_time(facts, frame, NoParameters()).state


@given(days, st.integers(min_value=0, max_value=999_999))
def test_the_last_second_of_the_day_is_in_and_the_next_one_out(last_day, microsecond):
    """Winter and summer, and on the two days on which the clocks change."""
    last = datetime.combine(last_day, time(23, 59, 59, microsecond), tzinfo=ZoneInfo(ZONE))
    next_one = datetime.combine(last_day + timedelta(days=1), time(), tzinfo=ZoneInfo(ZONE))

    assert judged(last.astimezone(UTC), last_day) is State.MET
    assert judged(next_one.astimezone(UTC), last_day) is State.UNMET


sendings = st.lists(
    st.tuples(
        st.integers(min_value=-5, max_value=5), st.sampled_from(["S-A", "S-C", "S-D", "pec.1", "pec.2"])
    ),
    max_size=8,
    unique=True,
)


@given(sendings, st.randoms())
def test_filings_on_line_and_by_certified_mail_stand_in_one_queue(sent, chance):
    """Whatever order they are taken in, by whichever worker: the instant, then the identifier."""
    queue = [
        Standing(START + timedelta(seconds=second), name, entered=at)
        for at, (second, name) in enumerate(sent)
    ]
    shuffled = chance.sample(queue, len(queue))

    assert sorted(shuffled, key=order_key) == sorted(queue, key=lambda each: (each.instant, each.identifier))
