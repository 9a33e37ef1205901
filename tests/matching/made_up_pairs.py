"""Small random pairs with seats and groups, and the best assignment by trying everything."""

from functools import cache
from typing import NamedTuple

import numpy as np

from tragitto_matching.instance import Ints
from tragitto_matching.pairs import Pairs

NO_PAIRS = np.empty((0, 2), np.int32)


class Given(NamedTuple):
    """What an assignment is made of."""

    pairs: Pairs
    seats: Ints
    group: Ints
    group_seats: Ints


def pairs_of(*rows: dict[int, int], count: int) -> Pairs:
    """Pairs written out: for each post the scores of its candidates."""
    sizes = [len(row) for row in rows]
    return Pairs(
        ptr=np.cumsum([0, *sizes]).astype(np.int64),
        candidate=np.array([who for row in rows for who in sorted(row)], np.int32),
        score=np.array([row[who] for row in rows for who in sorted(row)], np.int32),
        count=count,
    )


def random_pairs(chance: np.random.Generator, candidates: int, posts: int) -> Pairs:
    """Few or many pairs, with few or many different scores."""
    n, m = int(chance.integers(1, candidates)), int(chance.integers(1, posts))
    made = chance.random((m, n)) < chance.random()
    ptr = np.zeros(m + 1, np.int64)
    np.cumsum(made.sum(axis=1), out=ptr[1:])
    candidate = np.nonzero(made)[1].astype(np.int32)
    highest = int(chance.choice([1, 3, 10, 900]))
    score = chance.integers(1, highest + 1, len(candidate)).astype(np.int32)
    return Pairs(ptr=ptr, candidate=candidate, score=score, count=n)


def random_given(seed: int, candidates: int = 14, posts: int = 9) -> Given:
    """Pairs with seats, some of none, and with up to three groups."""
    chance = np.random.default_rng(seed)
    pairs = random_pairs(chance, candidates, posts)
    groups = int(chance.integers(0, 4))
    group = chance.integers(-1, groups, pairs.posts) if groups else np.full(pairs.posts, -1)
    return Given(
        pairs,
        chance.integers(0, 5, pairs.posts).astype(np.int32),
        group.astype(np.int32),
        chance.integers(0, 6, groups).astype(np.int32),
    )


def best_by_trying(given: Given, forced: Ints = NO_PAIRS, forbidden: Ints = NO_PAIRS) -> int:
    """The greatest score of any assignment: candidates one after the other, every post or none."""
    pairs = given.pairs
    scores: list[dict[int, int]] = [{} for _ in range(pairs.count)]
    for post in range(pairs.posts):
        for at in range(pairs.ptr[post], pairs.ptr[post + 1]):
            scores[pairs.candidate[at]][post] = int(pairs.score[at])
    for who, post in forbidden.tolist():
        scores[who].pop(post, None)
    for who, post in forced.tolist():
        scores[who] = {post: scores[who].get(post, 0)}
    must = set(forced[:, 0].tolist())
    group = given.group.tolist()

    @cache
    def best(who: int, left: tuple[int, ...], group_left: tuple[int, ...]) -> int:
        if who == pairs.count:
            return 0
        found = -(10**9) if who in must else best(who + 1, left, group_left)
        for post, score in scores[who].items():
            of = group[post]
            if left[post] and (of < 0 or group_left[of]):
                rest = (*left[:post], left[post] - 1, *left[post + 1 :])
                others = (
                    group_left if of < 0 else (*group_left[:of], group_left[of] - 1, *group_left[of + 1 :])
                )
                found = max(found, score + best(who + 1, rest, others))
        return found

    return best(0, tuple(given.seats.tolist()), tuple(given.group_seats.tolist()))
