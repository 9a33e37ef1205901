"""The auction by the compiled kernel: the arrays are NumPy's, the loops are C's."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tragitto_matching.assignment_problem import Prices, Problem
from tragitto_matching.instance import Ints

type Arrays = dict[str, npt.NDArray[Any]]

_NUMBERS = (
    *("candidates", "posts", "groups", "scale", "epsilon", "waiting"),
    *("score_bits", "is_narrow", "shift"),
)
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
#: The numbers and arrays of `Turn` in kernels/assignment.h, in its order.
_WIDTHS = ("candidates", "posts", "candidate_bits", "post_bits", "score_bits", "is_narrow", "fit")
_TURNED = ("ptr", "candidate", "score", "row", "choice", "next", "room")
#: What is sorted at once, aside: this part of all pairs, but no fewer and no more than so many.
_PART, _LEAST_KEYS, _MOST_KEYS = 128, 1 << 10, 1 << 17


class _State(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in _NUMBERS),
        *((name, ctypes.c_void_p) for name in _ARRAYS),
    )


class _Turn(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in _WIDTHS),
        *((name, ctypes.c_void_p) for name in _TURNED),
    )


class _Widths(NamedTuple):
    """Bits for every candidate, post and score, and whether post and score fit 32 bits together."""

    candidate: int
    post: int
    score: int
    is_narrow: bool


class Auction:
    """An auction whose state the kernel works on; the methods are those of `assignment_plain.Auction`."""

    def __init__(self, library: ctypes.CDLL, problem: Problem, arrays: Arrays, widths: _Widths) -> None:
        self._library = library
        library.assignment_forward.restype = ctypes.c_int64
        library.assignment_gap.restype = ctypes.c_int64
        self._arrays = arrays | _arrays(problem)
        numbers = (problem.count, len(problem.seats), len(problem.group_seats), problem.scale, 1, 0)
        self._state = _State(
            *(*numbers, widths.score, widths.is_narrow, 0 if "score" in arrays else widths.score),
            *(self._arrays[name].ctypes.data if name in self._arrays else None for name in _ARRAYS),
        )

    def start(self, epsilon: int, lower: int) -> None:
        """Begin a phase, prices lower by `lower`: who is within `epsilon` of the best choice stays."""
        self._state.epsilon = epsilon
        self._library.assignment_start(ctypes.byref(self._state), ctypes.c_int64(lower))

    def forward(self, most: int) -> int:
        """Let those who wait bid, at most `most` times; how many bids were made."""
        return int(self._library.assignment_forward(ctypes.byref(self._state), ctypes.c_int64(most)))

    def waits(self) -> bool:
        """Whether somebody still waits to bid."""
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


@contextmanager
def auction(library: ctypes.CDLL, problem: Problem, *, in_place: bool) -> Iterator[Auction]:
    """An auction over these pairs; in place, their arrays serve it meanwhile and are as before afterwards."""
    widths = _widths(problem)
    arrays: Arrays = {name: getattr(problem, name) for name in ("ptr", "candidate", "score")}
    is_writable = problem.candidate.flags.writeable and problem.score.flags.writeable
    if not (in_place and is_writable and widths.is_narrow and widths.candidate + widths.score <= 32):
        yield Auction(library, problem, arrays | _beside(library, problem, widths), widths)
        return
    arrays |= {"row": np.empty(problem.count + 1, np.int64), "choice": arrays["score"]}
    turn = _turned(library, problem, widths, arrays)
    try:
        # The scores lie with the candidates and with the choices now.
        del arrays["score"]
        yield Auction(library, problem, arrays, widths)
    finally:
        library.assignment_turn_back(ctypes.byref(turn))


def _arrays(problem: Problem) -> Arrays:
    n, m, k = problem.count, len(problem.seats), len(problem.group_seats)
    offset = np.zeros(m + 1, np.int64)
    np.cumsum(problem.seats, out=offset[1:])
    return {
        **{name: getattr(problem, name) for name in _ARRAYS[5:10]},
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


def _widths(problem: Problem) -> _Widths:
    most = (max(problem.count - 1, 0), max(len(problem.seats) - 1, 0), problem.highest)
    candidate, post, score = (number.bit_length() for number in most)
    if post + score > 32:
        return _Widths(candidate, post, 32, is_narrow=False)
    return _Widths(candidate, post, score, is_narrow=True)


def _beside(library: ctypes.CDLL, problem: Problem, widths: _Widths) -> Arrays:
    """Choices in an array of their own."""
    arrays: Arrays = {
        "row": np.zeros(problem.count + 2, np.int64),
        "choice": np.empty(len(problem.score), np.uint32 if widths.is_narrow else np.uint64),
    }
    pairs = {name: getattr(problem, name) for name in ("ptr", "candidate", "score")}
    turn = _turn(problem, widths, 0, pairs | arrays)
    library.assignment_rows(ctypes.byref(turn))
    library.assignment_choices(ctypes.byref(turn))
    return arrays


def _turned(library: ctypes.CDLL, problem: Problem, widths: _Widths, arrays: Arrays) -> _Turn:
    """The pairs turned round where they lie, and what turns them back."""
    fit = max(_LEAST_KEYS, min(_MOST_KEYS, len(problem.score) // _PART))
    room = {"next": np.empty(len(problem.seats), np.int64), "room": np.empty(2 * fit, np.uint64)}
    turn = _turn(problem, widths, fit, arrays | room)
    library.assignment_turn(ctypes.byref(turn))
    return turn


def _turn(problem: Problem, widths: _Widths, fit: int, arrays: Arrays) -> _Turn:
    """How the kernel turns pairs round; whoever calls it keeps the arrays."""
    pointers = (arrays[name].ctypes.data if name in arrays else None for name in _TURNED)
    return _Turn(problem.count, len(problem.seats), *widths, fit, *pointers)
