"""Holidays as rows and the calendar of a place, from tables of the library `holidays` frozen into data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import holidays as tables

from tragitto.law.rules.refusals import LawRefusal

ITALY, MOROCCO = "IT", "MA"
ZONES = {ITALY: ZoneInfo("Europe/Rome"), MOROCCO: ZoneInfo("Africa/Casablanca")}
LANGUAGE_OF_NAMES = {ITALY: "it_IT", MOROCCO: "fr"}
SUNDAY = 6
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, order=True)
class Holiday:
    """A day on which a country, or one of its provinces, does not work.

    ``estimated``: the day follows the moon and the table foresees it; the true one is announced.
    """

    day: date
    country: str
    subdivision: str
    name: str
    estimated: bool = False


class NoCalendar(LawRefusal):
    """No holidays are known for this place or for this year."""

    def __init__(self, text: str) -> None:
        super().__init__("no_calendar", text)


@dataclass(frozen=True)
class Calendar:
    """The free days of a place between two years, both included.

    ``free_weekdays`` are the days of the week that are no working days; Sunday is a holiday besides
    (art. 1 L. 260/1949 for Italy).
    """

    country: str
    subdivision: str
    first_year: int
    last_year: int
    rows: tuple[Holiday, ...]
    free_weekdays: frozenset[int] = frozenset({SUNDAY})

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which a day of this place begins and ends."""
        return ZONES[self.country]

    def holiday_name(self, day: date) -> str:
        """The name of the holiday of ``day``, "sunday", or an empty text; raises ``NoCalendar``."""
        if not self.first_year <= day.year <= self.last_year:
            raise NoCalendar(f"No holidays of {self.country} are loaded for {day.year}.")
        names = [row.name for row in self.rows if row.day == day]
        return "; ".join(names) or (WEEKDAYS[SUNDAY] if day.weekday() == SUNDAY else "")

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is neither a holiday nor one of the free days of the week."""
        return not self.holiday_name(day) and day.weekday() not in self.free_weekdays

    def is_estimated(self, day: date) -> bool:
        """Whether ``day`` is a holiday only by a forecast of the moon."""
        return any(row.estimated for row in self.rows if row.day == day)


def holiday_rows(country: str, *, years: Iterable[int], subdivision: str = "") -> list[Holiday]:
    """The holidays of ``country`` in ``years``; with ``subdivision`` also those of that province.

    National rows have an empty subdivision, so that a national and a local day stay apart. Raises
    ``NoCalendar`` for a country or a province without tables.
    """
    years = list(years)
    national = _table(country, years, None)
    rows = [_row(national, day, country, "") for day in national]
    if subdivision:
        local = _table(country, years, subdivision)
        rows += [_row(local, day, country, subdivision) for day in local if day not in national]
    return sorted(rows)


def calendar_of(
    country: str,
    *,
    first_year: int,
    last_year: int,
    subdivision: str = "",
    free_weekdays: Iterable[str] = (WEEKDAYS[SUNDAY],),
) -> Calendar:
    """The calendar of a place straight from the tables; ``free_weekdays`` in English words.

    Raises ``NoCalendar`` for a country or a province without tables.
    """
    years = range(first_year, last_year + 1)
    return Calendar(
        country=country,
        subdivision=subdivision,
        first_year=first_year,
        last_year=last_year,
        rows=tuple(holiday_rows(country, years=years, subdivision=subdivision)),
        free_weekdays=frozenset(WEEKDAYS.index(name) for name in free_weekdays),
    )


def provinces() -> tuple[str, ...]:
    """The two-letter codes of the Italian provinces whose patron day is in the tables."""
    return tuple(name for name in tables.country_holidays(ITALY).subdivisions if len(name) == len(ITALY))


def _table(country: str, years: list[int], subdivision: str | None) -> tables.HolidayBase:
    if country not in ZONES:
        raise NoCalendar(f"No holidays are known for the country {country}; known: {', '.join(ZONES)}.")
    if subdivision and subdivision not in tables.country_holidays(country).subdivisions:
        raise NoCalendar(f"No patron day is known for the province {subdivision} of {country}.")
    return tables.country_holidays(
        country, subdiv=subdivision, years=years, language=LANGUAGE_OF_NAMES[country]
    )


def _row(table: tables.HolidayBase, day: date, country: str, subdivision: str) -> Holiday:
    # The library marks a day reckoned by the moon in its name; here the mark is a field of its own.
    mark = table.tr(table.estimated_label).replace("%s", "").strip() if country == MOROCCO else ""
    name = table[day]
    estimated = bool(mark) and mark in name
    return Holiday(
        day, country, subdivision, name.replace(mark, "").strip() if estimated else name, estimated
    )
