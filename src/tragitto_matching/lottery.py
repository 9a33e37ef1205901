"""Drawing lots in the open: from a recorded seed everybody computes the same order, on paper if need be.

Lot number i is the i-th output of SplitMix64 started at the seed (Steele, Lea & Flood 2014), which can be
computed on its own for every i. No two lots of a draw are equal, so the lots settle every tie. One lot for a
person, at all posts: a single draw loses fewer good matches than one draw a post (Abdulkadiroğlu, Pathak &
Roth 2009) and is what a person can follow.
"""

import hashlib

import numpy as np

from tragitto_matching.instance import Bits, Ints

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
_SECOND_FACTOR = np.uint64(0x94D049BB133111EB)


def seed_of(text: str) -> int:
    """The seed that a public text stands for, such as the numbers of a lottery drawn after the lists closed.

    The first eight bytes of its SHA-256 in UTF-8, the most significant byte first.
    """
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def lots(seed: int, count: int) -> Bits:
    """The lot of each candidate: 64 bits, all different; the lower one comes first.

    Raises `ValueError` unless the seed is a whole number of 64 bits.
    """
    if not 0 <= seed < 2**64:
        raise ValueError("A seed is a whole number from 0 to 2^64 - 1.")
    # Sums and products are meant modulo 2^64, as unsigned arrays compute them.
    mixed = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * _GOLDEN
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST_FACTOR
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND_FACTOR
    return mixed ^ (mixed >> np.uint64(31))


def order(seed: int | None, count: int) -> Ints:
    """Where each candidate stands among equals: by lot, or by seniority (their order) without a seed."""
    if seed is None:
        return np.arange(count, dtype=np.int32)
    stands = np.empty(count, np.int32)
    stands[np.argsort(lots(seed, count))] = np.arange(count, dtype=np.int32)
    return stands
