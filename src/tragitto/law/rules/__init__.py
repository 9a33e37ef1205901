"""The pure part of the law room: rows of the pack, their check, and the counting of terms."""

from tragitto.law.rules.check import check_pack
from tragitto.law.rules.holidays import Calendar, Holiday, NoCalendar, calendar_of, holiday_rows, provinces
from tragitto.law.rules.lengths import Extension, Length, NotCountable, Suspension, add_months
from tragitto.law.rules.pack import Pack, PackUnreadable, read_pack
from tragitto.law.rules.refusals import LawRefusal
from tragitto.law.rules.rows import (
    NoPeriod,
    Row,
    UnknownCode,
    Value,
    ValueNotFound,
    parameter_on,
    rows_of,
)
from tragitto.law.rules.steps import Step, Term
from tragitto.law.rules.stops import INTERRUPTS, Counted, Stop, count_stopped, resumed_on
from tragitto.law.rules.terms import (
    count_back,
    count_hours,
    count_term,
    fixed_deadline,
    information_suspension,
    obstacles_suspension,
)

__all__ = [
    "INTERRUPTS",
    "Calendar",
    "Counted",
    "Extension",
    "Holiday",
    "LawRefusal",
    "Length",
    "NoCalendar",
    "NoPeriod",
    "NotCountable",
    "Pack",
    "PackUnreadable",
    "Row",
    "Step",
    "Stop",
    "Suspension",
    "Term",
    "UnknownCode",
    "Value",
    "ValueNotFound",
    "add_months",
    "calendar_of",
    "check_pack",
    "count_back",
    "count_hours",
    "count_stopped",
    "count_term",
    "fixed_deadline",
    "holiday_rows",
    "information_suspension",
    "obstacles_suspension",
    "parameter_on",
    "provinces",
    "read_pack",
    "resumed_on",
    "rows_of",
]
