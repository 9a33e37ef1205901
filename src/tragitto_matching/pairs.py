"""Eligible pairs with their scores, by post, and the best of each post.

Who meets every demand of a post is eligible for it; `explaining` says of one pair why, or why not.
"""

from dataclasses import dataclass

import numpy as np

from tragitto_matching import pairs_compiled, pairs_numpy
from tragitto_matching.instance import Instance, Ints, Longs
from tragitto_matching.kernels import compiled

#: So many pairs are looked at together, so that a look at all of them takes no memory.
_LOOK = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """The eligible pairs of m posts and n candidates, row by row (compressed sparse rows).

    The pairs of post j are `ptr[j]:ptr[j+1]`: `candidate` ascends within a post, `score` is a whole number
    of at least 1. Shapes: ptr (m+1,), candidate and score (pairs,).
    """

    ptr: Longs
    candidate: Ints
    score: Ints
    #: How many candidates there are, with or without a pair.
    count: int

    @property
    def posts(self) -> int:
        """How many posts there are."""
        return len(self.ptr) - 1


def eligible_pairs(instance: Instance, *, threads: int = 0) -> Pairs:
    """Every eligible pair with its score. Who is placed is in none; `threads` 0 = as many as there are."""
    return pairs_and_top(instance, 0, threads=threads)[0]


def pairs_and_top(instance: Instance, k: int, *, threads: int = 0) -> tuple[Pairs, Ints]:
    """The eligible pairs and the best k candidates of each post, in one pass.

    The second is what `top` gives: (m, k), greatest score first, of equals the lower candidate, then -1.
    """
    _check_k(k)
    library = compiled()
    if library is None:
        ptr, candidate, score = pairs_numpy.eligible_pairs(instance)
        best = pairs_numpy.top(ptr, candidate, score, k)
    else:
        ptr, candidate, score, best = pairs_compiled.pairs_and_top(library, instance, k, threads)
    return Pairs(ptr=ptr, candidate=candidate, score=score, count=len(instance.candidates.codes)), best


def top(pairs: Pairs, k: int) -> Ints:
    """The best k candidates of each post, (m, k): greatest score first, of equals the lower, then -1."""
    _check_k(k)
    check(pairs)
    library = compiled()
    if library is None:
        return pairs_numpy.top(pairs.ptr, pairs.candidate, pairs.score, k)
    return pairs_compiled.top(library, pairs.ptr, pairs.candidate, pairs.score, k)


def check(pairs: Pairs) -> None:
    """Raise `ValueError` if the arrays are not what `Pairs` says, so that no kernel reads beside them."""
    for name, kind in (("ptr", np.int64), ("candidate", np.int32), ("score", np.int32)):
        column = getattr(pairs, name)
        if column.dtype != kind or column.ndim != 1 or not column.flags.c_contiguous:
            raise ValueError(f"{name} must be one piece of {np.dtype(kind).name} in one dimension.")
    size = len(pairs.candidate)
    if len(pairs.score) != size:
        raise ValueError("candidate and score must be equally long.")
    if not len(pairs.ptr) or pairs.ptr[0] != 0 or pairs.ptr[-1] != size or (np.diff(pairs.ptr) < 0).any():
        raise ValueError("ptr must ascend from 0 to the number of pairs.")
    if not size:
        return
    if pairs.candidate.min() < 0 or pairs.candidate.max() >= pairs.count:
        raise ValueError("candidate must lie between 0 and the number of candidates.")
    if pairs.score.min() < 1:
        raise ValueError("score must be at least 1.")
    for first in range(1, size, _LOOK):
        block = pairs.candidate[first - 1 : first + _LOOK]
        falls = np.flatnonzero(block[1:] <= block[:-1]) + first
        # Where a post has no pairs, the next one begins at the same place.
        if (pairs.ptr[np.searchsorted(pairs.ptr, falls)] != falls).any():
            raise ValueError("candidate must ascend within each post.")


def _check_k(k: int) -> None:
    if not 0 <= k < 2**31:
        raise ValueError("k must be 0 or more.")
