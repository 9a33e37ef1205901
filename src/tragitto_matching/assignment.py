"""Who gets which post so that the total score is greatest, proved by prices.

An auction with falling epsilon (Bertsekas and Castañón 1989, 1993; `kernels/assignment.c`): candidates bid
for seats; each post and each group of posts has a price. At the end nobody could do better at these prices
by more than epsilon, and nothing that has empty seats costs anything. The prices are the proof, and
`certificate` checks it with code of its own: what any assignment could reach is less than one point above
this one, and scores are whole, so none is better. Of several best ones this is always the same, everywhere.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from tragitto_matching import assignment_compiled, assignment_plain
from tragitto_matching.assignment_problem import (
    Prices,
    Problem,
    Settled,
    first_come,
    problem,
    scores_of,
    seats_left,
    settled,
)
from tragitto_matching.instance import Ints, Longs
from tragitto_matching.kernels import compiled
from tragitto_matching.pairs import Pairs

type Found = tuple[Ints, Ints, Prices]
NO_PAIRS = np.empty((0, 2), np.int32)
#: Epsilon falls by this factor from phase to phase.
_FACTOR = 20
#: Prices come down between phases by this many times the epsilon of the one before, which made them too high.
_LOWER = 2
#: As good as no end of bids.
_MOST_BIDS = 2**62


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Where each candidate sits, and the prices that prove it, in units of 1/scale of a point.

    A seat costs the price of its post and that of the group the post stands in. Without a group, or where one
    has empty seats, its price is 0, and so is that of a post with empty seats.
    """

    #: (n,) the post of each candidate, -1 = none.
    post_of: Ints
    #: (m,) and (k,)
    post_prices: Longs
    group_prices: Longs
    scale: int
    #: The total score; who is forced into a post without being eligible adds nothing.
    value: int
    #: False if the bids were over before the optimum was proved: `certificate.check` then says how far it is.
    is_finished: bool


class _Asked(NamedTuple):
    pairs: Pairs
    seats: Ints
    given: Settled


class _Auction(Protocol):
    def start(self, epsilon: int, lower: int) -> None: ...
    def forward(self, most: int) -> int: ...
    def waits(self) -> bool: ...
    def reverse(self) -> None: ...
    def gap(self) -> int: ...
    def seat(self, post_of: Ints, held: Ints, prices: Prices) -> None: ...
    def result(self) -> Found: ...


def assign(
    pairs: Pairs,
    seats: Ints,
    *,
    group: Ints | None = None,
    group_seats: Ints | None = None,
    forced: Ints = NO_PAIRS,
    forbidden: Ints = NO_PAIRS,
    before: Assignment | None = None,
    bids: int | None = None,
    in_place: bool = False,
) -> Assignment:
    """The assignment of the greatest total score: at most one post for each, no more than `seats` at a post.

    `group` (m,) puts each post into at most one group (-1 = none) of no more than `group_seats` people. Pairs
    of candidate and post in `forced` are kept whatever they score, those in `forbidden` never made. `before`,
    an assignment of the same candidates and posts, saves most of the work where little changed; among equally
    good ones it may lead to another than a fresh start does. After so many `bids` it ends as it then is, the
    same on every machine. `in_place` lets the arrays of `pairs` serve as memory: nobody else may read them
    meanwhile, and afterwards they are what they were; without it 4 to 8 bytes a pair are needed beside them.
    Raises `ValueError` for what cannot be.
    """
    given = settled(pairs, seats, (group, group_seats), forced, forbidden)
    task = problem(pairs, seats, given)
    seated = None if before is None else _resumed(task, before)
    library = compiled()
    with (
        assignment_plain.auction(task)
        if library is None
        else assignment_compiled.auction(library, task, in_place=in_place)
    ) as auction:
        if seated is not None:
            auction.seat(*seated)
        is_finished = _run(auction, task, bids, is_warm=before is not None)
        found = auction.result()
    return _answer(_Asked(pairs, seats, given), task, found, is_finished=is_finished)


def _resumed(task: Problem, before: Assignment) -> Found:
    """An earlier assignment to go on from: the auction lets go who may not stay or would rather move."""
    if len(before.post_of) != task.count or before.post_prices.shape != task.seats.shape:
        raise ValueError("before must be of the same candidates and posts.")
    if before.group_prices.shape != task.group_seats.shape:
        raise ValueError("before must be of the same groups.")
    who = np.flatnonzero(before.post_of >= 0).astype(np.int32)
    scores = scores_of(task, who, before.post_of[who])
    post_of, held = np.full(len(before.post_of), -1, np.int32), np.zeros(len(before.post_of), np.int32)
    held[who] = scores
    post_of[who] = np.where(scores > 0, before.post_of[who], -1)
    who = np.flatnonzero(post_of >= 0).astype(np.int32)
    who = who[first_come(post_of[who], task.seats)]
    members = task.group[post_of[who]]
    who = who[(members < 0) | first_come(members, task.group_seats)]
    seated = np.full(len(post_of), -1, np.int32)
    seated[who] = post_of[who]
    return seated, held, _prices_kept(task, seated, before)


def _prices_kept(task: Problem, seated: Ints, before: Assignment) -> Prices:
    """Yesterday's prices of what is still full: what has empty seats begins at nothing."""
    taken = np.bincount(seated[seated >= 0], minlength=len(task.seats))
    grouped = task.group >= 0
    inside = np.bincount(task.group[grouped], taken[grouped], minlength=len(task.group_seats))
    common = np.where(inside < task.group_seats, 0, _to_scale(before.group_prices, before, task))
    before_common = np.append(before.group_prices, 0)[task.group]
    own = np.where(taken < task.seats, 0, _to_scale(before.post_prices + before_common, before, task))
    return Prices(own=own, common=common)


def _to_scale(prices: Longs, before: Assignment, task: Problem) -> Longs:
    whole, rest = np.divmod(prices, before.scale)
    highest = task.scale * task.highest
    kept: Longs = np.minimum(whole * task.scale + rest * task.scale // before.scale, highest)
    return kept


def _answer(asked: _Asked, task: Problem, found: Found, *, is_finished: bool) -> Assignment:
    pairs, given = asked.pairs, asked.given
    post_of, held, prices = found
    value = int(held[post_of >= 0].sum(dtype=np.int64))
    common = np.append(prices.common, 0)[given.group]
    own, of_groups = np.maximum(prices.own - common, 0), prices.common.copy()
    # Closed posts cost more than anybody could gain there.
    left, group_left = seats_left(asked.seats, given)
    highest = task.scale * int(pairs.score.max(initial=0))
    own[left == 0] = highest
    of_groups[group_left == 0] = highest
    post_of[given.forced[:, 0]] = given.forced[:, 1]
    value += int(scores_of(pairs, given.forced[:, 0], given.forced[:, 1]).sum())
    return Assignment(
        post_of=post_of,
        post_prices=own,
        group_prices=of_groups,
        scale=task.scale,
        value=value,
        is_finished=is_finished,
    )


def _run(auction: _Auction, task: Problem, bids: int | None, *, is_warm: bool) -> bool:
    """Phases of falling epsilon, until the prices prove the optimum; whether there were bids enough for that.

    With an epsilon of one unit they always do: n candidates are each one unit from their best choice at most,
    and a point has n + 1 units.
    """
    epsilon = task.scale if is_warm else task.highest * task.scale // _FACTOR
    lower, left = 0, _MOST_BIDS if bids is None else bids
    while True:
        epsilon = max(epsilon, 1)
        auction.start(epsilon, lower)
        left -= auction.forward(left)
        if auction.waits():
            return False
        auction.reverse()
        if epsilon == 1 or auction.gap() < task.scale:
            return True
        lower = _LOWER * epsilon
        epsilon //= _FACTOR
