"""Who ranks whom: the lists of both sides, best first, each entry with where the other side ranks it."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Ints, Longs

type Flags = npt.NDArray[np.bool_]


class Asked(Protocol):
    """The candidates' side alone: all that is looked at when candidates propose."""

    @property
    def candidate_ptr(self) -> Longs:
        """Where each candidate's list begins."""
        ...

    @property
    def post(self) -> Ints:
        """The lists, best first."""
        ...

    @property
    def place(self) -> Ints:
        """What the post ranks by, the lower the better; no two of a post are equal."""
        ...

    @property
    def post_ptr(self) -> Longs:
        """How many list each post, summed up."""
        ...

    @property
    def candidates(self) -> int:
        """How many candidates there are."""
        ...

    @property
    def posts(self) -> int:
        """How many posts there are."""
        ...


@dataclass(frozen=True, kw_only=True)
class Rankings:
    """The lists of n candidates and m posts, row by row; a pair stands in both lists or in none.

    Candidate i ranks `post[candidate_ptr[i]:candidate_ptr[i+1]]`, best first; `place` says where that post
    ranks the candidate (0 = first). Post j ranks `candidate[post_ptr[j]:post_ptr[j+1]]`; `wish` says where
    that candidate ranks the post. The order is strict: equals were put in order, and the flags remember them.
    """

    candidate_ptr: Longs
    post: Ints
    place: Ints
    post_ptr: Longs
    candidate: Ints
    wish: Ints
    #: Entries of candidates' lists that are wished as much as the one before; None = no equals.
    post_tied: Flags | None = None
    #: Entries of posts' lists that are ranked equal to the one before; None = no equals.
    candidate_tied: Flags | None = None
    #: The seed of the lots that put equal candidates in order; None = by seniority.
    seed: int | None = None

    def __post_init__(self) -> None:
        ask_rows("candidates", self.candidate_ptr, self.post, self.posts)
        ask_rows("posts", self.post_ptr, self.candidate, self.candidates)
        if len(self.post) != len(self.candidate):
            raise ValueError("A pair stands in the lists of both sides or in neither.")
        _ask_row_values("place", self.place, len(self.post), self.candidates)
        _ask_row_values("wish", self.wish, len(self.post), self.posts)
        for flags in (self.post_tied, self.candidate_tied):
            if flags is not None and (flags.dtype != np.bool_ or flags.shape != self.post.shape):
                raise ValueError("The flags of equals are one truth value for each pair.")

    @property
    def candidates(self) -> int:
        """How many candidates there are, with or without a list."""
        return len(self.candidate_ptr) - 1

    @property
    def posts(self) -> int:
        """How many posts there are, with or without a list."""
        return len(self.post_ptr) - 1


def first_of_tier(ptr: Longs, tied: Flags | None) -> Longs:
    """For each entry of each row: where in its row the first of its equals stands."""
    length = int(ptr[-1])
    within = np.arange(length, dtype=np.int64) - np.repeat(ptr[:-1], np.diff(ptr))
    if tied is None:
        return within
    begins = np.where(tied, 0, np.arange(length, dtype=np.int64))
    return within - np.arange(length, dtype=np.int64) + np.maximum.accumulate(begins)


def ask_rows(name: str, ptr: Longs, values: Ints, others: int) -> None:
    """Raise `ValueError` unless rows are as they should be, and their entries point at somebody."""
    if ptr.dtype != np.int64 or ptr.ndim != 1 or not len(ptr) or not ptr.flags.c_contiguous:
        raise ValueError(f"The beginnings of the rows of {name} are int64, one after the other.")
    if ptr[0] != 0 or ptr[-1] != len(values) or (np.diff(ptr) < 0).any():
        raise ValueError(f"The rows of {name} begin at 0, go up and end with the last entry.")
    _ask_row_values(name, values, len(values), others)


def _ask_row_values(name: str, values: Ints, length: int, others: int) -> None:
    if values.dtype != np.int32 or values.shape != (length,) or not values.flags.c_contiguous:
        raise ValueError(f"The entries of {name} are int32, one for each pair, one after the other.")
    # Read as unsigned, a number below 0 is beyond them all: one pass over the entries is enough.
    if len(values) and int(values.view(np.uint32).max()) >= others:
        raise ValueError(f"An entry of {name} points at nobody.")
