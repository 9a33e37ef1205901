"""Deferred acceptance by the compiled kernel."""

import ctypes

import numpy as np

from tragitto_matching.instance import Bits, Ints, Longs
from tragitto_matching.ranking_compiled import numbers, pointers
from tragitto_matching.ranking_lists import Flags, Rankings

_END = np.iinfo(np.int32).max


def candidates_propose(library: ctypes.CDLL, rankings: Rankings, seats: Ints) -> tuple[Ints, int]:
    """Each candidate's post when candidates propose, and how many proposals that took."""
    seats, offset, heap = _heaps(rankings, seats)
    held, cut = np.zeros(rankings.posts, np.int32), np.where(seats > 0, _END, -1).astype(np.int32)
    at, post_of = rankings.candidate_ptr[:-1].copy(), np.full(rankings.candidates, -1, np.int32)
    lists = (rankings.candidate_ptr, rankings.post, rankings.place)
    library.stable_candidates(
        *numbers(rankings.candidates, rankings.posts),
        *pointers(*lists, seats, offset, heap, held, cut, at, post_of),
    )
    return post_of, int((at - rankings.candidate_ptr[:-1]).sum())


def posts_propose(library: ctypes.CDLL, rankings: Rankings, seats: Ints) -> tuple[Ints, int]:
    """Each candidate's post when posts propose, and how many proposals that took."""
    nobody = np.iinfo(np.uint64).max
    holds, at = np.full(rankings.candidates, nobody, np.uint64), rankings.post_ptr[:-1].copy()
    stack, stacked = np.empty(rankings.posts, np.int32), np.zeros(rankings.posts, np.uint8)
    lists, free = (rankings.post_ptr, rankings.candidate, rankings.wish), seats.copy()
    library.stable_posts(*numbers(rankings.posts), *pointers(*lists, holds, free, at, stack, stacked))
    post_of = np.where(holds == nobody, -1, (holds & np.uint64(0xFFFFFFFF)).astype(np.int64))
    return post_of.astype(np.int32), int((at - rankings.post_ptr[:-1]).sum())


def second_chance(library: ctypes.CDLL, rankings: Rankings, seats: Ints, tier: Ints) -> Flags:
    """Who needs the second chance; `tier` says where the equals of each entry begin in the post's list."""
    seats, offset, heap = _heaps(rankings, seats)
    held, at = np.zeros(rankings.posts, np.int32), rankings.candidate_ptr[:-1].copy()
    chances = np.zeros(rankings.candidates, np.bool_)
    lists = (rankings.candidate_ptr, rankings.post, rankings.place, tier)
    library.stable_second_chance(
        *numbers(rankings.candidates),
        *pointers(*lists, seats, offset, rankings.post_ptr, rankings.candidate, heap, held, at, chances),
    )
    return chances


def _heaps(rankings: Rankings, seats: Ints) -> tuple[Ints, Longs, Bits]:
    """Seats that somebody could take, where each post's begin, and room for all."""
    seats = np.minimum(seats, np.diff(rankings.post_ptr)).astype(np.int32)
    offset = np.zeros(rankings.posts + 1, np.int64)
    np.cumsum(seats, out=offset[1:])
    return seats, offset, np.empty(int(offset[-1]), np.uint64)
