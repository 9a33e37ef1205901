"""Assignment with conditions that cross each other: seats of regions and of profiles, sizes of classes.

Three steps. Prices for the crossing caps by Lagrange (Held, Wolfe and Crowder 1974; Fisher 1981), each step
one auction with the classes inside it: they give a bound that no assignment can beat. A first assignment
that keeps everything, from the last prices. Then HiGHS, as SciPy ships it, on the pairs that could still be
in a better one: where those are all the pairs that could, and HiGHS ends in time, the answer is the optimum;
where not, the bound says how far from it the answer can be at most.
"""

import time
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tragitto_matching import sides_exact, sides_prices, sides_repair
from tragitto_matching.instance import Ints, Longs
from tragitto_matching.pairs import Pairs, check

#: So many pairs HiGHS is given at first, then twice as many: it takes about so many times longer for them.
_PAIRS_AT_FIRST, _LONGER = 9_000, 3


@dataclass(frozen=True, kw_only=True)
class Cap:
    """At most `most[label]` people in all posts of a label; `label` (m,) gives each post one, -1 = none."""

    label: Ints
    most: Ints


@dataclass(frozen=True, kw_only=True)
class Classes:
    """A class takes place with `least` to `most` people or not at all; `label` (m,): each post's class."""

    label: Ints
    least: Ints
    most: Ints


@dataclass(frozen=True, kw_only=True)
class Sides:
    """Side conditions: caps that may cross each other and the classes."""

    caps: tuple[Cap, ...] = ()
    classes: Classes | None = None


@dataclass(frozen=True, kw_only=True)
class SidedAssignment:
    """Where each candidate sits, what it scores, and what no assignment under these conditions can exceed."""

    post_of: Ints
    value: int
    bound: int
    #: `prices`: from the prices and a repair alone; `highs`: HiGHS made it better, or proved it.
    method: Literal["prices", "highs"]

    @property
    def gap(self) -> float:
        """How much better another could be at most, as a share of the bound."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0

    @property
    def is_optimal(self) -> bool:
        """Whether no assignment scores more."""
        return self.value == self.bound


def assign_with(pairs: Pairs, seats: Ints, sides: Sides, *, seconds: float = 2.0) -> SidedAssignment:
    """The best assignment under side conditions that is found in about so many seconds, and its bound.

    The answer can depend on the time given where the optimum was not reached; the proof never does. Raises
    `ValueError` for labels or numbers that fit nothing.
    """
    until = time.monotonic() + seconds
    check(pairs)
    _check(pairs, seats, sides)
    priced = sides_prices.search(pairs, seats, sides, time.monotonic() + 0.4 * seconds)
    post_of, value = sides_repair.best_of(pairs, seats, sides, priced.assignments)
    bound = priced.bound
    method: Literal["prices", "highs"] = "prices"
    most, spent = _PAIRS_AT_FIRST, 0.0
    while value < bound and (left := until - time.monotonic()) > _LONGER * spent:
        kept, is_whole = _could_be_better(priced.reduced, bound - value, most)
        found = sides_exact.solve(pairs, seats, sides, kept, left)
        spent = left - (until - time.monotonic())
        if found is None:
            break
        if found.value >= value:
            post_of, value, method = found.post_of, found.value, "highs"
        if is_whole:
            bound, method = max(min(bound, found.bound), value), "highs"
            break
        most *= 2
    return SidedAssignment(post_of=post_of, value=value, bound=bound, method=method)


def _could_be_better(reduced: Longs, gap: int, most: int) -> tuple[Longs, bool]:
    """Pairs for HiGHS, and whether a better assignment than the one at hand could use no other.

    A pair's reduced cost is what the bound falls by if the pair must be in: beyond the gap it is out of
    question.
    """
    kept = np.flatnonzero(reduced <= gap)
    if len(kept) <= 2 * most:
        return kept, True
    return np.sort(np.argsort(reduced, kind="stable")[:most]), False


def _check(pairs: Pairs, seats: Ints, sides: Sides) -> None:
    if seats.dtype != np.int32 or seats.shape != (pairs.posts,) or seats.min(initial=0) < 0:
        raise ValueError("seats must hold one int32 of 0 or more for each post.")
    if pairs.score.max(initial=0) >= 2**24:
        raise ValueError("Scores must be below 2 to the power of 24.")
    limits = [(cap.label, cap.most) for cap in sides.caps]
    if sides.classes is not None:
        limits += [(sides.classes.label, sides.classes.most), (sides.classes.label, sides.classes.least)]
    for label, most in limits:
        if label.dtype != np.int32 or label.shape != (pairs.posts,) or most.dtype != np.int32:
            raise ValueError("A label must hold one int32 for each post, and limits are int32.")
        if len(label) and (label.min() < -1 or label.max() >= len(most)):
            raise ValueError("A label must lie between -1 and the number of limits.")
        if most.min(initial=0) < 0:
            raise ValueError("A limit must be 0 or more.")
    if sides.classes is not None and (sides.classes.least > sides.classes.most).any():
        raise ValueError("A class cannot take place with least above most.")
