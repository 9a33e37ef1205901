"""The judge of a stable match: who has a justified complaint, who sits where there is no seat or no wish.

Shares no code with what matches (`stable`, kernels/stable.c), and answers with names, not with a yes or no.
"""

import ctypes

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.kernels import compiled
from tragitto_matching.ranking_compiled import even_rows, numbers, pointers, share_out, threads_for
from tragitto_matching.ranking_lists import Rankings, first_of_tier


def blocking_pairs(
    rankings: Rankings, seats: Ints, post_of: Ints, *, weakly: bool = False
) -> list[tuple[int, int]]:
    """Candidates and posts that would both rather have each other than what they have; () = stable.

    The order of the lists counts, lots included: a complaint may be of one who drew the better lot. With
    `weakly` equals count as equal: only who is ranked higher, and wishes the post more, complains.
    """
    ask_match(rankings, seats, post_of)
    if not weakly and _complaints(rankings, seats, post_of) == 0:
        return []
    owner = np.repeat(np.arange(rankings.candidates), np.diff(rankings.candidate_ptr))
    wish, place, own, worst = _standings(rankings, post_of, owner, weakly)
    free = np.bincount(post_of[post_of >= 0], minlength=rankings.posts) < seats
    wants = wish < own[owner]
    wanted = free[rankings.post] | (place < worst[rankings.post])
    found = np.flatnonzero(wants & wanted)
    return list(zip(owner[found].tolist(), rankings.post[found].tolist(), strict=True))


def overfull(seats: Ints, post_of: Ints) -> list[int]:
    """Posts with more people than seats."""
    filled = np.bincount(post_of[post_of >= 0], minlength=len(seats))
    return [int(post) for post in np.flatnonzero(filled > seats)]


def unacceptable(rankings: Rankings, post_of: Ints) -> list[int]:
    """Candidates who have a post that does not list them or that they do not list."""
    own, _ = own_and_worst(rankings, post_of)
    return [int(candidate) for candidate in np.flatnonzero(own < 0)]


def taken_places(rankings: Rankings, post_of: Ints) -> tuple[Ints, Ints]:
    """For each post how many people it has, and the worst place it took (-1 = nobody's)."""
    _, worst = own_and_worst(rankings, post_of)
    return np.bincount(post_of[post_of >= 0], minlength=rankings.posts).astype(np.int32), worst


def ask_match(rankings: Rankings, seats: Ints, post_of: Ints) -> None:
    """Raise `ValueError` unless the arrays are of these rankings."""
    ask_seats(rankings, seats)
    if post_of.dtype != np.int32 or post_of.shape != (rankings.candidates,):
        raise ValueError("A match has one int32 for each candidate.")
    if not post_of.flags.c_contiguous:
        raise ValueError("The posts of a match lie one after the other in memory.")
    if len(post_of) and not (post_of.min() >= -1 and post_of.max() < rankings.posts):
        raise ValueError("A post of the match is not there.")


def ask_seats(rankings: Rankings, seats: Ints) -> None:
    """Raise `ValueError` unless every post has its number of seats."""
    if seats.dtype != np.int32 or seats.shape != (rankings.posts,):
        raise ValueError("The seats are one int32 for each post.")
    if len(seats) and int(seats.min()) < 0:
        raise ValueError("A post has no fewer than 0 seats.")


def _complaints(rankings: Rankings, seats: Ints, post_of: Ints) -> int:
    """How many pairs block; counted by the kernel where it is there."""
    own, worst = own_and_worst(rankings, post_of)
    filled = np.bincount(post_of[post_of >= 0], minlength=rankings.posts)
    reach = np.where(filled < seats, np.int32(np.iinfo(np.int32).max), worst).astype(np.int32)
    library = compiled()
    if library is None:
        owner = np.repeat(np.arange(rankings.candidates), np.diff(rankings.candidate_ptr))
        within = np.arange(len(owner)) - rankings.candidate_ptr[owner]
        return int(((within < own[owner]) & (rankings.place < reach[rankings.post])).sum())
    count = library.stable_complaints
    count.restype = ctypes.c_int64
    found: list[int] = []

    def complaints(first: int, last: int) -> None:
        given = (rankings.candidate_ptr, rankings.post, rankings.place, own, reach)
        found.append(count(*numbers(first, last), *pointers(*given)))

    share_out(complaints, even_rows(rankings.candidate_ptr, threads_for(len(rankings.post), 0)))
    return sum(found)


def own_and_worst(rankings: Rankings, post_of: Ints) -> tuple[Ints, Ints]:
    """Where in their list each candidate's post stands (end = none, -1 = not in it), and the worst places."""
    library = compiled()
    if library is None:
        owner = np.repeat(np.arange(rankings.candidates), np.diff(rankings.candidate_ptr))
        _, _, stands, reach = _standings(rankings, post_of, owner, False)
        return stands.astype(np.int32), reach.astype(np.int32)
    own = np.empty(rankings.candidates, np.int32)
    parts: list[Ints] = []

    def standing(first: int, last: int) -> None:
        worst = np.full(rankings.posts, -1, np.int32)
        parts.append(worst)
        given = (rankings.candidate_ptr, rankings.post, rankings.place, post_of, own, worst)
        library.stable_standing(*numbers(first, last), *pointers(*given))

    share_out(standing, even_rows(rankings.candidate_ptr, threads_for(len(rankings.post), 0)))
    taken: Ints = np.full(rankings.posts, -1, np.int32)
    for part in parts:
        np.maximum(taken, part, out=taken)
    return own, taken


def _standings(
    rankings: Rankings, post_of: Ints, owner: Longs, weakly: bool
) -> tuple[Longs, Longs, Longs, Longs]:
    """Wish and place of each entry, each candidate's own, each post's worst; tiers if `weakly`."""
    wish = np.arange(len(owner)) - rankings.candidate_ptr[owner]
    place = rankings.place.astype(np.int64)
    if weakly:
        wish = first_of_tier(rankings.candidate_ptr, rankings.post_tied)
        of_place = first_of_tier(rankings.post_ptr, rankings.candidate_tied)
        place = of_place[rankings.post_ptr[rankings.post] + place]
    have = rankings.post == post_of[owner]
    own = np.where(post_of < 0, np.diff(rankings.candidate_ptr), -1)
    own[owner[have]] = wish[have]
    worst = np.full(rankings.posts, -1, np.int64)
    np.maximum.at(worst, rankings.post[have], place[have])
    return wish, place, own, worst
