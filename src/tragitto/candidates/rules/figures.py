"""Figures about people: counted by two things at a time, with small numbers hidden beyond reckoning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: Fewer people than this are not shown as a number.
LEAST = 5
_LAST = 10**9

type Cell = tuple[int, int]


class Dimension(StrEnum):
    """What people are counted by; each person is in one place of each."""

    PROFILE = "profile"
    STATUS = "status"
    LEVEL = "level"
    REGISTRAR = "registrar"
    EQF = "eqf"
    MONTH = "month"


@dataclass(frozen=True)
class Figures:
    """A table of counts: `rows` and `columns` are codes, `cells` and both `totals` have None where a number
    is hidden: it is under five, or would tell one that is.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[int | None]]
    row_totals: Sequence[int | None]
    column_totals: Sequence[int | None]
    total: int | None

    @property
    def hides(self) -> bool:
        """Whether some number is hidden."""
        return any(None in line for line in (*self.cells, self.row_totals, self.column_totals, [self.total]))


def figures(counts: Mapping[tuple[str, str], int], rows: Sequence[str], columns: Sequence[str]) -> Figures:
    """The table of `counts` by row and column, small numbers hidden, and with them as many others as it
    takes for none of them to follow from the rest and the totals. Of fewer people in all than are shown as a
    number everything is hidden.
    """
    whole = [[counts.get((row, column), 0) for column in columns] for row in rows]
    table = [[*line, sum(line)] for line in whole]
    table.append([sum(column) for column in zip(*table, strict=True)] if table else [0])
    hidden = _hidden(table) if table[-1][-1] >= LEAST else None
    shown = [
        [None if hidden is None or (x, y) in hidden else count for y, count in enumerate(line)]
        for x, line in enumerate(table)
    ]
    return Figures(
        rows=rows,
        columns=columns,
        cells=[line[:-1] for line in shown[:-1]],
        row_totals=[line[-1] for line in shown[:-1]],
        column_totals=shown[-1][:-1],
        total=shown[-1][-1],
    )


def _hidden(table: Sequence[Sequence[int]]) -> set[Cell]:
    """Which places of the table, totals included, are hidden; the total of all never is.

    A number that is hidden alone in a row or column follows from the others there. More than that: hidden
    places are ties between rows and columns, and a number follows from the rest exactly when its tie lies on
    no ring of ties (D. Gusfield, A graph theoretic approach to statistical data security, 1988).
    """
    last = len(table) - 1, len(table[-1]) - 1
    places = [(x, y) for x, line in enumerate(table) for y in range(len(line)) if (x, y) != last]
    small = [(x, y) for x, y in places if 0 < table[x][y] < LEAST]
    hidden = set(small)
    for place in small:
        hidden.update(_ring(table, places, hidden, place))
    return hidden


def _ring(
    table: Sequence[Sequence[int]], places: Sequence[Cell], hidden: set[Cell], place: Cell
) -> set[Cell]:
    """The places that close a ring with `place`, those hidden already for nothing, the others as small as can
    be, for what is lost to the reader; none where no ring is to be had.
    """
    row, column = place
    ways: dict[tuple[bool, int], tuple[int, frozenset[Cell]]] = {(True, row): (0, frozenset())}
    waiting = {(True, row)}
    while waiting:
        node = min(waiting, key=lambda each: (ways[each][0], each))
        waiting.discard(node)
        cost, way = ways[node]
        for x, y in places:
            if (x, y) == place or node != ((True, x) if node[0] else (False, y)):
                continue
            other = (False, y) if node[0] else (True, x)
            dearer = cost + (0 if (x, y) in hidden else _loss(table[x][y]))
            if other not in ways or dearer < ways[other][0]:
                ways[other] = dearer, way | {(x, y)}
                waiting.add(other)
    return set(ways.get((False, column), (0, frozenset()))[1])


def _loss(count: int) -> int:
    """What hiding a number takes from the reader; nobody at all protects nobody, and comes last."""
    return count or _LAST
