"""The way from scored pairs to ranked lists by the compiled kernel, the rows shared among threads."""

import ctypes
from dataclasses import replace
from typing import Any

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.kernels.calling import even_rows, numbers, pointers, share_out, threads_for
from tragitto_matching.pairs import Pairs
from tragitto_matching.ranking_lists import Rankings

ASTRAY = "The candidates of a post go up in its pairs, and none is there twice."
#: Candidates that the kernel turns round at a time (`BLOCK` in ranking.c), and the longest row it compares.
_BLOCK, _SHORT_ROW = 32_768, 64


def by_score(
    library: ctypes.CDLL, pairs: Pairs, stands: Ints | None, wished: tuple[Ints, Ints] | None, threads: int
) -> dict[str, Any]:
    """The arrays of the rankings (see `ranking.by_score`, which has checked what comes in)."""
    size, threads = len(pairs.score), threads_for(len(pairs.score), threads)
    listed, tied = np.empty(size, np.int32), np.empty(size, np.bool_)
    place = np.empty(size, np.int32)
    longest = int(np.diff(pairs.ptr).max(initial=0))

    def rank_posts(first: int, last: int) -> None:
        keys = np.empty((2, longest), np.uint64)
        given = (pairs.ptr, pairs.candidate, pairs.score, stands, listed, place, tied)
        at, lot = np.empty((2, longest), np.int32)
        rank = library.ranking_posts
        rank.restype = ctypes.c_int64
        astray.append(rank(*numbers(first, last), *pointers(*given, at, lot, keys[0], keys[1])))

    astray: list[int] = []
    share_out(rank_posts, even_rows(pairs.ptr, threads))
    if sum(astray):
        raise ValueError(ASTRAY)
    candidate_ptr, post, placed, wish = _turned(library, pairs, place, wished, threads)
    return {
        "candidate_ptr": candidate_ptr,
        "post": post,
        "place": placed,
        "post_ptr": pairs.ptr,
        "candidate": listed,
        "wish": wish,
        "candidate_tied": tied if tied.any() else None,
    }


def _turned(
    library: ctypes.CDLL, pairs: Pairs, place: Ints, wished: tuple[Ints, Ints] | None, threads: int
) -> tuple[Longs, Ints, Ints, Ints]:
    size, posts = len(pairs.score), pairs.posts
    candidate_ptr = np.zeros(pairs.count + 1, np.int64)
    post, placed, wish = (np.empty(size, np.int32) for _ in range(3))
    first_region, region = wished or (None, None)
    top = int(pairs.score.max(initial=1))
    room = max(posts, 2 * _BLOCK * size // max(pairs.count, 1), 1)

    def turn(first: int, last: int) -> None:
        cursor, fill = np.empty(posts, np.int64), np.empty(_BLOCK, np.int64)
        begun = library.ranking_cursors
        begun.restype = ctypes.c_int64
        base = begun(*numbers(first, posts), *pointers(pairs.ptr, pairs.candidate, cursor))
        worth, row = np.empty(room, np.uint32), max(posts, _SHORT_ROW)
        rank, keys = np.empty(row, np.int32), np.empty((2, row), np.uint64)
        library.ranking_candidates(
            *numbers(first, last, base, posts, top),
            *pointers(pairs.ptr, pairs.candidate, pairs.score, place, first_region, region),
            *pointers(cursor, candidate_ptr, post, placed, wish),
            *numbers(room),
            *pointers(fill, worth, rank, keys[0], keys[1]),
        )

    bounds = np.linspace(0, pairs.count, threads + 1).astype(np.int64)
    share_out(turn, bounds)
    return candidate_ptr, post, placed, wish


def redrawn(library: ctypes.CDLL, rankings: Rankings, stands: Ints) -> Rankings:
    """The posts' lists with equals in the order of `stands`; the places are still those of before."""
    longest = int(np.diff(rankings.post_ptr).max(initial=0))
    candidate, wish = rankings.candidate.copy(), rankings.wish.copy()

    def put(first: int, last: int) -> None:
        keys, at = np.empty((2, longest), np.uint64), np.empty(longest, np.int32)
        given = (rankings.post_ptr, rankings.candidate_tied, stands, candidate, wish)
        library.ranking_redraw(*numbers(first, last), *pointers(*given, keys[0], keys[1], at))

    share_out(put, even_rows(rankings.post_ptr, threads_for(len(wish))))
    return replace(rankings, candidate=candidate, wish=wish)


def places(library: ctypes.CDLL, rankings: Rankings) -> tuple[Ints, Ints]:
    """The place of each entry of the candidates' lists, and where the equals of that place begin."""
    place, tier = np.zeros((2, len(rankings.post)), np.int32)
    lists = (rankings.post_ptr, rankings.candidate, rankings.wish, rankings.candidate_tied)

    def tell(first: int, last: int) -> None:
        given = (*lists, rankings.candidate_ptr, place, tier)
        library.ranking_places(*numbers(first, last), *pointers(*given))

    share_out(tell, even_rows(rankings.post_ptr, threads_for(len(rankings.post))))
    return place, tier
