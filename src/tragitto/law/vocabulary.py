"""The closed words of the law room: units, confidence, what a step of a count says."""

from enum import StrEnum


class Unit(StrEnum):
    """What the value of a legal parameter is measured in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    EUR = "eur"
    PERCENT = "percent"
    SQUARE_METRES = "square_metres"
    METRES = "metres"
    CREDITS = "credits"
    COUNT = "count"
    FRACTION = "fraction"
    YEARS_OF_AGE = "years_of_age"
    LESSON_HOURS = "lesson_hours"
    CEFR_LEVEL = "cefr_level"
    RULE = "rule"


COUNTED_BY_DAY = frozenset({Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS})
"""Units whose end is a day of the calendar."""

DURATIONS = COUNTED_BY_DAY | {Unit.HOURS}
"""Units of time; hours start at an instant, the others on a day."""

WORDED = frozenset({Unit.RULE, Unit.CEFR_LEVEL, Unit.FRACTION})
"""Units whose value is a text and not a number."""


class Confidence(StrEnum):
    """How well a row is known: read in the law, taken from one secondary source, or not verified."""

    SURE = "S"
    LIKELY = "L"
    UNVERIFIED = "U"


class Direction(StrEnum):
    """Whether a term runs forward from its moment or is reckoned back from it."""

    AFTER = "after"
    BEFORE = "before"
