"""What both ways to even shortlists begin with."""

from dataclasses import dataclass

from tragitto_matching.instance import Ints, Longs, Small
from tragitto_matching.pairs import Pairs


@dataclass(frozen=True, kw_only=True)
class Task:
    """Empty lists: the places of post j are base[j]:base[j+1]."""

    pairs: Pairs
    base: Longs
    #: By pair: 2 = on no list.
    on: Small
    #: By candidate: looks on earlier lists.
    looks: Ints
    #: The posts in the order of service.
    order: Ints
    #: How many looks a person can have.
    most: int


@dataclass(frozen=True, kw_only=True)
class Transport:
    """Places of rows (posts, and a last one for looks not given) to lay on columns (candidates)."""

    row_ptr: Longs
    column_ptr: Longs
    #: The pairs of each column; those of the rows stand in order.
    column_pair: Ints
    row: Ints
    column: Ints
    #: By pair: the score.
    gain: Ints
    supply: Ints
    taken: Ints
    #: By pair: one way to lay all places.
    on: Small
    #: By row: the prices to begin with.
    first_prices: Longs

    @property
    def first_epsilon(self) -> int:
        """The first phase is a ninth of the greatest gain: coarser ones take longer than they save."""
        return max(int(self.gain.max(initial=0)) // 9, 1)
