"""A term whose clock was stopped: never shorter, at most so long, as often as the law says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.law.rules import (
    INTERRUPTS,
    Length,
    Stop,
    calendar_of,
    count_stopped,
    count_term,
    parameter_on,
    read_pack,
    resumed_on,
)
from tragitto.law.vocabulary import COUNTED_BY_DAY, Unit

ROWS = read_pack().rows
ITALY = calendar_of("IT", first_year=2024, last_year=2060)
FILED = date(2025, 9, 1)
THIRTY = Length(30, Unit.DAYS, "art. 2(2)")

starts = st.dates(date(2024, 1, 1), date(2030, 12, 31))
#: Years are counted by the same walk as months, only longer.
COUNTED = sorted(COUNTED_BY_DAY - {Unit.YEARS})
lengths = st.builds(Length, st.integers(1, 20), st.sampled_from(COUNTED), st.just("art."))


@st.composite
def stops(draw):
    starts_on = draw(starts)
    ends_on = starts_on + timedelta(days=draw(st.integers(0, 60)))
    return Stop(starts_on, ends_on, "asked", "art.", interrupts=draw(st.booleans()))


def stop(first: date, last: date, **more) -> Stop:
    """The clock stands from the first of these days to the last one, both of them included."""
    return Stop(first, last + timedelta(days=1), "asked", "art. 2(7)", **more)


def counted(*stood: Stop, start: date = FILED, length: Length = THIRTY):
    return count_stopped(start=start, length=length, calendar=ITALY, stops=stood)


def test_a_term_that_was_never_stopped_is_the_term_itself():
    assert counted().term == count_term(start=FILED, length=THIRTY, calendar=ITALY)


def test_a_suspension_adds_its_days_and_says_so():
    found = counted(stop(date(2025, 9, 12), date(2025, 9, 16)))

    assert (found.starts_on, found.term.due_on) == (FILED, date(2025, 10, 6))
    assert [step.code for step in found.term.steps] == ["first_day", "days", "suspended", "end_of_day"]


def test_asked_and_answered_on_one_day_it_hardly_stood():
    same_day = Stop(date(2025, 9, 12), date(2025, 9, 12), "asked", "art. 2(7)")

    assert counted(same_day).term == counted().term


def test_after_an_interruption_the_whole_term_runs_again():
    found = counted(stop(date(2025, 9, 12), date(2025, 9, 21), interrupts=True))

    # From the event of 21 September, thirty days.
    assert (found.starts_on, found.term.due_on) == (date(2025, 9, 21), date(2025, 10, 21))
    assert found.term.steps[0].code == "anew"


def test_what_was_suspended_before_an_interruption_counts_no_more():
    early = stop(date(2025, 9, 3), date(2025, 9, 7))
    again = stop(date(2025, 9, 12), date(2025, 9, 21), interrupts=True)

    assert counted(early, again).term.due_on == counted(again).term.due_on


@given(starts, lengths, st.lists(stops(), max_size=3))
def test_stopping_never_shortens_a_term(start, length, stood):
    plain = counted(start=start, length=length).term

    assert counted(*stood, start=start, length=length).term.due_at >= plain.due_at


@given(starts, lengths, st.lists(stops(), max_size=3), stops())
def test_one_stop_more_never_shortens_a_term_either(start, length, stood, more):
    without = counted(*stood, start=start, length=length).term

    assert counted(*stood, more, start=start, length=length).term.due_at >= without.due_at


@given(starts, st.lists(stops(), max_size=3), st.randoms())
def test_the_order_in_which_stops_are_told_changes_nothing(start, stood, chance):
    mixed = list(stood)
    chance.shuffle(mixed)

    assert counted(*mixed, start=start).term == counted(*stood, start=start).term


def test_the_judge_of_shortness_can_say_no():
    """A count that took the stop off would be found."""
    late = count_term(start=FILED, length=THIRTY, calendar=ITALY)
    early = count_term(start=FILED, length=Length(25, Unit.DAYS, "art. 2(2)"), calendar=ITALY)

    assert not early.due_at >= late.due_at


def runs_again(happened: date, rest: int = 0) -> date:
    return resumed_on(stopped_on=date(2025, 9, 11), happened_on=happened, limit=date(2025, 10, 11), rest=rest)


@pytest.mark.parametrize(
    ("happened", "rest", "again"),
    [
        (date(2025, 9, 16), 0, date(2025, 9, 17)),
        (date(2025, 9, 16), 10, date(2025, 9, 27)),
        (date(2025, 10, 11), 0, date(2025, 10, 12)),
        (date(2025, 10, 12), 0, date(2025, 10, 12)),
        (date(2025, 10, 12), 10, date(2025, 10, 12)),
        (date(2025, 9, 1), 0, date(2025, 9, 12)),
    ],
)
def test_the_clock_runs_again_after_the_event_but_no_later_than_the_limit_lets_it(happened, rest, again):
    assert runs_again(happened, rest) == again


@given(starts, st.integers(0, 60), st.integers(-5, 90), st.integers(0, 20))
def test_no_clock_stands_longer_than_limit_and_rest(stopped, limit, happened, rest):
    last = stopped + timedelta(days=limit)
    again = resumed_on(
        stopped_on=stopped, happened_on=stopped + timedelta(days=happened), limit=last, rest=rest
    )

    assert stopped < again <= last + timedelta(days=1 + rest)


@pytest.mark.parametrize(("on", "word"), [(date(2020, 9, 14), "interrupts"), (date(2020, 9, 15), "suspends")])
def test_the_law_says_whether_a_notice_of_refusal_interrupts(on, word):
    assert parameter_on(ROWS, "procedure.obstacles_effect", on).value == word


def test_the_word_of_interruption_is_that_of_the_pack():
    assert INTERRUPTS in {row.value for row in ROWS if row.code == "procedure.obstacles_effect"}
