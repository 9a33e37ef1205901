"""The auction by the compiled kernel: the arrays are NumPy's, the loops are C's."""

import ctypes
from typing import Any

import numpy as np
import numpy.typing as npt

from tragitto_matching.assignment_problem import Prices, Problem
from tragitto_matching.instance import Ints, Longs

_NUMBERS = ("candidates", "posts", "groups", "scale", "epsilon", "waiting")
#: The arrays of `Auction` in kernels/assignment.h, in its order.
_ARRAYS = (
    *(
        "row",
        "choice",
        "ptr",
        "candidate",
        "score",
        "seats",
        "group",
        "group_seats",
        "group_ptr",
        "group_posts",
    ),
    *("own", "common", "offset", "level", "sitter", "taken", "group_taken", "lowest", "place", "in_heap"),
    *("post_of", "held", "stack", "ring", "queued", "offer"),
)


class _State(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in _NUMBERS),
        *((name, ctypes.c_void_p) for name in _ARRAYS),
    )


class Auction:
    """An auction whose state the kernel works on; the methods are those of `assignment_plain.Auction`."""

    def __init__(self, library: ctypes.CDLL, problem: Problem) -> None:
        self._library = library
        library.assignment_forward.restype = ctypes.c_int64
        library.assignment_gap.restype = ctypes.c_int64
        self._arrays = _arrays(library, problem)
        self._state = _State(
            *(len(problem.row) - 1, len(problem.seats), len(problem.group_seats), problem.scale, 1, 0),
            *(self._arrays[name].ctypes.data for name in _ARRAYS),
        )

    def start(self, epsilon: int, lower: int) -> None:
        """Begin a phase, prices lower by `lower`: who is within `epsilon` of the best choice stays."""
        self._state.epsilon = epsilon
        self._library.assignment_start(ctypes.byref(self._state), ctypes.c_int64(lower))

    def forward(self, most: int) -> bool:
        """Let those who wait bid, at most `most` times; whether somebody still waits."""
        self._library.assignment_forward(ctypes.byref(self._state), ctypes.c_int64(most))
        return bool(self._state.waiting)

    def reverse(self) -> None:
        """Bring down the prices of all that has empty seats, until only what is full costs anything."""
        self._library.assignment_reverse(ctypes.byref(self._state))

    def gap(self) -> int:
        """The distance between the score reached and what the prices prove at most, in 1/scale."""
        return int(self._library.assignment_gap(ctypes.byref(self._state)))

    def seat(self, post_of: Ints, held: Ints, prices: Prices) -> None:
        """Set who sits where, with which score, and the prices."""
        for name, values in (
            ("post_of", post_of),
            ("held", held),
            ("own", prices.own),
            ("common", prices.common),
        ):
            self._arrays[name][:] = values

    def result(self) -> tuple[Ints, Ints, Prices]:
        """Who sits where, with which score, and the prices."""
        prices = Prices(own=self._arrays["own"], common=self._arrays["common"])
        return self._arrays["post_of"], self._arrays["held"], prices


def _arrays(library: ctypes.CDLL, problem: Problem) -> dict[str, npt.NDArray[Any]]:
    n, m, k = len(problem.row) - 1, len(problem.seats), len(problem.group_seats)
    offset = np.zeros(m + 1, np.int64)
    np.cumsum(problem.seats, out=offset[1:])
    return {
        "row": problem.row,
        "choice": _choices(library, problem),
        **{name: getattr(problem, name) for name in _ARRAYS[2:10]},
        "own": np.zeros(m, np.int64),
        "common": np.zeros(k, np.int64),
        "offset": offset,
        "level": np.empty(offset[-1], np.int64),
        "sitter": np.empty(offset[-1], np.int32),
        "taken": np.zeros(m, np.int32),
        "group_taken": np.zeros(k, np.int64),
        **{name: np.zeros(m, np.int32) for name in ("lowest", "place")},
        "in_heap": np.zeros(k, np.int32),
        "post_of": np.full(n, -1, np.int32),
        "held": np.zeros(n, np.int32),
        "stack": np.empty(n, np.int32),
        "ring": np.empty(k + m, np.int32),
        "queued": np.zeros(k + m, np.uint8),
        # Three numbers for each offer; a pair may stand among them twice.
        "offer": np.empty(6 * _longest_pool(problem), np.int64),
    }


def _longest_pool(problem: Problem) -> int:
    """The most pairs that a group, or a post in no group, has."""
    degree = np.diff(problem.ptr)
    grouped = problem.group >= 0
    inside = np.bincount(problem.group[grouped], degree[grouped])
    return int(max(inside.max(initial=0), degree[~grouped].max(initial=0)))


def _choices(library: ctypes.CDLL, problem: Problem) -> Longs:
    """The pairs by candidate, post and score side by side in eight bytes."""
    choices, following = np.empty(len(problem.candidate), np.int64), problem.row[:-1].copy()
    columns = (problem.ptr, problem.candidate, problem.score, following, choices)
    library.assignment_turn(
        ctypes.c_int64(len(problem.seats)), *(ctypes.c_void_p(column.ctypes.data) for column in columns)
    )
    return choices
