"""What an auction is given: the free pairs after all that is settled beforehand, checked and laid out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.pairs import Pairs, check

type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Free pairs by post, and the seats that are left."""

    ptr: Longs
    candidate: Ints
    score: Ints
    #: How many candidates there are, and the highest score of a pair.
    count: int
    highest: int
    #: (m,) seats left: no more than one beyond the pairs of the post, which says the same.
    seats: Ints
    #: (m,) the group of each post, -1 = none; the seats left in each; the posts in order of group.
    group: Ints
    group_seats: Longs
    group_ptr: Longs
    group_posts: Ints
    #: Prices are in units of 1/scale of a point.
    scale: int


@dataclass(frozen=True, kw_only=True)
class Prices:
    """`own` (m,) of each post and `common` (k,) of each group: a seat costs the greater of the two."""

    own: Longs
    common: Longs


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What is given beside pairs and seats: groups, and pairs (k, 2) that are forced or forbidden."""

    group: Ints
    group_seats: Ints
    forced: Ints
    forbidden: Ints


def settled(
    pairs: Pairs, seats: Ints, groups: tuple[Ints | None, Ints | None], forced: Ints, forbidden: Ints
) -> Settled:
    """The arguments of `assign`, checked; raises `ValueError` with a sentence for what cannot be."""
    check(pairs)
    group, group_seats = groups
    _whole(seats, pairs.posts, "seats")
    if (group is None) != (group_seats is None):
        raise ValueError("group and group_seats go together.")
    if group is None or group_seats is None:
        group, group_seats = np.full(pairs.posts, -1, np.int32), np.empty(0, np.int32)
    if group.dtype != np.int32 or group.shape != (pairs.posts,):
        raise ValueError("group must hold one int32 for each post.")
    _whole(group_seats, len(group_seats), "group_seats")
    if len(group) and (group.min() < -1 or group.max() >= len(group_seats)):
        raise ValueError("group must lie between -1 and the number of groups.")
    for name, listed in (("forced", forced), ("forbidden", forbidden)):
        if listed.dtype != np.int32 or listed.ndim != 2 or listed.shape[1] != 2:
            raise ValueError(f"{name} must be int32 pairs of candidate and post, shape (pairs, 2).")
        if len(listed) and ((listed < 0).any() or (listed >= (pairs.count, pairs.posts)).any()):
            raise ValueError(f"{name} names a candidate or a post that is not there.")
    if len(np.unique(forced[:, 0])) != len(forced):
        raise ValueError("forced gives a candidate more than one post.")
    if set(map(tuple, forced.tolist())) & set(map(tuple, forbidden.tolist())):
        raise ValueError("A pair is both forced and forbidden.")
    return Settled(group=group, group_seats=group_seats, forced=forced, forbidden=forbidden)


def problem(pairs: Pairs, seats: Ints, given: Settled) -> Problem:
    """What is left to decide. Raises `ValueError` if those who are forced need more seats than there are."""
    left, group_left = seats_left(seats, given)
    ptr, candidate, score = _free(pairs, left, group_left, given)
    degree = np.diff(ptr)
    left = np.minimum(left, degree + 1).astype(np.int32)
    order = np.argsort(given.group, kind="stable").astype(np.int32)
    group_ptr = np.searchsorted(given.group[order], np.arange(len(group_left) + 1)).astype(np.int64)
    if len(group_left):
        inside = np.bincount(given.group[given.group >= 0], left[given.group >= 0], minlength=len(group_left))
        group_left = np.minimum(group_left, inside.astype(np.int64) + 1)
    scale, highest = pairs.count + 1, int(score.max(initial=0))
    if highest * scale * (pairs.count + 1) >= 2**61:
        raise ValueError("The scores are too great for so many candidates.")
    return Problem(
        ptr=ptr,
        candidate=candidate,
        score=score,
        count=pairs.count,
        highest=highest,
        seats=left,
        scale=scale,
        group=given.group,
        group_seats=group_left,
        group_ptr=group_ptr,
        group_posts=order,
    )


def seats_left(seats: Ints, given: Settled) -> tuple[Longs, Longs]:
    """Seats of posts and of groups when those who are forced have sat down."""
    taken = np.bincount(given.forced[:, 1], minlength=len(seats))
    left = seats - taken
    if (left < 0).any():
        raise ValueError("forced fills more seats than a post has.")
    members = given.group[given.forced[:, 1]]
    group_left = given.group_seats - np.bincount(members[members >= 0], minlength=len(given.group_seats))
    if (group_left < 0).any():
        raise ValueError("forced fills more seats than a group has.")
    return left.astype(np.int64), group_left.astype(np.int64)


def _closed_posts(left: Longs, group_left: Longs, group: Ints) -> Flags:
    """Posts that nobody more can take: without seats, or in a group without."""
    closed: Flags = left == 0
    grouped = group >= 0
    closed[grouped] |= group_left[group[grouped]] == 0
    return closed


def scores_of(pairs: Pairs | Problem, who: Ints, post: Ints) -> Longs:
    """The score of each pair named, 0 where it is not among the pairs: all looked up at once, by halving."""
    low, high = pairs.ptr[post], pairs.ptr[post + 1]
    end = high
    while (low < high).any():
        middle = (low + high) // 2
        above = pairs.candidate[np.minimum(middle, len(pairs.candidate) - 1)] < who
        low, high = (
            np.where((low < high) & above, middle + 1, low),
            np.where((low < high) & ~above, middle, high),
        )
    found = low < end
    found[found] = pairs.candidate[low[found]] == who[found]
    scores = np.zeros(len(who), np.int64)
    scores[found] = pairs.score[low[found]]
    return scores


def first_come(place: Ints, room: Longs | Ints) -> Flags:
    """Which entries find room at their place, when they come in order; a place below 0 has room for none."""
    order = np.argsort(place, kind="stable")
    ordered = place[order]
    turn = np.arange(len(place)) - np.searchsorted(ordered, ordered)
    found = np.zeros(len(place), np.bool_)
    found[order] = (ordered >= 0) & (turn < np.append(room, 0)[ordered])
    return found


def _free(pairs: Pairs, left: Longs, group_left: Longs, given: Settled) -> tuple[Longs, Ints, Ints]:
    """Pairs without those of forced candidates, of closed posts, and the forbidden ones."""
    closed = _closed_posts(left, group_left, given.group)
    if not (len(given.forced) or len(given.forbidden) or closed.any()):
        return pairs.ptr, pairs.candidate, pairs.score
    degree = np.diff(pairs.ptr)
    kept = np.repeat(~closed, degree)
    left_over = degree * ~closed
    if len(given.forced) or len(given.forbidden):
        post = np.repeat(np.arange(pairs.posts), degree)
        seated = np.zeros(pairs.count, np.bool_)
        seated[given.forced[:, 0]] = True
        kept &= ~seated[pairs.candidate]
        keys = given.forbidden[:, 1].astype(np.int64) * pairs.count + given.forbidden[:, 0]
        kept &= ~np.isin(post * pairs.count + pairs.candidate, keys)
        left_over = np.bincount(post[kept], minlength=pairs.posts)
    ptr = np.zeros(pairs.posts + 1, np.int64)
    np.cumsum(left_over, out=ptr[1:])
    return ptr, pairs.candidate[kept], pairs.score[kept]


def _whole(values: Ints, size: int, name: str) -> None:
    if values.dtype != np.int32 or values.shape != (size,):
        raise ValueError(f"{name} must hold one int32 for each.")
    if size and values.min() < 0:
        raise ValueError(f"{name} must be 0 or more.")
