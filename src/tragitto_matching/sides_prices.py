"""Prices of crossing caps: each step prices what was too full dearer and runs one auction at these prices."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tragitto_matching.assignment import Assignment, assign
from tragitto_matching.instance import Ints, Longs
from tragitto_matching.pairs import Pairs
from tragitto_matching.sides_problem import SidePrices, Sides

#: Prices of caps are whole numbers of this part of a point.
_PARTS = 32
_MOST_STEPS = 120
#: Steps without a better bound before they become half as long.
_PATIENCE = 4
_SHORTEST = 0.01
#: The share of the bound by which the score to be reached is taken to be lower.
_HOPE = 0.02
#: How many of the last assignments are worth a repair.
_LAST = 2


@dataclass(frozen=True, kw_only=True)
class Priced:
    """The bound and its prices, what each pair costs beside the best (in points, rounded down), and the last
    assignments.
    """

    bound: int
    prices: SidePrices
    reduced: Longs
    assignments: tuple[Ints, ...]


@dataclass(frozen=True, kw_only=True)
class _Step:
    prices: list[Longs]
    #: In parts of a point.
    bound: int
    taken: list[Ints]
    assignment: Assignment


def search(pairs: Pairs, seats: Ints, sides: Sides) -> Priced:
    """Lower the bound by subgradient steps until they help no more."""
    asked = _Asked(pairs, seats, sides)
    step = asked.at([np.zeros(len(cap.most), np.int64) for cap in sides.caps], None)
    best, made, length, idle = step, [step.assignment.post_of], 1.0, 0
    for _ in range(_MOST_STEPS):
        slope = [taken - cap.most for taken, cap in zip(step.taken, sides.caps, strict=True)]
        steepness = _steepness(step, slope)
        if not steepness or length < _SHORTEST:
            break
        # Polyak's step towards a score that is taken to be a little below the best bound.
        stride = length * _HOPE * best.bound / steepness
        prices = [
            np.maximum(0, old + np.rint(stride * way).astype(np.int64))
            for old, way in zip(step.prices, slope, strict=True)
        ]
        step = asked.at(prices, step.assignment)
        made.append(step.assignment.post_of)
        idle += 1
        if step.bound < best.bound:
            best, idle = step, 0
        elif idle >= _PATIENCE:
            step, length, idle = best, length / 2, 0
    proof = asked.published(best)
    return Priced(
        bound=best.bound // _PARTS,
        prices=proof,
        reduced=asked.reduced(proof),
        assignments=tuple(made[-_LAST:]),
    )


def _steepness(step: _Step, slope: list[Ints]) -> float:
    """The square of the slope, but for prices at 0 that would fall."""
    ways = zip(slope, step.prices, strict=True)
    return float(sum(int((way[(way > 0) | (price > 0)].astype(np.int64) ** 2).sum()) for way, price in ways))


class _Asked:
    def __init__(self, pairs: Pairs, seats: Ints, sides: Sides) -> None:
        self.pairs, self.seats, self.sides = pairs, seats, sides
        self.post = np.repeat(np.arange(pairs.posts, dtype=np.int32), np.diff(pairs.ptr))
        nothing = np.full(pairs.posts, -1, np.int32), np.empty(0, np.int32)
        classes = sides.classes
        self.group, self.group_seats = nothing if classes is None else (classes.label, classes.most)

    def at(self, prices: list[Longs], before: Assignment | None) -> _Step:
        """The bound at these prices: the best assignment when pairs cost them, and the caps sold for them."""
        pairs, caps = self.pairs, self.sides.caps
        score = pairs.score.astype(np.int64) * _PARTS - self._charged(prices)[self.post]
        kept = score > 0
        ptr = np.zeros(pairs.posts + 1, np.int64)
        np.cumsum(np.bincount(self.post[kept], minlength=pairs.posts), out=ptr[1:])
        charged = Pairs(
            ptr=ptr,
            candidate=pairs.candidate[kept],
            score=score[kept].astype(np.int32),
            count=pairs.count,
        )
        found = assign(charged, self.seats, group=self.group, group_seats=self.group_seats, before=before)
        sold = sum(int((price * cap.most).sum()) for price, cap in zip(prices, caps, strict=True))
        taken = [_taken(found.post_of, cap.label, len(cap.most)) for cap in caps]
        return _Step(prices=prices, bound=found.value + sold, taken=taken, assignment=found)

    def published(self, step: _Step) -> SidePrices:
        """The prices of a step, all in the unit of its auction, of which a part of a point has `scale`."""
        found = step.assignment
        return SidePrices(
            of_post=found.post_prices,
            of_class=found.group_prices,
            of_caps=tuple(price * found.scale for price in step.prices),
            scale=found.scale * _PARTS,
        )

    def reduced(self, prices: SidePrices) -> Longs:
        """What the bound falls by at least, in points, if a pair has to be made."""
        pairs = self.pairs
        price = prices.of_post + np.append(prices.of_class, 0)[self.group]
        price += self._charged(prices.of_caps)
        gain = pairs.score.astype(np.int64) * prices.scale - price[self.post]
        best = np.zeros(pairs.count, np.int64)
        np.maximum.at(best, pairs.candidate, gain)
        lost: Longs = (best[pairs.candidate] - gain) // prices.scale
        return lost

    def _charged(self, prices: Sequence[Longs]) -> Longs:
        """What a seat of each post costs for the caps it stands under."""
        total = np.zeros(self.pairs.posts, np.int64)
        for price, cap in zip(prices, self.sides.caps, strict=True):
            total += np.append(price, 0)[cap.label]
        return total


def _taken(post_of: Ints, label: Ints, count: int) -> Ints:
    labels = label[post_of[post_of >= 0]]
    return np.bincount(labels[labels >= 0], minlength=count).astype(np.int32)
