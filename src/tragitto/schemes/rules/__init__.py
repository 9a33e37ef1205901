"""What is true of published things by arithmetic and logic alone: no Django, no clock, no database."""

from tragitto.schemes.rules.check import Registries, check, covered_by
from tragitto.schemes.rules.content import content_hash
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
    "Filled",
    "Opening",
    "Problem",
    "Registries",
    "Slot",
    "check",
    "closing_instant",
    "content_hash",
    "covered_by",
    "in_window",
    "lint",
    "opening_instant",
    "overlapping",
    "read_filled",
    "slots",
    "undecided",
    "window_at",
]
