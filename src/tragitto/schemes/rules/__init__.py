"""What is true of published things by arithmetic and logic alone: no Django, no clock, no database."""

from tragitto.schemes.rules.answers import answers_from, as_written, check_answer, check_answers, rows_of
from tragitto.schemes.rules.answers_kept import Answer, Said, Value
from tragitto.schemes.rules.check import Around, Registries, check, check_call, covered_by, is_own_question
from tragitto.schemes.rules.content import call_hash, content_hash
from tragitto.schemes.rules.forms import Filled, Slot, read_filled, slots
from tragitto.schemes.rules.linter import lint
from tragitto.schemes.rules.problems import Problem, undecided
from tragitto.schemes.rules.windows import (
    Opening,
    closing_instant,
    in_window,
    opening_instant,
    overlapping,
    window_at,
)

__all__ = [
    "Answer",
    "Around",
    "Filled",
    "Opening",
    "Problem",
    "Registries",
    "Said",
    "Slot",
    "Value",
    "answers_from",
    "as_written",
    "call_hash",
    "check",
    "check_answer",
    "check_answers",
    "check_call",
    "closing_instant",
    "content_hash",
    "covered_by",
    "in_window",
    "is_own_question",
    "lint",
    "opening_instant",
    "overlapping",
    "read_filled",
    "rows_of",
    "slots",
    "undecided",
    "window_at",
]
