"""Which part of the engine answers which kind of run: each a pure function, the same input the same bytes."""

from collections.abc import Callable, Mapping
from typing import Any

from tragitto.selection.rules import shortlisting, stable_matching, timetabling
from tragitto.selection.rules.solved import Solved
from tragitto.selection.vocabulary import RunKind
from tragitto_matching.instance import Instance

type Solver = Callable[[Instance, Mapping[str, Any]], Solved]

SOLVERS: dict[RunKind, Solver] = {
    RunKind.SHORTLISTS: shortlisting.solve,
    RunKind.TIMETABLE: timetabling.solve,
    RunKind.MATCH: stable_matching.solve,
}
