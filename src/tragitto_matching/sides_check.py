"""Checks an assignment with side conditions and its bound, apart from what made them.

Whatever the prices are, as long as none is below 0: what a candidate could gain at best at these prices,
summed over all candidates, and what all places that are for sale cost together, is at least what any
assignment scores that keeps the conditions (Lagrangian duality; Geoffrion 1974). Scores are whole, so what is
left of a point in the bound is dropped.
"""

from dataclasses import dataclass

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.judging import MOST, is_whole, times, total
from tragitto_matching.pairs import Pairs
from tragitto_matching.sides_problem import SidedAssignment, SidePrices, Sides


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What was found: the score reached, what the prices prove at most, and every rule that is broken."""

    value: int
    bound: int
    faults: tuple[str, ...]

    @property
    def proves_optimum(self) -> bool:
        """Whether all rules are kept, and the prices alone prove that none scores more."""
        return not self.faults and self.value == self.bound


def check(pairs: Pairs, seats: Ints, sides: Sides, found: SidedAssignment) -> Judgement:
    """Check the assignment, what it says of itself, and what its prices prove.

    A bound below that of the prices is no fault if it says that HiGHS found it by a search; nor is it proved.
    """
    post_of, most = found.post_of, pairs.posts - 1
    if post_of.shape != (pairs.count,) or post_of.min(initial=-1) < -1 or post_of.max(initial=-1) > most:
        raise ValueError("post_of must hold a post or -1 for each candidate.")
    wrong = list(faults(pairs, seats, sides, post_of))
    value = int(pairs.score[post_of[pairs.candidate] == _posts(pairs)].sum(dtype=np.int64))
    bound = _bound(pairs, seats, sides, found.prices)
    if found.value != value:
        wrong.append(f"the value is said to be {found.value}, and is {value}")
    if found.priced_bound != bound:
        wrong.append(f"the prices are said to prove {found.priced_bound}, and prove {bound}")
    if not value <= found.bound <= bound or (found.proof == "prices" and found.bound != bound):
        wrong.append(f"the bound {found.bound} does not rest on what it is said to")
    return Judgement(value=value, bound=bound, faults=tuple(wrong))


def _bound(pairs: Pairs, seats: Ints, sides: Sides, prices: SidePrices) -> int:
    """What no assignment under these conditions can score more than."""
    sold = [(np.arange(pairs.posts, dtype=np.int32), seats, prices.of_post)]
    if sides.classes is not None:
        sold.append((sides.classes.label, sides.classes.most, prices.of_class))
    sold += [(cap.label, cap.most, of) for cap, of in zip(sides.caps, prices.of_caps, strict=True)]
    cost, income = np.zeros(pairs.posts, np.int64), 0
    for label, most, of in sold:
        if of.shape != most.shape or of.dtype != np.int64:
            raise ValueError("There must be one price for each post, each class and each label of a cap.")
        if of.min(initial=0) < 0 or int(of.max(initial=0)) * len(sold) >= MOST:
            raise ValueError("A price is out of the range in which it can prove anything.")
        cost += np.append(of, 0)[label]
        income += times(most, of)
    if not is_whole(prices.scale) or not 1 <= prices.scale * max(1, int(pairs.score.max(initial=0))) < MOST:
        raise ValueError("The scale is out of the range in which prices can prove anything.")
    gain: Longs = pairs.score.astype(np.int64) * prices.scale - cost[_posts(pairs)]
    most_of = np.zeros(pairs.count, np.int64)
    np.maximum.at(most_of, pairs.candidate, gain)
    return (total(most_of) + income) // prices.scale


def faults(pairs: Pairs, seats: Ints, sides: Sides, post_of: Ints) -> tuple[str, ...]:
    """Every condition that the assignment breaks, in words."""
    found = []
    keys = np.sort(_keys(pairs, pairs.candidate, _posts(pairs)))
    who = np.flatnonzero(post_of >= 0).astype(np.int32)
    strangers = who[~np.isin(_keys(pairs, who, post_of[who]), keys)]
    found += [f"candidate {one} is not eligible for post {post_of[one]}" for one in strangers.tolist()]
    taken = np.bincount(post_of[post_of >= 0], minlength=pairs.posts).astype(np.int32)
    found += [f"post {post} has more people than seats" for post in np.flatnonzero(taken > seats).tolist()]
    for number, cap in enumerate(sides.caps):
        size = _sizes(taken, cap.label, len(cap.most))
        found += [
            f"label {one} of cap {number} has too many" for one in np.flatnonzero(size > cap.most).tolist()
        ]
    if sides.classes is not None:
        classes = sides.classes
        size = _sizes(taken, classes.label, len(classes.most))
        found += [f"class {one} has too many" for one in np.flatnonzero(size > classes.most).tolist()]
        few = (size > 0) & (size < classes.least)
        found += [f"class {one} has too few" for one in np.flatnonzero(few).tolist()]
    return tuple(found)


def _posts(pairs: Pairs) -> Ints:
    """The post of each pair."""
    return np.repeat(np.arange(pairs.posts, dtype=np.int32), np.diff(pairs.ptr))


def _keys(pairs: Pairs, candidate: Ints, post: Ints) -> Longs:
    return post.astype(np.int64) * pairs.count + candidate


def _sizes(taken: Ints, label: Ints, count: int) -> Ints:
    """How many people are in all posts of each label."""
    return np.bincount(label[label >= 0], taken[label >= 0], minlength=count).astype(np.int32)
