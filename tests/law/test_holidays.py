"""The free days of Italy, its provinces and Morocco."""

from datetime import date

import pytest

from tragitto.law.rules import NoCalendar, calendar_of, holiday_rows, provinces


def test_the_patron_day_is_a_row_of_its_province():
    rows = holiday_rows("IT", years=[2026], subdivision="BG")

    assert [(row.day, row.name) for row in rows if row.subdivision] == [
        (date(2026, 8, 26), "Sant'Alessandro di Bergamo")
    ]


def test_italy_has_its_national_days_and_easter():
    days = {row.day for row in holiday_rows("IT", years=[2026])}

    assert {date(2026, 4, 5), date(2026, 4, 6), date(2026, 6, 2), date(2026, 8, 15)} <= days


def test_days_of_the_moon_are_marked_as_estimated():
    rows = {row.day: row for row in holiday_rows("MA", years=[2026])}

    assert rows[date(2026, 5, 27)].estimated
    assert rows[date(2026, 5, 27)].name == "Fête du sacrifice"
    assert not rows[date(2026, 11, 6)].estimated


def test_every_province_has_two_letters():
    assert {len(name) for name in provinces()} == {2}
    assert {"BG", "MI", "VE", "BO"} <= set(provinces())


def test_a_sunday_is_a_holiday():
    assert calendar_of("IT", first_year=2026, last_year=2026).holiday_name(date(2026, 3, 1)) == "sunday"


def test_a_saturday_is_a_working_day_in_italy_and_not_in_morocco():
    italy = calendar_of("IT", first_year=2026, last_year=2026)
    morocco = calendar_of("MA", first_year=2026, last_year=2026, free_weekdays=("saturday", "sunday"))

    assert italy.is_working(date(2026, 3, 7))
    assert not morocco.is_working(date(2026, 3, 7))


@pytest.mark.parametrize(("country", "subdivision"), [("XX", ""), ("IT", "ZZ")])
def test_an_unknown_place_is_refused(country, subdivision):
    with pytest.raises(NoCalendar):
        calendar_of(country, first_year=2026, last_year=2026, subdivision=subdivision)


def test_a_year_that_was_not_loaded_is_refused():
    with pytest.raises(NoCalendar) as refusal:
        calendar_of("IT", first_year=2026, last_year=2026).holiday_name(date(2027, 1, 1))

    assert str(refusal.value) == "No holidays of IT are loaded for 2027."
