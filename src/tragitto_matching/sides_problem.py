"""What an assignment with side conditions is asked for, and what it answers with."""

from dataclasses import dataclass
from typing import Literal

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.pairs import Pairs, check


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
class SidePrices:
    """What a place costs, in 1/scale of a point: the sum of what its post, its class and its caps cost.

    Any prices of 0 and more prove a bound. A class has a price for being full alone: no price on its least
    size could ever lower the bound.
    """

    #: (m,), one for each class, and for each cap one for each of its labels.
    of_post: Longs
    of_class: Longs
    of_caps: tuple[Longs, ...]
    scale: int


@dataclass(frozen=True, kw_only=True)
class SidedAssignment:
    """Where each candidate sits, what it scores, and what no assignment under these conditions can exceed."""

    post_of: Ints
    value: int
    #: The least bound that is known.
    bound: int
    #: What `prices` prove, which `sides_check` computes again: the bound, or somewhat more than it.
    priced_bound: int
    prices: SidePrices
    #: What the bound rests on: the prices, or a search by HiGHS through all that they leave open. The search
    #: leaves nothing behind that could be checked, and is done in floating point.
    proof: Literal["prices", "highs"]

    @property
    def gap(self) -> float:
        """How much better another could be at most, as a share of the bound."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0

    @property
    def is_optimal(self) -> bool:
        """Whether no assignment scores more, as far as `proof` goes."""
        return self.value == self.bound


def check_sides(pairs: Pairs, seats: Ints, sides: Sides) -> None:
    """Raise `ValueError` with a sentence for what fits nothing."""
    check(pairs)
    if seats.dtype != "int32" or seats.shape != (pairs.posts,) or seats.min(initial=0) < 0:
        raise ValueError("seats must hold one int32 of 0 or more for each post.")
    if pairs.score.max(initial=0) >= 2**24:
        raise ValueError("Scores must be below 2 to the power of 24.")
    limits = [(cap.label, cap.most) for cap in sides.caps]
    if sides.classes is not None:
        limits += [(sides.classes.label, sides.classes.most), (sides.classes.label, sides.classes.least)]
    for label, most in limits:
        if label.dtype != "int32" or label.shape != (pairs.posts,) or most.dtype != "int32":
            raise ValueError("A label must hold one int32 for each post, and limits are int32.")
        if len(label) and (label.min() < -1 or label.max() >= len(most)):
            raise ValueError("A label must lie between -1 and the number of limits.")
        if most.min(initial=0) < 0:
            raise ValueError("A limit must be 0 or more.")
    if sides.classes is not None and (sides.classes.least > sides.classes.most).any():
        raise ValueError("A class cannot take place with least above most.")
