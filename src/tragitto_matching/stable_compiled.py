"""Deferred acceptance by the compiled kernel."""

import ctypes

import numpy as np

from tragitto_matching.instance import Bits, Ints, Longs
from tragitto_matching.kernels.calling import numbers, pointers
from tragitto_matching.ranking_lists import Asked, Flags, Rankings

_END = np.iinfo(np.int32).max


def candidates_propose(library: ctypes.CDLL, rankings: Asked, seats: Ints) -> tuple[Ints, int]:
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


def largest(library: ctypes.CDLL, rankings: Rankings, seats: Ints, tier: Ints) -> tuple[Flags, Ints]:
    """Who took the second chance, and everybody's post; `tier` = where an entry's equals begin (`places`)."""
    seats, offset, heap = _heaps(rankings, seats)
    held, unsure = np.zeros((2, rankings.posts), np.int32)
    at, look = rankings.candidate_ptr[:-1].copy(), rankings.candidate_ptr[:-1].copy()
    chances, post_of = np.zeros(rankings.candidates, np.bool_), np.full(rankings.candidates, -1, np.int32)
    lists = (rankings.candidate_ptr, rankings.post, rankings.place, tier, rankings.post_tied)
    theirs = (seats, offset, rankings.post_ptr, rankings.candidate)
    library.stable_largest(
        *numbers(rankings.candidates, rankings.posts),
        *pointers(*lists, *theirs, heap, held, unsure, at, look, chances, post_of),
    )
    return chances, post_of


def _heaps(rankings: Asked, seats: Ints) -> tuple[Ints, Longs, Bits]:
    """Seats that somebody could take, where each post's begin, and room for all."""
    seats = np.minimum(seats, np.diff(rankings.post_ptr)).astype(np.int32)
    offset = np.zeros(rankings.posts + 1, np.int64)
    np.cumsum(seats, out=offset[1:])
    return seats, offset, np.empty(int(offset[-1]), np.uint64)
