"""Stories of counting: people, days, holidays, what stops a clock."""

from datetime import UTC, date, datetime, time

import pytest

from tragitto.law.rules import (
    Extension,
    Length,
    NotCountable,
    calendar_of,
    count_back,
    count_hours,
    count_term,
    fixed_deadline,
    parameter_on,
    read_pack,
)
from tragitto.law.vocabulary import Unit

ROWS = read_pack().rows
BERGAMO = calendar_of("IT", first_year=2024, last_year=2029, subdivision="BG")
ITALY = calendar_of("IT", first_year=2024, last_year=2029)
MOROCCO = calendar_of("MA", first_year=2024, last_year=2029, free_weekdays=("saturday", "sunday"))


def days(value):
    return Length(value, Unit.DAYS, "art. 1")


def months(value):
    return Length(value, Unit.MONTHS, "art. 1")


def law(code, on):
    return Length.of(parameter_on(ROWS, code, on))


def due(start, length, calendar=ITALY, **more):
    return count_term(start=start, length=length, calendar=calendar, **more).due_on


def told(term):
    return [step.code for step in term.steps]


def test_amina_who_entered_on_1_december_2025_signs_within_eight_days():
    entered = date(2025, 12, 1)

    # The eighth day after is 9 December, one day after the Immacolata.
    assert due(entered, law("contract.signature", entered)) == date(2025, 12, 9)


def test_amina_who_entered_on_2_december_2025_signs_within_fifteen_days():
    entered = date(2025, 12, 2)

    assert due(entered, law("contract.signature", entered)) == date(2025, 12, 17)


def test_the_permit_is_asked_within_eight_working_days():
    entered = date(2025, 12, 2)

    # 7 December is a Sunday and 8 December the Immacolata: neither is counted.
    assert due(entered, law("permit.request", entered)) == date(2025, 12, 12)


def test_bruno_waits_thirty_days_for_a_nulla_osta_asked_on_18_december_2025():
    asked = date(2025, 12, 18)

    # The thirtieth day is Saturday 17 January 2026, which is no holiday.
    assert due(asked, law("nulla_osta.term_article_23", asked)) == date(2026, 1, 17)


def test_bruno_waits_sixty_days_for_a_nulla_osta_asked_the_day_before():
    asked = date(2025, 12, 17)

    # The sixtieth day is Sunday 15 February 2026.
    term = count_term(start=asked, length=law("nulla_osta.term_article_23", asked), calendar=ITALY)

    assert term.due_on == date(2026, 2, 16)
    assert told(term) == ["first_day", "days", "moved", "end_of_day"]


def test_a_course_that_ended_in_november_2025_leaves_six_months_for_the_visa():
    ended = date(2025, 11, 30)

    # 30 May 2026 is a Saturday: it stays.
    assert due(ended, law("visa.application", ended)) == date(2026, 5, 30)


def test_a_course_that_ended_in_the_experiment_leaves_twelve_months():
    ended = date(2027, 12, 31)

    # 31 December 2028 is a Sunday and 1 January a holiday.
    assert due(ended, law("visa.application", ended)) == date(2029, 1, 2)


def test_a_course_that_ended_after_the_experiment_leaves_six_again():
    ended = date(2028, 1, 1)

    assert due(ended, law("visa.application", ended)) == date(2028, 7, 1)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2025, 8, 29), date(2025, 9, 29)),
        (date(2024, 12, 31), date(2025, 1, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_its_last(start, end):
    assert due(start, months(1), moves=False) == end


def test_a_missing_day_of_the_month_is_told():
    term = count_term(start=date(2025, 1, 31), length=months(1), calendar=ITALY)

    assert told(term) == ["first_day", "months", "month_end", "end_of_day"]


def test_a_year_from_a_leap_day_ends_on_the_last_of_february():
    assert due(date(2028, 2, 29), Length(1, Unit.YEARS, "art. 1")) == date(2029, 2, 28)


def test_easter_monday_moves_an_end_to_tuesday():
    term = count_term(start=date(2026, 4, 1), length=days(5), calendar=ITALY)

    # 6 April 2026 is Easter Monday.
    assert term.due_on == date(2026, 4, 7)
    assert [str(step) for step in term.steps if step.code == "moved"] == [
        "2026-04-06 is a holiday (Lunedì dell'Angelo): the next working day is 2026-04-07."
    ]


def test_the_patron_of_bergamo_moves_an_end_in_bergamo_alone():
    start = date(2026, 8, 16)

    assert due(start, days(10), BERGAMO) == date(2026, 8, 27)
    assert due(start, days(10), ITALY) == date(2026, 8, 26)


def test_morocco_rests_on_the_green_march():
    assert due(date(2026, 10, 7), days(30), MOROCCO) == date(2026, 11, 7)


def test_working_days_in_morocco_leave_out_saturdays():
    length = Length(5, Unit.WORKING_DAYS, "art. 1")

    assert due(date(2026, 9, 3), length, MOROCCO) == date(2026, 9, 10)


def test_a_count_that_met_a_day_of_the_moon_says_that_it_is_an_estimate():
    length = Length(5, Unit.WORKING_DAYS, "art. 1")
    term = count_term(start=date(2026, 5, 25), length=length, calendar=MOROCCO)

    assert "estimated" in told(term)
    assert "estimated" not in told(count_term(start=date(2026, 6, 1), length=length, calendar=MOROCCO))


def test_the_last_second_is_told_in_winter_time():
    term = count_term(start=date(2026, 1, 2), length=days(10), calendar=ITALY)

    assert term.due_at.isoformat() == "2026-01-12T23:59:59+01:00"


def test_the_last_second_is_told_in_summer_time():
    term = count_term(start=date(2026, 7, 1), length=days(10), calendar=ITALY)

    assert term.due_at.isoformat() == "2026-07-11T23:59:59+02:00"


def test_the_night_when_summer_time_ends_does_not_lengthen_a_day():
    term = count_term(start=date(2026, 10, 20), length=days(4), calendar=ITALY)

    assert term.due_at.isoformat() == "2026-10-24T23:59:59+02:00"


@pytest.mark.parametrize(
    ("instant", "in_time"),
    [
        (datetime(2025, 7, 31, 21, 59, 59, 999000, tzinfo=UTC), True),
        (datetime(2025, 7, 31, 22, 0, 0, tzinfo=UTC), False),
    ],
)
def test_a_term_is_met_within_its_last_second_and_not_after(instant, in_time):
    term = fixed_deadline(day=date(2025, 7, 31), calendar=ITALY)

    assert term.is_met_by(instant) is in_time


def test_thirty_three_seconds_after_noon_are_late():
    term = fixed_deadline(day=date(2024, 10, 1), calendar=ITALY, clock=time(12))

    assert not term.is_met_by(datetime(2024, 10, 1, 10, 0, 33, tzinfo=UTC))


def test_a_fixed_date_stays_on_a_sunday():
    term = fixed_deadline(day=date(2025, 8, 31), calendar=ITALY)

    assert term.due_on == date(2025, 8, 31)
    assert told(term) == ["fixed", "end_of_day"]


def test_a_fixed_date_moves_where_the_call_says_so():
    assert fixed_deadline(day=date(2025, 8, 31), calendar=ITALY, moves=True).due_on == date(2025, 9, 1)


def test_unilav_is_due_the_day_before_work_starts():
    starts = date(2026, 1, 15)
    length = law("contract.employment_notice", starts)

    assert count_back(event=starts, length=length, calendar=ITALY).due_on == date(2026, 1, 14)


def test_a_term_reckoned_back_leaves_a_holiday_backwards():
    term = count_back(event=date(2026, 1, 7), length=days(1), calendar=ITALY)

    assert term.due_on == date(2026, 1, 5)
    assert told(term) == ["reckoned_back", "days", "moved_back", "end_of_day"]


def test_forty_eight_hours_are_real_hours_when_the_clock_goes_back():
    length = law("housing.hosting_notice", date(2026, 10, 24))
    start = datetime(2026, 10, 24, 12, 0, tzinfo=ITALY.zone)

    term = count_hours(start=start, length=length, calendar=ITALY)

    assert term.due_at.isoformat() == "2026-10-26T11:00:00+01:00"


def test_hours_are_not_counted_from_a_day():
    with pytest.raises(NotCountable):
        due(date(2026, 1, 1), Length(48, Unit.HOURS, "art. 7"))


def test_days_are_not_counted_from_an_hour():
    with pytest.raises(NotCountable):
        count_hours(start=datetime(2026, 1, 1, tzinfo=UTC), length=days(2), calendar=ITALY)


def test_an_amount_is_no_term():
    with pytest.raises(NotCountable):
        law("amounts.visa", date(2026, 11, 22))


def test_an_extension_runs_on_from_the_end():
    year = Extension(Length(1, Unit.YEARS, "art. 6 DPR 179/2011"), "credits missing", "art. 6 DPR 179/2011")
    term = count_term(
        start=date(2026, 1, 14), length=Length(2, Unit.YEARS, "art. 2"), calendar=ITALY, extensions=[year]
    )

    # 14 January 2029 is a Sunday.
    assert term.due_on == date(2029, 1, 15)
    assert told(term) == ["first_day", "years", "extended", "years", "moved", "end_of_day"]


def test_every_step_cites():
    term = count_term(start=date(2025, 12, 1), length=days(7), calendar=BERGAMO)

    assert [step.citation for step in term.steps] == [
        "art. 2963(2) c.c.; art. 155(1) c.p.c.",
        "art. 1; art. 155(3) c.p.c.",
        "art. 2963(3) c.c.; art. 155(4) c.p.c.",
        "art. 2963(2) c.c.; Cons. Stato VI 8546/2024",
    ]
