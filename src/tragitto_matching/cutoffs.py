"""Cutoffs: one number for each post, with which everybody checks a placement from their own list alone.

A stable match is told by its cutoffs (Azevedo & Leshno 2016): everybody has the first post of their own list
whose cutoff they reach. So the cutoffs can be published, and nobody else's list is needed to check.
"""

from collections.abc import Iterable

import numpy as np

from tragitto_matching.instance import Ints
from tragitto_matching.kernels import compiled
from tragitto_matching.kernels.calling import even_rows, numbers, pointers, share_out, threads_for
from tragitto_matching.ranking_lists import Rankings
from tragitto_matching.stable_input import ask_match


def cutoffs(rankings: Rankings, seats: Ints, post_of: Ints) -> Ints:
    """For each post the last place of its list that is reached; -1 = nobody's.

    A post that is full reaches to the worst place it took, one with a free seat to the end of its list.
    """
    ask_match(rankings, seats, post_of)
    last = (np.diff(rankings.post_ptr) - 1).astype(np.int32)
    filled = np.bincount(post_of[post_of >= 0], minlength=rankings.posts)
    _, worst = own_and_worst(rankings, post_of)
    return np.where(filled < seats, last, worst).astype(np.int32)


def own_and_worst(rankings: Rankings, post_of: Ints) -> tuple[Ints, Ints]:
    """Where in their list each candidate's post stands (end = none, -1 = not in it), and the worst places."""
    library = compiled()
    own, taken = np.empty(rankings.candidates, np.int32), np.full(rankings.posts, -1, np.int32)
    if library is None:
        owner = np.repeat(np.arange(rankings.candidates), np.diff(rankings.candidate_ptr))
        have = np.flatnonzero(rankings.post == post_of[owner])
        own[:] = np.where(post_of < 0, np.diff(rankings.candidate_ptr), -1)
        own[owner[have]] = have - rankings.candidate_ptr[owner[have]]
        np.maximum.at(taken, rankings.post[have], rankings.place[have])
        return own, taken
    parts: list[Ints] = []

    def standing(first: int, last: int) -> None:
        worst = np.full(rankings.posts, -1, np.int32)
        parts.append(worst)
        given = (rankings.candidate_ptr, rankings.post, rankings.place, post_of, own, worst)
        library.stable_standing(*numbers(first, last), *pointers(*given))

    share_out(standing, even_rows(rankings.candidate_ptr, threads_for(len(rankings.post), 0)))
    for part in parts:
        np.maximum(taken, part, out=taken)
    return own, taken


def verify(own: Iterable[tuple[int, int]], reached: Ints) -> int | None:
    """The post that a person has, out of their own list alone; None = none of them.

    `own` is their list, best first, each post with the place it gives them (0 = first).
    """
    return next((post for post, place in own if place <= reached[post]), None)


def own_list(rankings: Rankings, candidate: int) -> list[tuple[int, int]]:
    """What a person needs to check their own placement: their posts, best first, with their place at each."""
    row = slice(int(rankings.candidate_ptr[candidate]), int(rankings.candidate_ptr[candidate + 1]))
    return list(zip(rankings.post[row].tolist(), rankings.place[row].tolist(), strict=True))
