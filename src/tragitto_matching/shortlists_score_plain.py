"""The best total without compiled kernels: the same steps as `kernels/shortlists_score.c`, in Python."""

from collections import deque

import numpy as np

from tragitto_matching.instance import Longs, Small
from tragitto_matching.shortlists_input import Transport

#: So many places are taken off at once, as in the kernel.
_FEW = 8
_FAR = 2**61


class Flow:
    """Places laid on pairs. Rows are numbered before columns; the others are named as in the kernel."""

    def __init__(self, given: Transport) -> None:
        """The lists as they come in, at the prices to begin with."""
        rows = zip(given.row_ptr.tolist(), given.row_ptr[1:].tolist(), strict=False)
        columns = zip(given.column_ptr.tolist(), given.column_ptr[1:].tolist(), strict=False)
        pair: list[int] = given.column_pair.tolist()
        self.given, self.rows = given, len(given.supply)
        #: The pairs of each row and column.
        self.pairs = [list(range(begin, end)) for begin, end in rows]
        self.pairs += [pair[begin:end] for begin, end in columns]
        #: The other end of a pair, seen from a row and from a column; what it gains, sent along either way.
        self.end: tuple[list[int], list[int]] = ((given.column + self.rows).tolist(), given.row.tolist())
        self.gain: tuple[list[int], list[int]] = (given.gain.tolist(), (-given.gain).tolist())
        self.on: list[int] = given.on.tolist()
        self.price: list[int] = [*given.first_prices.tolist(), *[0] * len(given.taken)]
        self.excess = [0] * len(self.pairs)
        self.at = [0] * len(self.pairs)

    def lay(self) -> None:
        """Lay on what gains, take off what loses: then count who has too many."""
        given, price = self.given, np.array(self.price, np.int64)
        cost = price[given.row] - price[given.column + self.rows] - given.gain
        on = np.where(cost == 0, np.array(self.on, np.uint8), cost < 0)
        laid, came = given.row[on == 1], given.column[on == 1]
        self.on = on.tolist()
        self.excess = (given.supply - np.bincount(laid, minlength=self.rows)).tolist()
        self.excess += (np.bincount(came, minlength=len(given.taken)) - given.taken).tolist()

    def scale(self, epsilon: int) -> None:
        """One phase of the scaling."""
        self.at = [0] * len(self.pairs)
        queue = deque(who for who, excess in enumerate(self.excess) if excess > 0)
        while queue:
            who = queue.popleft()
            is_few = who >= self.rows and self.excess[who] <= _FEW
            queue.extend(self.take_off(who, epsilon) if is_few else self.discharge(who, epsilon))

    def discharge(self, who: int, epsilon: int) -> list[int]:
        """A row lays its places on pairs that are off; a column with too many takes off pairs that are on.

        Who has too many by that, and had not before.
        """
        side = int(who >= self.rows)
        gain, on, price, end = self.gain[side], self.on, self.price, self.end[side]
        mine, excess, full = self.pairs[who], self.excess, []
        own, begin, left = price[who], self.at[who], excess[who]
        while left:
            for k in range(begin, len(mine)):
                pair = mine[k]
                if on[pair] == side and price[other := end[pair]] + gain[pair] > own:
                    on[pair] = 1 - side
                    excess[other] += 1
                    if excess[other] == 1:
                        full.append(other)
                    left -= 1
                    if not left:
                        # The next time begins where the last unit went.
                        self.at[who] = k
                        break
            else:
                own = max([price[end[e]] + gain[e] for e in mine if on[e] == side]) - epsilon
                begin = 0
        excess[who], price[who] = 0, own
        return full

    def take_off(self, who: int, epsilon: int) -> list[int]:
        """A column takes off those that are worth most elsewhere; who has too many by that."""
        price, on, end, gain, full = self.price, self.on, self.end[1], self.gain[1], []
        offers = sorted([(-price[end[pair]] - gain[pair], pair) for pair in self.pairs[who] if on[pair]])
        wanted = self.excess[who]
        for _, pair in offers[:wanted]:
            on[pair] = 0
            row = end[pair]
            self.excess[row] += 1
            if self.excess[row] == 1:
                full.append(row)
        kept = offers[min(wanted, len(offers) - 1)][0]
        self.excess[who], self.at[who] = 0, 0
        self.price[who] = min(self.price[who], -kept - epsilon)
        return full

    def finish(self) -> None:
        """What is left over goes along shortest ways."""
        while any(excess > 0 for excess in self.excess):
            self.reprice()
            come_to = [False] * len(self.pairs)
            for who in range(len(self.pairs)):
                while self.excess[who] > 0 and self.send(who, come_to):
                    continue

    def reprice(self) -> None:
        """The prices fall by the distance to the nearest who lacks something, until all have a way."""
        given, on = self.given, np.array(self.on, np.uint8) == 1
        price, excess = np.array(self.price, np.int64), np.array(self.excess, np.int64)
        ends = given.row, given.column + self.rows
        cost = price[given.row] - price[ends[1]] - given.gain
        #: What it costs to come to the row or column at the other end; nothing goes where `on` says so.
        way = np.where(on, _FAR, cost), np.where(on, -cost, _FAR)[given.column_pair]
        other = ends[1], ends[0][given.column_pair]
        far = np.where(excess < 0, np.int64(0), _FAR)
        while True:
            before = far.copy()
            for side, ptr in enumerate((given.row_ptr, given.column_ptr)):
                mine = far[self.rows :] if side else far[: self.rows]
                has = np.flatnonzero(np.diff(ptr))
                if len(has):
                    nearest = np.minimum.reduceat(way[side] + far[other[side]], ptr[has])
                    mine[has] = np.minimum(mine[has], nearest)
            if np.array_equal(before, far):
                break
        last = int(far[excess > 0].max())
        self.price = (price - np.minimum(far, last)).tolist()
        self.at = [0] * len(self.pairs)

    def send(self, who: int, come_to: list[bool]) -> bool:
        """Send a unit to somebody who lacks one, along pairs that cost nothing, coming to each once."""
        way = [who]
        come_to[who] = True
        while way:
            who = way[-1]
            side = int(who >= self.rows)
            found = self._next(who, side, come_to)
            if found < 0:
                way.pop()
                if way:
                    self.at[way[-1]] += 1
                continue
            way.append(found)
            come_to[found] = True
            if self.excess[found] < 0:
                self._walk(way, come_to)
                return True
        return False

    def _next(self, who: int, side: int, come_to: list[bool]) -> int:
        mine, end, gain, own = self.pairs[who], self.end[side], self.gain[side], self.price[who]
        for k in range(self.at[who], len(mine)):
            pair = mine[k]
            other = end[pair]
            if self.on[pair] == side and not come_to[other] and self.price[other] + gain[pair] == own:
                self.at[who] = k
                return other
        self.at[who] = len(mine)
        return -1

    def _walk(self, way: list[int], come_to: list[bool]) -> None:
        self.excess[way[0]] -= 1
        self.excess[way[-1]] += 1
        for who in way:
            come_to[who] = False
        for who in way[:-1]:
            self.on[self.pairs[who][self.at[who]]] = int(who < self.rows)
            self.at[who] += 1


def solved(given: Transport, factor: int) -> tuple[Small, Longs, Longs]:
    """Which pairs are on, and the prices of rows and columns."""
    flow, epsilon = Flow(given), given.first_epsilon
    while True:
        flow.lay()
        flow.scale(epsilon)
        if epsilon == 1:
            break
        epsilon = max(epsilon // factor, 1)
    flow.lay()
    flow.finish()
    price = np.array(flow.price, np.int64)
    return np.array(flow.on, np.uint8), price[: flow.rows], price[flow.rows :]
