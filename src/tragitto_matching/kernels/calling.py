"""How kernels are called: numbers and arrays as C takes them, and rows shared among threads."""

import ctypes
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

#: Less work than this is done before another thread has woken up.
_WORTH_A_THREAD = 500_000
#: Each thread has room of its own for what it works on.
_MOST = 64


def threads_for(work: int, wished: int = 0) -> int:
    """How many threads share so many rows or pairs: as many as wished, for 0 as the work is worth.

    Never more than rows, or than 64. Raises `ValueError` on a wish below 0.
    """
    if wished < 0:
        raise ValueError("Threads are a whole number of at least 0.")
    worth = min(wished, work) if wished else min(_processors(), work // _WORTH_A_THREAD)
    return max(1, min(worth, _MOST))


def _processors() -> int:
    """Those that this process may run on: in a container fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def even_rows(ptr: npt.NDArray[np.int64], parts: int) -> npt.NDArray[np.int64]:
    """Bounds of ranges of rows with about as many entries each."""
    wanted = np.linspace(0, int(ptr[-1]), parts + 1)[1:-1]
    inner = np.searchsorted(ptr, wanted).astype(np.int64)
    return np.concatenate([[0], inner, [len(ptr) - 1]]).astype(np.int64)


def share_out(work: Callable[[int, int], None], bounds: npt.NDArray[np.int64]) -> None:
    """Do the work for each range of rows, each in a thread of its own."""
    ranges = [(first, last) for first, last in pairwise(bounds.tolist()) if first < last]
    if len(ranges) < 2:
        for first, last in ranges:
            work(first, last)
        return
    with ThreadPoolExecutor(len(ranges)) as pool:
        for done in [pool.submit(work, first, last) for first, last in ranges]:
            done.result()


def numbers(*values: int) -> tuple[ctypes.c_int64, ...]:
    """Whole numbers as the kernels take them."""
    return tuple(ctypes.c_int64(value) for value in values)


def pointers(*arrays: npt.NDArray[Any] | None) -> tuple[ctypes.c_void_p, ...]:
    """Where arrays begin, as the kernels take them; nowhere for None."""
    return tuple(ctypes.c_void_p(None if array is None else array.ctypes.data) for array in arrays)
