"""What holds for every count, whatever the day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tragitto.law.rules import Length, Suspension, calendar_of, count_back, count_term
from tragitto.law.vocabulary import COUNTED_BY_DAY, Unit

BERGAMO = calendar_of("IT", first_year=2020, last_year=2060, subdivision="BG")

starts = st.dates(date(2024, 1, 1), date(2030, 12, 31))
lengths = st.builds(
    Length, st.integers(0, 90), st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]), st.just("art.")
)
all_lengths = st.builds(Length, st.integers(1, 20), st.sampled_from(sorted(COUNTED_BY_DAY)), st.just("art."))


@st.composite
def suspensions(draw):
    stopped = draw(starts)
    resumed = stopped + timedelta(days=draw(st.integers(1, 60)))
    return Suspension.between(stopped, resumed, why="asked", citation="art.")


def due(start, length, moves=True, stops=()):
    return count_term(start=start, length=length, calendar=BERGAMO, moves=moves, suspensions=stops).due_on


@given(starts, all_lengths)
def test_no_term_ends_on_a_holiday(start, length):
    assert BERGAMO.holiday_name(due(start, length)) == ""


@given(starts, all_lengths)
def test_moving_never_shortens_and_skips_only_holidays(start, length):
    plain, moved = due(start, length, moves=False), due(start, length)
    skipped = [plain + timedelta(days=day) for day in range((moved - plain).days)]

    assert moved >= plain
    assert all(BERGAMO.holiday_name(day) for day in skipped)


@given(starts, all_lengths, suspensions())
def test_a_suspension_never_shortens(start, length, stop):
    assert due(start, length, stops=[stop]) >= due(start, length)


@given(starts, st.integers(1, 90), suspensions())
def test_the_days_that_count_are_as_many_as_the_term_has(start, value, stop):
    end = due(start, Length(value, Unit.DAYS, "art."), moves=False, stops=[stop])
    passed = [start + timedelta(days=day) for day in range(1, (end - start).days + 1)]

    assert sum(not stop.period.covers(day) for day in passed) == value


@given(starts, lengths, st.lists(suspensions(), max_size=2))
def test_a_later_event_never_ends_earlier(start, length, stops):
    assert due(start, length, stops=stops) <= due(start + timedelta(days=1), length, stops=stops)


@given(starts, all_lengths)
def test_months_and_years_end_no_later_for_an_earlier_event(start, length):
    assert due(start, length) <= due(start + timedelta(days=1), length)


@given(starts, st.integers(0, 60))
def test_working_days_never_end_before_days(start, value):
    working, plain = Length(value, Unit.WORKING_DAYS, "art."), Length(value, Unit.DAYS, "art.")

    assert due(start, working) >= due(start, plain, moves=False)


@given(starts, st.integers(0, 90))
def test_days_reckoned_back_and_forward_meet(start, value):
    length = Length(value, Unit.DAYS, "art.")
    back = count_back(event=start, length=length, calendar=BERGAMO, moves=False).due_on

    assert due(back, length, moves=False) == start


@given(starts, all_lengths)
def test_the_last_second_lies_in_the_last_day_of_rome(start, length):
    term = count_term(start=start, length=length, calendar=BERGAMO)

    assert term.due_at.date() == term.due_on
    assert term.due_at.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}


@given(starts, all_lengths)
def test_the_same_question_has_the_same_answer(start, length):
    assert count_term(start=start, length=length, calendar=BERGAMO) == count_term(
        start=start, length=length, calendar=BERGAMO
    )
