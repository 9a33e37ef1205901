"""The fair clock, without a database: what counts as waiting, when it ends, who keeps which place."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.candidates.rules import asking, clock
from tragitto.candidates.rules.asking import Act, Asked
from tragitto.candidates.rules.clock import Change
from tragitto.schemes.pack import ValiditySpec

START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
VALIDITY = ValiditySpec(
    waiting_days=730, confirm_days=90, remind_before=(14, 3), grace_days=30, return_days=365, source="test"
)
DUE = date(2026, 6, 1)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def history(*steps: tuple[int, str, bool]) -> list[Change]:
    """Changes by day, status and whether the clock stops; every reason keeps the place but a withdrawal's."""
    changes, before = [], "registering"
    for number, after, stops in steps:
        keeps = after != "withdrawn" and before != "withdrawn"
        changes.append(Change(before, after, stops, keeps, day(number)))
        before = after
    return changes


def test_waiting_for_the_check_of_the_office_does_not_count():
    told = history((0, "checking", False), (40, "active", False))

    assert clock.waited(told, day(50)) == timedelta(days=10)


def test_a_stop_does_not_count():
    told = history((0, "checking", False), (0, "active", False), (10, "paused", True), (110, "active", False))

    assert clock.waited(told, day(115)) == timedelta(days=15)


def test_a_pause_that_stops_nothing_counts():
    told = history((0, "checking", False), (0, "active", False), (10, "paused", False))

    assert clock.waited(told, day(20)) == timedelta(days=20)


@pytest.mark.parametrize("status", ["reserved", "placed", "checking"])
def test_waiting_for_others_never_counts_whatever_the_reason_says(status):
    told = history((0, "checking", False), (0, "active", False), (10, status, False))

    assert clock.waited(told, day(200)) == timedelta(days=10)


def test_a_registration_ends_later_by_every_day_that_did_not_count():
    told = history((0, "checking", False), (0, "active", False), (10, "paused", True), (110, "active", False))

    assert clock.ends_at(told, 730, day(110)) == day(830)


def test_a_clock_that_stands_has_no_end():
    told = history((0, "checking", False), (0, "active", False), (10, "reserved", True))

    assert clock.ends_at(told, 730, day(20)) is None


def test_who_came_back_from_a_lapse_has_the_whole_time_again():
    told = history(
        (0, "checking", False), (0, "active", False), (730, "lapsed", False), (800, "active", False)
    )

    assert clock.ends_at(told, 730, day(800)) == day(1530)


def test_the_place_counts_from_the_sending_not_from_the_check():
    assert clock.place(history((3, "checking", False), (40, "active", False))) == day(3)


def test_the_place_comes_back_after_a_placement_that_fell_through():
    told = history((0, "checking", False), (1, "active", False), (9, "placed", True), (99, "active", False))

    assert clock.place(told) == day(0)


def test_the_place_comes_back_after_a_lapse():
    told = history(
        (0, "checking", False), (1, "active", False), (99, "lapsed", False), (199, "active", False)
    )

    assert clock.place(told) == day(0)


def test_a_late_return_from_a_lapse_takes_a_new_place():
    told = history((0, "checking", False), (1, "active", False), (99, "lapsed", False))

    assert clock.place([*told, Change("lapsed", "checking", False, False, day(500))]) == day(500)


def test_a_withdrawal_gives_the_place_up_and_a_return_takes_a_new_one():
    told = history((0, "checking", False), (1, "active", False), (9, "withdrawn", False))

    assert clock.place(told) is None
    assert clock.place([*told, Change("withdrawn", "checking", False, False, day(20))]) == day(20)


def test_a_merge_brings_the_earlier_place_along():
    told = history((30, "checking", False), (31, "active", False))

    assert clock.place([*told, Change("active", "active", False, True, day(40), joined=day(2))]) == day(2)
    assert clock.place([*told, Change("active", "active", False, True, day(40), joined=day(35))]) == day(30)


def test_a_merge_stops_and_starts_nothing():
    told = history((0, "checking", False), (0, "active", False))
    merged = [*told, Change("active", "active", False, True, day(40), joined=day(2))]

    assert clock.waited(merged, day(50)) == clock.waited(told, day(50))


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["active", "paused"]), st.booleans())))
def test_nobody_waits_longer_than_time_passes(steps):
    told, now = [Change("checking", "active", False, True, day(0))], 0
    for gap, after, stops in steps:
        now += gap
        told.append(Change(told[-1].after, after, stops, True, day(now)))

    assert timedelta(0) <= clock.waited(told, day(now)) <= timedelta(days=now)


@given(st.integers(0, 700), st.integers(0, 900))
def test_stopping_the_clock_moves_the_end_by_exactly_as_much(active, stopped):
    told = history((0, "checking", False), (0, "active", False))
    paused = [
        *told,
        Change("active", "paused", True, True, day(active)),
        Change("paused", "active", False, True, day(active + stopped)),
    ]

    assert clock.ends_at(paused, 730, day(active + stopped)) == day(730 + stopped)


def act(
    on: date, *, told: int | None = None, asked_on: date | None = None, failed: bool = False
) -> Act | None:
    asked = Asked(DUE, asked_on or date(2026, 5, 18), told, failed) if told is not None else None
    return asking.act("active", valid_until=None, confirm_by=DUE, asked=asked, validity=VALIDITY, on=on)


@pytest.mark.parametrize(
    ("on", "told", "wanted"),
    [
        (date(2026, 5, 17), None, None),
        (date(2026, 5, 18), None, Act.ASK),
        (date(2026, 5, 18), 1, None),
        (date(2026, 5, 29), 1, Act.ASK),
        (date(2026, 6, 1), 2, Act.ASK),
        (date(2026, 6, 16), 3, Act.ASK),
        (date(2026, 7, 1), 4, None),
        (date(2026, 7, 2), 4, Act.LAPSE),
    ],
)
def test_each_message_leaves_once_and_then_silence_counts(on, told, wanted):
    assert act(on, told=told) == wanted


def test_who_was_never_asked_does_not_lapse():
    assert act(date(2027, 1, 1)) == Act.ASK
    assert act(date(2027, 1, 1), told=0) == Act.ASK


def test_who_was_asked_late_has_all_the_days_of_grace():
    assert act(date(2026, 9, 30), told=4, asked_on=date(2026, 9, 1)) is None
    assert act(date(2026, 10, 2), told=4, asked_on=date(2026, 9, 1)) == Act.LAPSE


def test_who_was_not_reached_is_asked_again_and_does_not_lapse():
    assert act(date(2026, 7, 2), told=4, failed=True) == Act.ASK


def test_nobody_is_asked_while_they_do_not_wait_on_the_roster():
    paused = asking.act(
        "paused", valid_until=None, confirm_by=None, asked=None, validity=VALIDITY, on=date(2030, 1, 1)
    )

    assert paused is None


def test_a_registration_ends_the_day_after_its_last():
    def ended(on: date) -> Act | None:
        return asking.act("active", valid_until=DUE, confirm_by=None, asked=None, validity=VALIDITY, on=on)

    assert (ended(DUE), ended(date(2026, 6, 2))) == (None, Act.END)
