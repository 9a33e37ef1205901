"""Even shortlists by the compiled kernel (`kernels/shortlists.c`)."""

import ctypes
from typing import Any

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.shortlists_input import Task


def even(library: ctypes.CDLL, task: Task) -> tuple[Longs, Ints]:
    """The pair at each place (-1 = nobody), and the level of each candidate."""
    pairs, base = task.pairs, task.base
    posts, people, places = pairs.posts, pairs.count, int(base[-1])
    if places >= 2**31:
        raise ValueError("There are more places on lists than can be counted.")
    held, post_of = np.full(places, -1, np.int64), np.repeat(np.arange(posts, dtype=np.int32), np.diff(base))
    by_person = np.zeros((5, people), np.int32)
    by_person[:2] = -1
    by_place, by_post = np.empty((2, places), np.int32), np.zeros(4 * posts + 2, np.int32)
    rows, way = np.empty((2, posts), np.int64), np.empty(posts + 1, np.int64)
    heap = np.empty(int(np.diff(base).max(initial=0)) + 1, np.int64)
    # The kernel writes in these two.
    on, looks = task.on.copy(), np.array(task.looks, np.int32)
    ptr = np.ascontiguousarray(pairs.ptr, np.int64)
    candidate, score = (np.ascontiguousarray(array, np.int32) for array in (pairs.candidate, pairs.score))
    given: tuple[Any, ...] = (ptr, candidate, score, base, held, post_of, on, looks)
    room: tuple[Any, ...] = (by_person, by_place, by_post, rows, way, heap, task.order)
    library.shortlists_even(
        *(ctypes.c_void_p(array.ctypes.data) for array in (*given, *room)),
        *(ctypes.c_int64(number) for number in (posts, people, places)),
        ctypes.c_int32(task.most),
    )
    return held, by_person[1]
