"""Checks an assignment and its proof, with NumPy alone and no line in common with what made them.

Whatever the prices are, as long as none is below 0: what a candidate could gain at best at these prices,
summed over all candidates, and what all seats cost together, is at least what any assignment scores (weak
duality; Kuhn 1955). So a bound less than one point above the score reached proves that no assignment scores
more, for scores are whole. Prices that cannot be computed with, or in units that are none, prove nothing.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, Protocol

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.judging import MOST, are_prices, is_whole, times, total
from tragitto_matching.pairs import Pairs

_NO_PAIRS = np.empty((0, 2), np.int32)


class Claimed(Protocol):
    """An assignment that is said to be best: as `assignment.Assignment`."""

    @property
    def post_of(self) -> Ints: ...
    @property
    def post_prices(self) -> Longs: ...
    @property
    def group_prices(self) -> Longs: ...
    @property
    def scale(self) -> int: ...
    @property
    def value(self) -> int: ...


class _Prices(NamedTuple):
    own: Longs
    common: Longs
    scale: int


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What was found: the score reached, what the prices prove at most, and every rule that is broken."""

    value: int
    bound: Fraction
    faults: tuple[str, ...]

    @property
    def gap(self) -> Fraction:
        """How many points another assignment could score more, at most."""
        return self.bound - self.value

    @property
    def proves_optimum(self) -> bool:
        """Whether all rules are kept and none can score more."""
        return not self.faults and self.gap < 1


def check(
    pairs: Pairs,
    seats: Ints,
    assignment: Claimed,
    *,
    group: Ints | None = None,
    group_seats: Ints | None = None,
    forced: Ints = _NO_PAIRS,
    forbidden: Ints = _NO_PAIRS,
) -> Certificate:
    """Check the assignment of these pairs and seats, and what its prices prove."""
    if group is None or group_seats is None:
        group, group_seats = np.full(pairs.posts, -1, np.int32), np.empty(0, np.int32)
    faults = _faults(pairs, seats, assignment, (group, group_seats), (forced, forbidden))
    post = np.repeat(np.arange(pairs.posts, dtype=np.int32), np.diff(pairs.ptr))
    is_made = assignment.post_of[pairs.candidate] == post
    value = int(pairs.score[is_made].sum(dtype=np.int64))
    if not is_whole(assignment.value) or assignment.value != value:
        faults.append(f"the value is said to be {assignment.value}, and is {value}")
    prices, wrong = _prices(pairs, assignment)
    is_forced = np.zeros(len(post), np.bool_)
    if len(forced):
        is_forced = np.isin(_keys(pairs, pairs.candidate, post), _keys(pairs, forced[:, 0], forced[:, 1]))
    settled = int(pairs.score[is_forced].sum(dtype=np.int64))
    # What is forced takes its seats away from the others.
    left = seats - np.bincount(forced[:, 1], minlength=pairs.posts)
    members = group[forced[:, 1]]
    group_left = group_seats - np.bincount(members[members >= 0], minlength=len(group_seats))
    price = prices.own + np.append(prices.common, 0)[group]
    gains = _gains(pairs, post, price, prices.scale, (forced, forbidden))
    dual = total(gains) + times(left, prices.own) + times(group_left, prices.common)
    bound = settled + Fraction(dual, prices.scale)
    return Certificate(value=value, bound=bound, faults=(*faults, *wrong))


def _prices(pairs: Pairs, assignment: Claimed) -> tuple[_Prices, list[str]]:
    """The prices to compute with: none, in points, instead of those that cannot be; and why they cannot."""
    own, common, scale = assignment.post_prices, assignment.group_prices, assignment.scale
    found = []
    highest = int(pairs.score.max(initial=0))
    if not is_whole(scale) or scale < 1 or scale * highest >= MOST:
        found.append(f"the scale {scale} is no number of units to a point that can be computed with")
    if not are_prices(own, common):
        found.append("the prices are no whole numbers that can be computed with")
    elif min(own.min(initial=0), common.min(initial=0)) < 0:
        found.append("a price is below 0")
    if found:
        return _Prices(np.zeros(own.shape, np.int64), np.zeros(common.shape, np.int64), 1), found
    return _Prices(own, common, int(scale)), found


def _gains(pairs: Pairs, post: Ints, price: Longs, scale: int, given: tuple[Ints, Ints]) -> Longs:
    """The most that each candidate who is free could gain at these prices, 0 = nothing."""
    forced, forbidden = given
    gain = pairs.score.astype(np.int64) * scale - price[post]
    if len(forbidden):
        keys = _keys(pairs, forbidden[:, 0], forbidden[:, 1])
        gain[np.isin(_keys(pairs, pairs.candidate, post), keys)] = 0
    most = np.zeros(pairs.count, np.int64)
    np.maximum.at(most, pairs.candidate, gain)
    most[forced[:, 0]] = 0
    return most


def _faults(
    pairs: Pairs, seats: Ints, assignment: Claimed, groups: tuple[Ints, Ints], given: tuple[Ints, Ints]
) -> list[str]:
    """Every rule that the assignment or its prices break."""
    post_of, (group, group_seats), (forced, forbidden) = assignment.post_of, groups, given
    if (
        post_of.shape != (pairs.count,)
        or post_of.min(initial=-1) < -1
        or post_of.max(initial=-1) >= pairs.posts
    ):
        raise ValueError("post_of must hold a post or -1 for each candidate.")
    if assignment.post_prices.shape != (pairs.posts,) or assignment.group_prices.shape != group_seats.shape:
        raise ValueError("There must be one price for each post and each group.")
    faults = [
        f"candidate {who} is not in the forced post {to}" for who, to in forced.tolist() if post_of[who] != to
    ]
    faults += [
        f"candidate {who} is in the forbidden post {to}"
        for who, to in forbidden.tolist()
        if post_of[who] == to
    ]
    who = np.flatnonzero(post_of >= 0).astype(np.int32)
    who = who[~np.isin(who, forced[:, 0])]
    eligible = _keys(
        pairs, pairs.candidate, np.repeat(np.arange(pairs.posts, dtype=np.int32), np.diff(pairs.ptr))
    )
    strangers = who[~np.isin(_keys(pairs, who, post_of[who]), eligible)]
    faults += [f"candidate {one} is not eligible for post {post_of[one]}" for one in strangers.tolist()]
    taken = np.bincount(post_of[post_of >= 0], minlength=pairs.posts)
    faults += [f"post {one} has more people than seats" for one in np.flatnonzero(taken > seats).tolist()]
    grouped = group >= 0
    inside = np.bincount(group[grouped], taken[grouped], minlength=len(group_seats))
    faults += [
        f"group {one} has more people than seats" for one in np.flatnonzero(inside > group_seats).tolist()
    ]
    return faults


def _keys(pairs: Pairs, candidate: Ints, post: Ints) -> Longs:
    return post.astype(np.int64) * pairs.count + candidate
