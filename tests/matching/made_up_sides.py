"""Small random side conditions, many at once: four people and three posts each; the best by trying all."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Ints
from tragitto_matching.pairs import Pairs
from tragitto_matching.sides_problem import Cap, Classes, Sides

PEOPLE, POSTS, LABELS = 4, 3, 2
#: Every way to seat four people at three posts or nowhere (-1).
WAYS = np.array(list(product(range(-1, POSTS), repeat=PEOPLE)))

type Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Small:
    """Scores (k, people, posts), 0 = not eligible; seats (k, posts); two caps and a class by their labels."""

    score: Numbers
    seats: Numbers
    #: (k, 3, posts) and (k, 3, labels): the caps, then the classes.
    label: Numbers
    most: Numbers
    least: Numbers


def drawn(chance: np.random.Generator, count: int, *, only_groups: bool = False) -> Small:
    """Few or many pairs, with few or many different scores, and limits that often bind.

    With only groups there are no caps that bind, and classes of any size up to their most take place.
    """
    highest = chance.choice([1, 3, 30], (count, 1, 1))
    is_eligible = chance.random((count, PEOPLE, POSTS)) < chance.random((count, 1, 1))
    most = chance.integers(0, 4, (count, 3, LABELS))
    if only_groups:
        most[:, :2] = PEOPLE
    return Small(
        score=chance.integers(1, highest + 1, (count, PEOPLE, POSTS)) * is_eligible,
        seats=chance.integers(0, 4, (count, POSTS)),
        label=chance.integers(-1, LABELS, (count, 3, POSTS)),
        most=most,
        least=np.minimum(chance.integers(0, 1 if only_groups else 4, (count, LABELS)), most[:, 2]),
    )


def best_by_trying(small: Small) -> Numbers:
    """The greatest score that keeps every condition, for each: all 256 ways counted."""
    nowhere = np.zeros((*small.score.shape[:2], 1), np.int64)
    score = np.concatenate([small.score, nowhere], axis=2)
    picked = np.stack([score[:, who, WAYS[:, who]] for who in range(PEOPLE)], axis=2)
    taken = (WAYS[:, :, None] == np.arange(POSTS)).sum(axis=1)
    kept = ((picked > 0) | (WAYS < 0)).all(axis=2) & (taken <= small.seats[:, None]).all(axis=2)
    belongs = small.label[:, :, None, :] == np.arange(LABELS)[:, None]
    size = np.einsum("klbp,wp->kwlb", belongs.astype(np.int64), taken)
    kept &= (size <= small.most[:, None]).all(axis=(2, 3))
    inside = size[:, :, 2]
    kept &= ((inside == 0) | (inside >= small.least[:, None])).all(axis=2)
    best: Numbers = np.where(kept, picked.sum(axis=2), 0).max(axis=1)
    return best


def side_by_side(small: Small, these: slice) -> tuple[Pairs, Ints, Sides]:
    """Some of them as one: each has its own people, posts and labels."""
    score, seats, label, most, least = (
        column[these] for column in (small.score, small.seats, small.label, small.most, small.least)
    )
    count = len(score)
    by_post = score.transpose(0, 2, 1).reshape(count * POSTS, PEOPLE)
    post, who = np.nonzero(by_post)
    pairs = Pairs(
        ptr=np.searchsorted(post, np.arange(count * POSTS + 1)).astype(np.int64),
        candidate=(post // POSTS * PEOPLE + who).astype(np.int32),
        score=by_post[post, who].astype(np.int32),
        count=count * PEOPLE,
    )
    own = np.where(label < 0, -1, label + LABELS * np.arange(count)[:, None, None]).astype(np.int32)
    limits = most.astype(np.int32)
    labels = [(own[:, kind].ravel(), limits[:, kind].ravel()) for kind in range(3)]
    given = Sides(
        caps=tuple(Cap(label=each, most=limit) for each, limit in labels[:2]),
        classes=Classes(label=labels[2][0], least=least.astype(np.int32).ravel(), most=labels[2][1]),
    )
    return pairs, seats.astype(np.int32).ravel(), given
