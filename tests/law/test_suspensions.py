"""What stops a clock: missing information, the preavviso di rigetto."""

from datetime import date

import pytest

from tragitto.kernel.periods import Period
from tragitto.law.rules import (
    Length,
    NotCountable,
    Suspension,
    calendar_of,
    count_term,
    information_suspension,
    obstacles_suspension,
    parameter_on,
    read_pack,
)
from tragitto.law.vocabulary import Unit

ROWS = read_pack().rows
ITALY = calendar_of("IT", first_year=2024, last_year=2029)


def days(value):
    return Length(value, Unit.DAYS, "art. 1")


def law(code, on):
    return Length.of(parameter_on(ROWS, code, on))


def due(start, length, **more):
    return count_term(start=start, length=length, calendar=ITALY, **more).due_on


def test_information_asked_stops_the_clock_until_the_answer():
    received = date(2025, 9, 1)
    stop = information_suspension(
        asked_on=date(2025, 9, 11),
        answered_on=date(2025, 9, 16),
        longest=law("procedure.information_suspension", received),
        calendar=ITALY,
    )
    term = count_term(
        start=received, length=law("procedure.conclusion", received), calendar=ITALY, suspensions=[stop]
    )

    # 1 October and five days of suspension.
    assert term.due_on == date(2025, 10, 6)
    assert [step.code for step in term.steps] == ["first_day", "days", "suspended", "end_of_day"]
    assert str(term.steps[2]) == (
        "The clock stood still for 5 days from 2025-09-12 (richiesta di informazioni): 2025-10-06."
    )


def test_information_never_answered_stops_the_clock_for_thirty_days_at_most():
    received = date(2025, 9, 1)
    longest = law("procedure.information_suspension", received)

    stop = information_suspension(
        asked_on=date(2025, 9, 11), answered_on=None, longest=longest, calendar=ITALY
    )

    assert stop.period == Period(date(2025, 9, 12), date(2025, 10, 12))


def suspended_by_obstacles(observed_on):
    on = date(2025, 9, 10)
    return obstacles_suspension(
        notified_on=on,
        observed_on=observed_on,
        reply=law("procedure.obstacles_reply", on),
        rest=law("procedure.obstacles_rest", on),
        calendar=ITALY,
    )


def test_after_observations_the_clock_runs_again_ten_days_later():
    stop = suspended_by_obstacles(date(2025, 9, 15))

    assert stop.period == Period(date(2025, 9, 11), date(2025, 9, 26))
    assert due(date(2025, 9, 1), days(30), suspensions=[stop]) == date(2025, 10, 16)


def test_without_observations_the_clock_runs_again_when_the_reply_was_due():
    stop = suspended_by_obstacles(None)

    # The ten days end on Saturday 20 September.
    assert stop.period == Period(date(2025, 9, 11), date(2025, 9, 21))
    assert due(date(2025, 9, 1), days(30), suspensions=[stop]) == date(2025, 10, 11)


def test_two_suspensions_add_up_and_days_in_both_count_once():
    first = Suspension.between(date(2025, 9, 5), date(2025, 9, 10), why="one", citation="art. 1")
    second = Suspension.between(date(2025, 9, 8), date(2025, 9, 12), why="two", citation="art. 2")

    assert due(date(2025, 9, 1), days(28), suspensions=[first, second]) == date(2025, 10, 6)


def test_no_end_is_told_while_the_clock_stands():
    still = Suspension(Period(date(2025, 9, 5), None), why="enquiry", citation="art. 2(7)")

    with pytest.raises(NotCountable) as refusal:
        due(date(2025, 9, 1), days(30), suspensions=[still])

    assert str(refusal.value) == "The clock stands still since 2025-09-05 (enquiry): no end is known."


def test_a_suspension_after_the_end_changes_nothing():
    late = Suspension(Period(date(2025, 11, 1), None), why="enquiry", citation="art. 2(7)")

    assert due(date(2025, 9, 1), days(30), suspensions=[late]) == date(2025, 10, 1)


def test_the_end_of_a_suspension_for_information_does_not_move_for_a_holiday():
    stop = information_suspension(
        asked_on=date(2025, 9, 5), answered_on=None, longest=days(30), calendar=ITALY
    )

    # The thirtieth day is Sunday 5 October.
    assert stop.period.end == date(2025, 10, 6)


def test_the_rest_after_observations_does_not_move_for_a_holiday():
    stop = suspended_by_obstacles(date(2025, 9, 18))

    # The tenth day is Sunday 28 September.
    assert stop.period.end == date(2025, 9, 29)


def test_the_term_to_reply_moves_for_a_holiday():
    stop = obstacles_suspension(
        notified_on=date(2025, 9, 11), observed_on=None, reply=days(10), rest=days(10), calendar=ITALY
    )

    # The tenth day is Sunday 21 September.
    assert stop.period.end == date(2025, 9, 23)


@pytest.mark.parametrize(("observed_on", "cited"), [(None, "reply"), (date(2025, 9, 15), "rest")])
def test_a_suspension_by_obstacles_cites_what_ends_it(observed_on, cited):
    stop = obstacles_suspension(
        notified_on=date(2025, 9, 10),
        observed_on=observed_on,
        reply=Length(10, Unit.DAYS, "reply"),
        rest=Length(10, Unit.DAYS, "rest"),
        calendar=ITALY,
    )

    assert stop.citation == cited
