"""Eligible pairs and the best of each post by the compiled kernel, shared among threads."""

import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Instance, Ints, Longs
from tragitto_matching.kernels.calling import threads_for
from tragitto_matching.pairs_numpy import offered

#: Candidates of a bucket that are worked on at once: their bitmaps of 4 kB stay near the processor.
_BLOCK = 32768
#: Bitmaps kept of a block before they are thrown away.
_SLOTS = 1024
#: Candidates × posts that cost about as much as one row of other kernels: a bitmap settles many at once.
_LOOKED_AT_AT_ONCE = 10
_NUMBERS = "langs profiles words dates block slots k units rows total next"
_POINTERS = (
    "regions licences shifts skills years levels schooling available first least_levels least_schooling "
    "least_years must_skills wished must_licences post_shifts date_rank date region set points most bucket "
    "members unit unit_profile unit_posts out_ptr out_candidate row mask day ptr cursor candidate score top"
)


class _Work(ctypes.Structure):
    """In step with `Work` in kernels/pairs.c."""

    _fields_ = [
        *((name, ctypes.c_int64) for name in _NUMBERS.split()),
        *((name, ctypes.c_void_p) for name in _POINTERS.split()),
    ]


def pairs_and_top(
    library: ctypes.CDLL, instance: Instance, k: int, threads: int
) -> tuple[Longs, Ints, Ints, Ints]:
    """`ptr`, `candidate` and `score` of `Pairs`, and the best k of each post."""
    posts = len(instance.posts.codes)
    count = threads_for(len(instance.candidates.codes) * posts // _LOOKED_AT_AT_ONCE, threads)
    bucket, members = _buckets(library, instance)
    columns = {**_columns(instance), **_units(instance, count), "bucket": bucket, "members": members}
    ptr = np.zeros(posts + 1, dtype=np.int64)
    work, kept = _Work(), dict(columns, ptr=ptr)
    work.langs, work.profiles = len(instance.languages), len(instance.profiles)
    work.words, work.dates = instance.candidates.skills.shape[1], len(columns["date"])
    largest = int(np.diff(bucket).max(initial=1))
    work.block, work.slots, work.k = min(_BLOCK, -(-largest // 64) * 64), _SLOTS, k
    work.units = len(columns["unit_profile"])
    work.rows, work.total = (len(instance.languages) + 10) // 8, len(members)
    kept["row"] = np.empty(work.rows * work.total, dtype=np.uint64)
    kept["mask"] = np.empty((3 + work.words) * work.total, dtype=np.uint64)
    kept["day"] = np.empty(work.total, dtype=np.int32)
    _point(work, kept)
    _shared(work, count, lambda: library.pairs_gather(ctypes.byref(work)))
    _pass(library, work, count, fill=0)
    np.cumsum(ptr, out=ptr)
    candidate, score = np.empty(ptr[-1], dtype=np.int32), np.empty(ptr[-1], dtype=np.int32)
    best = np.full((posts, k), -1, dtype=np.int32)
    kept |= {"cursor": ptr[:-1].copy(), "candidate": candidate, "score": score, "top": best}
    _point(work, kept)
    _pass(library, work, count, fill=1)
    return ptr, candidate, score, best


def top(library: ctypes.CDLL, ptr: Longs, candidate: Ints, score: Ints, k: int) -> Ints:
    """`pairs.top` of well-formed pairs."""
    posts = len(ptr) - 1
    best = np.full((posts, k), -1, dtype=np.int32)
    heap = np.empty(k + 1, dtype=np.uint64)
    library.pairs_top(
        *(ctypes.c_void_p(column.ctypes.data) for column in (ptr, candidate, score)),
        *(ctypes.c_int64(number) for number in (0, posts, k)),
        ctypes.c_void_p(best.ctypes.data),
        ctypes.c_void_p(heap.ctypes.data),
    )
    return best


def _point(work: _Work, columns: dict[str, npt.NDArray[np.generic]]) -> None:
    for name, column in columns.items():
        setattr(work, name, column.ctypes.data)


def _pass(library: ctypes.CDLL, work: _Work, threads: int, *, fill: int) -> None:
    library.pairs_scratch.restype = ctypes.c_int64
    size = library.pairs_scratch(ctypes.byref(work))

    def share() -> None:
        scratch = np.empty(size // 8 + 1, dtype=np.uint64)
        library.pairs_pass(ctypes.byref(work), ctypes.c_void_p(scratch.ctypes.data), ctypes.c_int64(fill))

    _shared(work, threads, share)


def _shared(work: _Work, threads: int, share: Callable[[], None]) -> None:
    """Let each thread draw units of work until none is left."""
    work.next = 0
    if threads == 1:
        share()
        return
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(share) for _ in range(threads)]:
            done.result()


def _buckets(library: ctypes.CDLL, instance: Instance) -> tuple[Longs, Ints]:
    """Where each profile's candidates begin, and the candidates, profile by profile."""
    profiles = offered(instance)
    sought = np.bincount(instance.posts.profile, minlength=64) > 0
    needed = int(np.packbits(sought, bitorder="little").view("<u8")[0])
    counts = np.zeros(64, dtype=np.int64)
    shared = ctypes.c_void_p(profiles.ctypes.data), ctypes.c_int64(len(profiles)), ctypes.c_uint64(needed)
    library.pairs_bucket_counts(*shared, ctypes.c_void_p(counts.ctypes.data))
    bucket = np.zeros(65, dtype=np.int64)
    np.cumsum(counts, out=bucket[1:])
    members, place = np.empty(bucket[-1], dtype=np.int32), bucket[:-1].copy()
    library.pairs_bucket_fill(
        *shared, ctypes.c_void_p(place.ctypes.data), ctypes.c_void_p(members.ctypes.data)
    )
    return bucket, members


def _columns(instance: Instance) -> dict[str, npt.NDArray[np.generic]]:
    held, asked = instance.candidates, instance.posts
    days = np.unique(asked.starts_on[asked.starts_on > 0])
    ranks = np.searchsorted(days, asked.starts_on).astype(np.int32)
    ranks[asked.starts_on == 0] = -1
    out = instance.excluded[np.lexsort((instance.excluded[:, 0], instance.excluded[:, 1]))]
    return {
        "regions": held.regions, "licences": held.licences, "shifts": held.shifts, "skills": held.skills,
        "years": held.years, "levels": held.levels, "schooling": held.schooling,
        "available": held.available_from, "first": held.first_region,
        "least_levels": asked.least_levels, "least_schooling": asked.least_schooling,
        "least_years": asked.least_years, "must_skills": asked.must_skills, "wished": asked.wished_skills,
        "must_licences": asked.must_licences, "post_shifts": asked.shifts, "date_rank": ranks, "date": days,
        "region": asked.region, "set": asked.weights,
        "points": instance.weights.points, "most": instance.weights.most,
        "out_ptr": np.searchsorted(out[:, 1], np.arange(len(asked.codes) + 1)).astype(np.int64),
        "out_candidate": np.ascontiguousarray(out[:, 0]),
    }  # fmt: skip


def _units(instance: Instance, threads: int) -> dict[str, npt.NDArray[np.generic]]:
    """The posts by profile, cut into pieces small enough that no thread waits long for the last one."""
    profile = instance.posts.profile
    posts = np.argsort(profile, kind="stable").astype(np.int32)
    size = max(1, len(posts) // (8 * threads)) if threads > 1 else len(posts) or 1
    bounds, profiles = [0], list[int]()
    for wanted, amount in enumerate(np.bincount(profile, minlength=1).tolist()):
        first = bounds[-1]
        pieces = [*range(first + size, first + amount, size), first + amount] if amount else []
        bounds += pieces
        profiles += [wanted] * len(pieces)
    return {
        "unit": np.array(bounds, dtype=np.int64),
        "unit_profile": np.array(profiles, dtype=np.int32),
        "unit_posts": posts,
    }
