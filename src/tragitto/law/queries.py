"""Questions about the law as loaded: which row on which day, all rows of a day, the holidays of a place."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from tragitto.kernel.periods import Period
from tragitto.law.models import Holiday, Parameter
from tragitto.law.rules import Calendar, NoCalendar, UnknownCode, parameter_on
from tragitto.law.rules import Holiday as HolidayRow
from tragitto.law.rules.holidays import SUNDAY


def parameter(code: str, *, on: date) -> Parameter:
    """The row of ``code`` in force on the day ``on``; one query.

    Raises ``UnknownCode`` with the nearest codes, ``NoPeriod`` naming the gap, ``ValueNotFound`` with
    what was sought in vain. There is no default.
    """
    rows = periods(code)
    answer = parameter_on([row.row for row in rows], code, on)
    return next(row for row in rows if row.row == answer)


def periods(code: str) -> list[Parameter]:
    """The current rows of ``code`` in order of time; one query. Raises ``UnknownCode``."""
    rows = [*Parameter.objects.filter(code=code, superseded_at=None)]
    if not rows:
        known = Parameter.objects.filter(superseded_at=None).values_list("code", flat=True)
        raise UnknownCode(code, get_close_matches(code, sorted(set(known)), n=3))
    return sorted(rows, key=lambda row: row.valid_from or row.covered_from or date.min)


def all_on(on: date) -> list[Parameter]:
    """Every row that answers for the day ``on``, in the order of codes; one query.

    Rows that only say that a value was not found are among them.
    """
    rows = Parameter.objects.filter(superseded_at=None).order_by("code")
    return [row for row in rows if row.row.answers(on)]


def covered() -> dict[str, list[Period]]:
    """The days for which each code has a known value; one query. What a scheme's check asks."""
    found: dict[str, list[Period]] = defaultdict(list)
    for row in Parameter.objects.filter(superseded_at=None).exclude(value=None).order_by("code", "pk"):
        found[row.code].append(Period(row.row.answers_from, row.row.answers_until))
    return dict(found)


def by_reference(reference: str) -> Parameter:
    """The row a decision kept as ``code@start#digest``, superseded or not; one query.

    Raises ``Parameter.DoesNotExist`` when no such row was ever loaded.
    """
    code, digest = reference.split("@", maxsplit=1)[0], reference.rpartition("#")[2]
    rows = Parameter.objects.filter(code=code, digest=digest).order_by("-pk")
    if (row := rows.first()) is None:
        raise Parameter.DoesNotExist(reference)
    return row


def calendar(
    country: str,
    *,
    first_year: int,
    last_year: int,
    subdivision: str = "",
    free_weekdays: Iterable[int] = (SUNDAY,),
) -> Calendar:
    """The calendar of a place from the loaded rows; one query.

    Raises ``NoCalendar`` when the holidays of one of the years, or of the province, were never loaded.
    """
    loaded = Holiday.objects.filter(
        country=country,
        subdivision__in={"", subdivision},
        day__year__gte=first_year,
        day__year__lte=last_year,
    ).order_by("day", "subdivision")
    rows = tuple(HolidayRow(row.day, country, row.subdivision, row.name, row.estimated) for row in loaded)
    missing = set(range(first_year, last_year + 1)) - {row.day.year for row in rows if not row.subdivision}
    if missing:
        raise NoCalendar(
            f"The holidays of {country} are not loaded for {', '.join(map(str, sorted(missing)))}."
        )
    if subdivision and not any(row.subdivision for row in rows):
        raise NoCalendar(f"The patron day of {subdivision} ({country}) is not loaded.")
    return Calendar(country, subdivision, first_year, last_year, rows, frozenset(free_weekdays))
