"""The judge of a stable match: who has a justified complaint, whom another match would serve better, cutoffs.

Shares no code with what matches (`stable`, the kernels): NumPy alone, some millions of entries at a time. It
answers with names, not with a yes or no.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.ranking_lists import Rankings, first_of_tier
from tragitto_matching.stable_input import ask_match

type Side = Literal["candidates", "posts"]

#: So many entries of the lists are looked at at once.
_BLOCK = 4_000_000
_INT = np.iinfo(np.int32).max


def blocking_pairs(
    rankings: Rankings, seats: Ints, post_of: Ints, *, weakly: bool = False
) -> list[tuple[int, int]]:
    """Candidates and posts that would both rather have each other than what they have; () = stable.

    The order of the lists counts, lots included: a complaint may be of one who drew the better lot. With
    `weakly` equals count as equal: only who is ranked higher, and wishes the post more, complains.
    """
    ask_match(rankings, seats, post_of)
    tiers = _tiers(rankings) if weakly else None
    own, worst = _standings(rankings, post_of, tiers)
    beaten = _beaten_at(rankings, seats, post_of, worst)
    found = []
    for block in _blocks(rankings, tiers):
        post = rankings.post[block.entries]
        complains = np.flatnonzero((block.wish < block.spread(own)) & (block.place < beaten[post]))
        found += list(zip(block.owner(complains).tolist(), post[complains].tolist(), strict=True))
    return found


def overfull(seats: Ints, post_of: Ints) -> list[int]:
    """Posts with more people than seats."""
    filled = np.bincount(post_of[post_of >= 0], minlength=len(seats))
    return [int(post) for post in np.flatnonzero(filled > seats)]


def unacceptable(rankings: Rankings, post_of: Ints) -> list[int]:
    """Candidates who have a post that does not list them or that they do not list."""
    own, _ = _standings(rankings, post_of, None)
    return [int(candidate) for candidate in np.flatnonzero(own < 0)]


def unserved(rankings: Rankings, seats: Ints, post_of: Ints, side: Side) -> list[int]:
    """Candidates of a ring along which this stable match could become better for `side`; () = it is the best.

    A stable match is not the best for a side exactly if there is such a ring, a *rotation* (Irving & Leather
    1986). For candidates: the first on each post's list who would rather be there, in a circle of the posts
    that these people have. For posts: the next post on each person's list that would rather have them, in a
    circle of the people whom it would let go.
    """
    ask_match(rankings, seats, post_of)
    own, worst = _standings(rankings, post_of, None)
    if side == "candidates":
        comes = _first_who_would_come(rankings, own)
        ring = _ring(np.where(comes < 0, -1, post_of[comes]) if len(post_of) else comes)
        return sorted(int(comes[post]) for post in ring)
    wanted = _next_that_would_take(rankings, seats, post_of, (own, worst))
    full = (wanted >= 0) & (_filled(rankings, post_of) >= seats)[wanted] if rankings.posts else wanted >= 0
    leaves = np.full(rankings.candidates, -1, np.int64)
    leaves[full] = rankings.candidate[rankings.post_ptr[wanted[full]] + worst[wanted[full]]]
    return sorted(_ring(leaves))


def reached(rankings: Rankings, seats: Ints, post_of: Ints) -> list[int]:
    """The cutoffs of a match: the last place that is taken, or the last of all at a post with a free seat."""
    ask_match(rankings, seats, post_of)
    _, worst = _standings(rankings, post_of, None)
    listed, filled = np.diff(rankings.post_ptr).tolist(), _filled(rankings, post_of).tolist()
    return [
        listed[post] - 1 if filled[post] < seats[post] else int(worst[post]) for post in range(rankings.posts)
    ]


def _filled(rankings: Rankings, post_of: Ints) -> Longs:
    return np.bincount(post_of[post_of >= 0], minlength=rankings.posts)


def _tiers(rankings: Rankings) -> tuple[Ints, Ints]:
    """Wish and place of each entry of the candidates' lists, where equals count as equal."""
    of_place = first_of_tier(rankings.post_ptr, rankings.candidate_tied)
    return (
        first_of_tier(rankings.candidate_ptr, rankings.post_tied).astype(np.int32),
        of_place[rankings.post_ptr[rankings.post] + rankings.place].astype(np.int32),
    )


@dataclass(frozen=True)
class _Block:
    """The lists of some candidates: which people and entries, how many each has, their wishes and places."""

    first: int
    degree: Longs
    entries: slice
    wish: Ints
    place: Ints

    def spread(self, values: Ints) -> Ints:
        """What stands for each candidate, for each of their entries."""
        return np.repeat(values[self.first : self.first + len(self.degree)], self.degree)

    def owner(self, which: Longs) -> Longs:
        """Whose these entries of the block are."""
        return self.first + np.searchsorted(np.cumsum(self.degree), which, side="right")


def _blocks(rankings: Rankings, tiers: tuple[Ints, Ints] | None) -> Iterator[_Block]:
    """The candidates' lists, some at a time."""
    ptr, first = rankings.candidate_ptr, 0
    while first < rankings.candidates:
        last = max(first + 1, int(np.searchsorted(ptr, ptr[first] + _BLOCK, side="right")) - 1)
        entries, degree = slice(int(ptr[first]), int(ptr[last])), np.diff(ptr[first : last + 1])
        if tiers is None:
            begins = np.repeat((ptr[first:last] - ptr[first]).astype(np.int32), degree)
            wish = np.arange(len(begins), dtype=np.int32) - begins
            yield _Block(first, degree, entries, wish, rankings.place[entries])
        else:
            yield _Block(first, degree, entries, tiers[0][entries], tiers[1][entries])
        first = last


def _standings(rankings: Rankings, post_of: Ints, tiers: tuple[Ints, Ints] | None) -> tuple[Ints, Ints]:
    """Where each candidate's post stands in their list (end = none, -1 = not in it), the worst places."""
    own = np.where(post_of < 0, np.diff(rankings.candidate_ptr), -1).astype(np.int32)
    worst = np.full(rankings.posts, -1, np.int32)
    for block in _blocks(rankings, tiers):
        have = np.flatnonzero(rankings.post[block.entries] == block.spread(post_of))
        own[block.owner(have)] = block.wish[have]
        np.maximum.at(worst, rankings.post[block.entries][have], block.place[have])
    return own, worst


def _beaten_at(rankings: Rankings, seats: Ints, post_of: Ints, worst: Ints) -> Ints:
    """The place before which each post would rather have somebody: any where a seat is free."""
    return np.where(_filled(rankings, post_of) < seats, np.int32(_INT), worst)


def _first_who_would_come(rankings: Rankings, own: Ints) -> Longs:
    """For each post the first of its list who would rather be there than where they are; -1 = nobody."""
    nobody = rankings.candidates
    best = np.full(rankings.posts, nobody, np.int64)
    for block in _blocks(rankings, None):
        wants = block.wish < block.spread(own)
        np.minimum.at(best, rankings.post[block.entries][wants], block.place[wants])
    comes = np.full(rankings.posts, -1, np.int64)
    somebody = best < nobody
    comes[somebody] = rankings.candidate[rankings.post_ptr[:-1][somebody] + best[somebody]]
    return comes


def _next_that_would_take(
    rankings: Rankings, seats: Ints, post_of: Ints, standings: tuple[Ints, Ints]
) -> Longs:
    """For each candidate with a post the next of their list that would rather have them; -1 = none."""
    own, worst = standings
    beaten, end = _beaten_at(rankings, seats, post_of, worst), rankings.posts
    first = np.full(rankings.candidates, end, np.int64)
    for block in _blocks(rankings, None):
        post = rankings.post[block.entries]
        wanted = np.flatnonzero((block.wish > block.spread(own)) & (block.place < beaten[post]))
        np.minimum.at(first, block.owner(wanted), block.wish[wanted])
    found = np.full(rankings.candidates, -1, np.int64)
    there = first < end
    found[there] = rankings.post[rankings.candidate_ptr[:-1][there] + first[there]]
    return found


def _ring(follows: Longs | Ints) -> list[int]:
    """A circle in which each is followed by the one named; -1 = by nobody."""
    after, seen = follows.tolist(), [0] * len(follows)
    for begin in range(len(after)):
        at = begin
        while at >= 0 and not seen[at]:
            seen[at] = begin + 1
            at = after[at]
        if at >= 0 and seen[at] == begin + 1:
            ring = [at]
            while after[ring[-1]] != at:
                ring.append(after[ring[-1]])
            return ring
    return []
