"""The greatest total score among lists that are equally even.

Every fairest way to fill the lists agrees with the levels (complementary slackness): a pair whose candidate
stands below the level of the post is on its list in all of them, one above in none. What is left to choose
is a transport: posts lay their other places on pairs of equal level, everybody takes as many as the level
says or one fewer. The kernel and its Python path solve it exactly; prices prove the total.
"""

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np

from tragitto_matching import shortlists_score_plain
from tragitto_matching.instance import Ints, Longs, Small
from tragitto_matching.kernels import compiled
from tragitto_matching.shortlists_input import Task, Transport

#: Each phase of the scaling is by so much finer than the one before.
_FACTOR = 5
#: No gain is greater.
_MOST = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Prices:
    """The proof of the total score, in points."""

    of_post: Longs
    of_candidate: Longs
    #: The price of a look that somebody goes without.
    of_nobody: int


def best(task: Task, on: Small, level: Ints, post_level: Ints) -> tuple[Small, Prices]:
    """Which pairs are on a list, by pair, and the prices that prove it; `on` is one of the fairest ways."""
    pairs = task.pairs
    post = np.repeat(np.arange(pairs.posts, dtype=np.int32), np.diff(pairs.ptr))
    stands = level[pairs.candidate] - post_level[post]
    free = np.flatnonzero((stands == 0) & (task.on != 2))
    fixed = on.astype(bool)
    fixed[free] = False
    supply = np.bincount(post[free], weights=on[free], minlength=pairs.posts).astype(np.int32)
    taken = (level - task.looks - np.bincount(pairs.candidate[fixed], minlength=pairs.count)).astype(np.int32)
    del post, stands  # what follows needs the room for a million people
    transport = _transport(task, free, on[free], supply, taken)
    library = compiled()
    if library is None:
        result, row_price, column_price = shortlists_score_plain.solved(transport, _FACTOR)
    else:
        result, row_price, column_price = _solved(library, transport)
    chosen = fixed.astype(np.uint8)
    chosen[free] = result[: len(free)]
    # Sent along a pair, a unit pays the price of its post and gains that of its candidate: turned round, so
    # that both are paid for the score.
    prices = Prices(
        of_post=row_price[:-1],
        of_candidate=-column_price,
        of_nobody=int(row_price[-1]),
    )
    return chosen, prices


def _transport(task: Task, free: Longs, on: Small, supply: Ints, taken: Ints) -> Transport:
    """The pairs left to choose, and a last row for the looks that people go without."""
    pairs = task.pairs
    post = (np.searchsorted(pairs.ptr, free, side="right") - 1).astype(np.int32)
    without = np.flatnonzero(taken > 0).astype(np.int32)
    column = np.concatenate([pairs.candidate[free].astype(np.int32), without])
    row = np.concatenate([post, np.full(len(without), pairs.posts, np.int32)])
    row_ptr = np.zeros(pairs.posts + 2, np.int64)
    np.cumsum(np.bincount(row, minlength=pairs.posts + 1), out=row_ptr[1:])
    lacking = taken - np.bincount(column[: len(free)], weights=on, minlength=pairs.count).astype(np.int32)
    column_ptr = np.zeros(pairs.count + 1, np.int64)
    np.cumsum(np.bincount(column, minlength=pairs.count), out=column_ptr[1:])
    # Quicker than a stable order of the columns, and the same: no two numbers are equal.
    turned = np.sort(column.astype(np.int64) << 32 | np.arange(len(column)))
    gain = np.concatenate([pairs.score[free], np.zeros(len(without), np.int32)]).astype(np.int32)
    supply = np.append(supply, lacking.sum()).astype(np.int32)
    return Transport(
        row_ptr=row_ptr,
        column_ptr=column_ptr,
        column_pair=(turned & 0xFFFFFFFF).astype(np.int32),
        row=row,
        column=column,
        gain=gain,
        supply=supply,
        taken=taken,
        on=np.concatenate([on, lacking[without].astype(np.uint8)]),
        first_prices=_first_prices(row, gain, row_ptr, supply),
    )


def _first_prices(row: Ints, gain: Ints, row_ptr: Longs, supply: Ints) -> Longs:
    """By row the best gain for which it has no place left (0 = none): it begins with what is better."""
    best_first = np.sort(row.astype(np.int64) << 32 | (_MOST - gain))
    begin, end = row_ptr[:-1], row_ptr[1:]
    has = np.flatnonzero(begin + supply < end)
    prices = np.zeros(len(supply), np.int64)
    prices[has] = _MOST - (best_first[begin[has] + supply[has]] & 0xFFFFFFFF)
    return prices


def _solved(library: ctypes.CDLL, given: Transport) -> tuple[Small, Longs, Longs]:
    rows, columns = len(given.supply), len(given.taken)
    turned, nodes = given.column_pair, rows + columns
    in_columns = np.empty(len(turned), np.int32)
    in_columns[turned] = np.arange(len(turned), dtype=np.int32)
    on = given.on.copy()
    by_column: tuple[Any, ...] = given.row[turned], given.gain, given.gain[turned], in_columns, turned
    state: tuple[Any, ...] = (given.supply, given.taken, on, on[turned])
    price, at, far = np.zeros((3, nodes), np.int64)
    price[:rows] = given.first_prices
    excess, where, queue = (np.empty(size, np.int32) for size in (nodes, nodes, nodes + 1))
    ways = (given.row_ptr, given.column_ptr, given.column, *by_column, *state)
    library.shortlists_score(
        *(ctypes.c_void_p(one.ctypes.data) for one in (*ways, price, excess, at, far, queue, where)),
        *(ctypes.c_int64(one) for one in (rows, columns, given.first_epsilon, _FACTOR)),
    )
    return on, price[:rows], price[rows:]
