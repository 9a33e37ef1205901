"""A deadline has one meaning: the last second named is in, the next one is out, in the zone of the call."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.schemes.rules import (
    Opening,
    closing_instant,
    in_window,
    opening_instant,
    overlapping,
    window_at,
)

ROME = "Europe/Rome"
END_OF_DAY = time(23, 59, 59)
DAYS = st.dates(date(2023, 1, 1), date(2030, 12, 31))


def test_a_filing_at_midnight_is_late():
    closes = closing_instant(date(2025, 7, 31), END_OF_DAY, ROME)

    assert not in_window(datetime(2025, 7, 31, 22, 0, 0, tzinfo=UTC), None, closes)
    assert in_window(datetime(2025, 7, 31, 21, 59, 59, 999_000, tzinfo=UTC), None, closes)


def test_thirty_three_seconds_past_twelve_are_late():
    """Consiglio di Stato, VI, n. 8546/2024."""
    closes = closing_instant(date(2025, 7, 31), time(12, 0, 0), ROME)

    assert not in_window(datetime(2025, 7, 31, 10, 0, 33, tzinfo=UTC), None, closes)
    assert in_window(datetime(2025, 7, 31, 10, 0, 0, 500_000, tzinfo=UTC), None, closes)


@pytest.mark.parametrize(("day", "offset"), [(date(2025, 1, 31), 1), (date(2025, 7, 31), 2)])
def test_winter_and_summer_end_at_the_local_midnight(day, offset):
    closes = closing_instant(day, END_OF_DAY, ROME)

    assert closes.astimezone(UTC) == datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(
        hours=offset
    )


@given(DAYS)
def test_the_last_second_is_in_and_the_next_is_out_on_every_day(day):
    closes = closing_instant(day, END_OF_DAY, ROME)
    last = datetime.combine(day, END_OF_DAY, closes.tzinfo)

    assert in_window(last.astimezone(UTC), opening_instant(day, ROME), closes)
    assert not in_window((last + timedelta(seconds=1)).astimezone(UTC), None, closes)


@given(DAYS, DAYS, st.integers(0, 200_000))
def test_being_in_does_not_depend_on_the_zone_it_is_written_in(first, second, seconds):
    opens, closes = (
        opening_instant(min(first, second), ROME),
        closing_instant(max(first, second), END_OF_DAY, ROME),
    )
    instant = datetime.combine(first, time(), UTC) + timedelta(seconds=seconds)

    assert in_window(instant, opens, closes) == in_window(instant.astimezone(opens.tzinfo), opens, closes)


@given(DAYS)
def test_adjoining_days_neither_overlap_nor_leave_a_second_out(day):
    today = Opening(1, opening_instant(day, ROME), closing_instant(day, END_OF_DAY, ROME))
    after = day + timedelta(days=1)
    tomorrow = Opening(2, opening_instant(after, ROME), closing_instant(after, END_OF_DAY, ROME))

    assert overlapping([today, tomorrow]) == []
    assert today.closes_at == tomorrow.opens_at


def test_windows_that_share_a_day_overlap():
    july = Opening(
        1, opening_instant(date(2025, 7, 1), ROME), closing_instant(date(2025, 7, 31), END_OF_DAY, ROME)
    )
    late = Opening(
        2, opening_instant(date(2025, 7, 31), ROME), closing_instant(date(2025, 9, 30), END_OF_DAY, ROME)
    )

    assert overlapping([july, late]) == [(1, 2)]


def test_between_two_windows_there_is_none():
    july = Opening(1, None, closing_instant(date(2025, 7, 31), END_OF_DAY, ROME))
    september = Opening(
        2, opening_instant(date(2025, 9, 1), ROME), closing_instant(date(2025, 9, 30), END_OF_DAY, ROME)
    )

    assert window_at([september, july], datetime(2025, 8, 15, tzinfo=UTC)) is None
    assert window_at([september, july], datetime(2025, 9, 15, tzinfo=UTC)) == september


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        in_window(datetime(2025, 7, 31), None, datetime(2025, 8, 1, tzinfo=UTC))
