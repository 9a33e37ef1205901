"""What judges compute with: sums that cannot wrap, whatever numbers they are given to judge."""

from typing import Any

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Longs

#: Two prices and a scaled score of less than this add up within 64 bits.
MOST = 2**60


def is_whole(value: object) -> bool:
    """Whether this is a whole number, and not a truth value or a number that looks like one."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def are_prices(*columns: npt.NDArray[Any]) -> bool:
    """Whether these are whole numbers of 64 bits, small enough to be computed with."""
    return all(
        column.dtype == np.int64 and column.min(initial=0) > -MOST and column.max(initial=0) < MOST
        for column in columns
    )


def total(values: Longs) -> int:
    """The sum, in halves of 32 bits, each of which fits its 64 for more values than there is memory."""
    return (int((values >> 32).sum(dtype=np.int64)) << 32) + int((values & 0xFFFFFFFF).sum(dtype=np.int64))


def times(counts: npt.NDArray[Any], prices: Longs) -> int:
    """The sum of counts times prices, in Python's numbers, which have no end."""
    priced = np.flatnonzero(prices)
    both = zip(counts[priced].tolist(), prices[priced].tolist(), strict=True)
    return sum(int(count) * price for count, price in both)
