"""Ranked lists of both sides: out of scores, out of people's own lists, and with the lots drawn anew."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tragitto_matching import lottery, ranking_compiled
from tragitto_matching.instance import Instance, Ints, Longs
from tragitto_matching.kernels import compiled
from tragitto_matching.pairs import Pairs
from tragitto_matching.ranking_lists import Flags, Rankings, ask_rows, first_of_tier

__all__ = ["Listed", "Rankings", "by_score", "drawn", "from_lists", "from_tiers", "own_first", "places"]

#: A list as a person gives it, best first: an entry alone, or several that are liked as much.
type Listed = Sequence[int | Sequence[int]]


def by_score(
    pairs: Pairs, *, instance: Instance | None = None, seed: int | None = None, threads: int = 0
) -> Rankings:
    """Rankings from scores alone, for a round without wishes.

    A post ranks by score; equals by the lots of the seed, or by seniority without one; they stay known as
    equals. A candidate is taken to wish, by a rule that is published: first the posts in the region wished
    most (where the instance is given), among them those with the higher score, of equal ones the post filed
    earlier. `threads` = 0 takes what the machine has. Raises `ValueError` on pairs that are none.
    """
    _ask_pairs(pairs)
    stands = None if seed is None else lottery.order(seed, pairs.count)
    wished = None if instance is None else _wished(instance, pairs)
    if library := compiled():
        made = ranking_compiled.by_score(library, pairs, stands, wished, threads)
        return Rankings(**made, seed=seed)
    owner = np.repeat(np.arange(pairs.posts, dtype=np.int32), np.diff(pairs.ptr))
    if ((np.diff(pairs.candidate) <= 0) & (np.diff(owner) == 0)).any():
        raise ValueError(ranking_compiled.ASTRAY)
    away = np.zeros(len(owner), np.bool_)
    if wished is not None:
        away = wished[0][pairs.candidate] != wished[1][owner]
    strictly = np.lexsort((owner, -pairs.score, away))
    wish_tier = np.empty(len(owner), np.int64)
    wish_tier[strictly] = np.arange(len(owner))
    return from_tiers(
        candidate=pairs.candidate,
        post=owner,
        wish_tier=wish_tier,
        place_tier=-pairs.score.astype(np.int64),
        shape=(pairs.count, pairs.posts),
        seed=seed,
    )


def from_lists(candidates: Sequence[Listed], posts: Sequence[Listed], *, seed: int | None = None) -> Rankings:
    """Rankings from people's own lists; an entry that is itself a list holds those that are liked as much.

    A pair counts only if each lists the other. Raises `ValueError` for an entry twice in a list, and for one
    that is not there.
    """
    theirs = _tiers_of(candidates, len(posts), "candidate")
    ours = _tiers_of(posts, len(candidates), "post")
    mutual = [(i, j) for i, tiers in enumerate(theirs) for j in tiers if i in ours[j]]
    return from_tiers(
        candidate=np.array([i for i, _ in mutual], np.int32),
        post=np.array([j for _, j in mutual], np.int32),
        wish_tier=np.array([theirs[i][j] for i, j in mutual], np.int64),
        place_tier=np.array([ours[j][i] for i, j in mutual], np.int64),
        shape=(len(candidates), len(posts)),
        seed=seed,
    )


def from_tiers(
    *,
    candidate: Ints,
    post: Ints,
    wish_tier: Longs,
    place_tier: Longs,
    shape: tuple[int, int],
    seed: int | None = None,
) -> Rankings:
    """Rankings from pairs with the tier each side puts the other in (lower = better, equal = liked as much).

    `shape` is how many candidates and posts there are. Equal candidates are put in order by lot, or by
    seniority without a seed; posts that a candidate likes as much by the order in which they were filed.
    Raises `ValueError` for a pair that is there twice, or with somebody who is not there.
    """
    _ask_pair_ends(candidate, post, shape)
    stands = lottery.order(seed, shape[0])
    by_candidate = np.lexsort((post, wish_tier, candidate))
    by_post = np.lexsort((stands[candidate], place_tier, post))
    candidate_ptr, post_ptr = _ptr(candidate, shape[0]), _ptr(post, shape[1])
    place, wish = np.empty(len(post), np.int32), np.empty(len(post), np.int32)
    wish[by_candidate] = np.arange(len(post)) - candidate_ptr[candidate[by_candidate]]
    place[by_post] = np.arange(len(post)) - post_ptr[post[by_post]]
    return Rankings(
        candidate_ptr=candidate_ptr,
        post=post[by_candidate].astype(np.int32),
        place=place[by_candidate],
        post_ptr=post_ptr,
        candidate=candidate[by_post].astype(np.int32),
        wish=wish[by_post],
        post_tied=_equals(candidate[by_candidate], wish_tier[by_candidate]),
        candidate_tied=_equals(post[by_post], place_tier[by_post]),
        seed=seed,
    )


def drawn(rankings: Rankings, seed: int | None, *, first: Flags | None = None) -> Rankings:
    """The same lists with equal candidates in order anew: those marked `first`, then by lot or seniority."""
    if rankings.candidate_tied is None:
        return replace(rankings, seed=seed)
    stands = lottery.order(seed, rankings.candidates)
    if first is not None:
        stands = np.where(first, stands, stands + np.int32(rankings.candidates)).astype(np.int32)
    if library := compiled():
        made = ranking_compiled.redrawn(library, rankings, stands)
    else:
        order = np.lexsort((stands[rankings.candidate], np.cumsum(~rankings.candidate_tied)))
        made = replace(rankings, candidate=rankings.candidate[order], wish=rankings.wish[order])
    return replace(made, place=places(made)[0], seed=seed)


def own_first(rankings: Rankings, post_of: Ints) -> Rankings:
    """The same lists with each candidate's post before those that they wish as much."""
    if rankings.post_tied is None:
        return rankings
    owner = np.repeat(np.arange(rankings.candidates), np.diff(rankings.candidate_ptr))
    own = np.flatnonzero(rankings.post == post_of[owner])
    begin = (
        rankings.candidate_ptr[owner[own]] + first_of_tier(rankings.candidate_ptr, rankings.post_tied)[own]
    )
    # Of each such row of equals up to their own: where it stood, and where it stands now.
    length = own - begin + 1
    offset = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    now = np.repeat(begin, length) + offset
    before = np.where(offset == 0, np.repeat(own, length), now - 1)
    post, place, wish = rankings.post.copy(), rankings.place.copy(), rankings.wish.copy()
    post[now], place[now] = rankings.post[before], rankings.place[before]
    wish[rankings.post_ptr[post[now]] + place[now]] = now - rankings.candidate_ptr[owner[now]]
    return replace(rankings, post=post, place=place, wish=wish)


def places(rankings: Rankings) -> tuple[Ints, Ints]:
    """For each entry of the candidates' lists its place, and where the equals of that place begin."""
    if (rankings.wish >= np.diff(rankings.candidate_ptr)[rankings.candidate]).any():
        raise ValueError("A wish of a post's list is beyond the candidate's list.")
    if library := compiled():
        return ranking_compiled.places(library, rankings)
    place, tier = np.zeros((2, len(rankings.post)), np.int32)
    entry = rankings.candidate_ptr[rankings.candidate] + rankings.wish
    place[entry] = np.arange(len(entry)) - np.repeat(rankings.post_ptr[:-1], np.diff(rankings.post_ptr))
    tier[entry] = first_of_tier(rankings.post_ptr, rankings.candidate_tied)
    return place, tier


def _wished(instance: Instance, pairs: Pairs) -> tuple[Ints, Ints]:
    first, region = instance.candidates.first_region, instance.posts.region
    if len(first) != pairs.count or len(region) != pairs.posts:
        raise ValueError("The pairs and the instance differ in the number of candidates or posts.")
    return np.ascontiguousarray(first, np.int32), np.ascontiguousarray(region, np.int32)


def _tiers_of(lists: Sequence[Listed], others: int, side: str) -> list[dict[int, int]]:
    made: list[dict[int, int]] = []
    for number, listed in enumerate(lists):
        tier_of: dict[int, int] = {}
        for tier, entry in enumerate(listed):
            for one in [entry] if isinstance(entry, int) else entry:
                if one in tier_of:
                    raise ValueError(f"The list of {side} {number} has {one} twice.")
                if not 0 <= one < others:
                    raise ValueError(f"The list of {side} {number} has {one}, which is not there.")
                tier_of[one] = tier
        made.append(tier_of)
    return made


def _equals(row: Ints, tier: Longs) -> Flags | None:
    tied = np.zeros(len(row), np.bool_)
    tied[1:] = (row[1:] == row[:-1]) & (tier[1:] == tier[:-1])
    return tied if tied.any() else None


def _ptr(row: Ints, rows: int) -> Longs:
    ptr = np.zeros(rows + 1, np.int64)
    np.cumsum(np.bincount(row, minlength=rows), out=ptr[1:])
    return ptr


def _ask_pairs(pairs: Pairs) -> None:
    ask_rows("pairs", pairs.ptr, pairs.candidate, pairs.count)
    if pairs.score.dtype != np.int32 or pairs.score.shape != pairs.candidate.shape:
        raise ValueError("The scores are one int32 for each pair.")
    if not pairs.score.flags.c_contiguous:
        raise ValueError("The scores lie one after the other in memory.")
    if len(pairs.score) and int(pairs.score.min()) < 1:
        raise ValueError("A score is a whole number of at least 1.")


def _ask_pair_ends(candidate: Ints, post: Ints, shape: tuple[int, int]) -> None:
    for name, values, count in (("candidate", candidate, shape[0]), ("post", post, shape[1])):
        if len(values) and not (values.min() >= 0 and values.max() < count):
            raise ValueError(f"A {name} of a pair is not there.")
    if len(candidate) and len(np.unique(candidate.astype(np.int64) * shape[1] + post)) < len(candidate):
        raise ValueError("A pair is there twice.")
