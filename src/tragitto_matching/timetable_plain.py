"""The timetable without compiled kernels: the same steps as `kernels/timetable.c`, in Python.

Every answer is equal to that of the kernel, to the last meeting. It takes any number of slots.
"""

from itertools import pairwise

import numpy as np

from tragitto_matching.instance import Ints
from tragitto_matching.timetable_input import Day, Flags

OPEN, BARRED = -1, -2


class Table:
    """Who is where, and which slots are free: rows by candidate (side 0) and by panel (side 1)."""

    def __init__(self, day: Day) -> None:
        """An empty table of the day."""
        self.slots = day.slots
        self.at = (
            _rows(day.candidates, day.slots, day.barred_candidates),
            _rows(day.panels, day.slots, day.barred_panels),
        )
        self.free = tuple([_open(row) for row in rows] for rows in self.at)
        wanted = day.interpreters
        self.needs: list[int] | None = None if wanted is None else wanted.needs.tolist()
        self.spoken: list[int] = [] if wanted is None else wanted.spoken.tolist()
        self.left: list[list[int]] = [] if wanted is None else wanted.at_once.tolist()
        self.served = [sum(1 << slot for slot, left in enumerate(row) if left > 0) for row in self.left]

    def language(self, candidate: int, panel: int) -> int:
        """The language of the interpreter that this meeting needs, -1 = none."""
        if self.needs is None or self.needs[candidate] < 0:
            return -1
        needed = self.needs[candidate]
        return -1 if self.spoken[panel] >> needed & 1 else needed

    def usable(self, candidate: int, panel: int) -> int:
        """The slots, as bits, in which the candidate is free and the interpreter too."""
        language = self.language(candidate, panel)
        return self.free[0][candidate] & (-1 if language < 0 else self.served[language])

    def place(self, candidate: int, panel: int, slot: int) -> None:
        """Put a meeting in a slot that is free."""
        self.at[0][candidate][slot] = panel
        self.at[1][panel][slot] = candidate
        self.free[0][candidate] &= ~(1 << slot)
        self.free[1][panel] &= ~(1 << slot)
        language = self.language(candidate, panel)
        if language >= 0:
            self.count_interpreters(language, slot, -1)

    def count_interpreters(self, language: int, slot: int, change: int) -> None:
        """So many interpreters more are free in the slot."""
        self.left[language][slot] += change
        if self.left[language][slot] > 0:
            self.served[language] |= 1 << slot
        else:
            self.served[language] &= ~(1 << slot)

    def choose(self, open_slots: int, panel: int) -> int:
        """The first of the open slots from the panel's own turn on: see the kernel for the reason."""
        turn = panel % self.slots
        later = open_slots >> turn << turn
        return lowest(later or open_slots)


def lowest(bits: int) -> int:
    """The number of the lowest bit."""
    return (bits & -bits).bit_length() - 1


def each(bits: int) -> list[int]:
    """The numbers of the bits, ascending."""
    found = []
    while bits:
        found.append(lowest(bits))
        bits &= bits - 1
    return found


def arranged(day: Day) -> Ints:
    """The slot of each sorted meeting, -1 = it waits."""
    table = Table(day)
    ptr, candidate, panel = day.ptr.tolist(), day.candidate.tolist(), day.panel.tolist()
    for number in range(day.panels):
        who = candidate[ptr[number] : ptr[number + 1]]
        _settle_panel(table, number, who)
        placed = set(table.at[1][number])
        for one in who:
            if one not in placed:
                _make_room(table, one, number)
    found = _read(table, candidate, panel)
    while waiting := [meeting for meeting, slot in enumerate(found) if slot < 0]:
        if not sum(_make_room(table, candidate[meeting], panel[meeting]) for meeting in waiting):
            break
        found = _read(table, candidate, panel)
    return np.array(found, np.int32)


def _rows(count: int, slots: int, barred: Flags | None) -> list[list[int]]:
    if barred is None:
        return [[OPEN] * slots for _ in range(count)]
    rows: list[list[int]] = np.where(barred, BARRED, OPEN).tolist()
    return rows


def _open(row: list[int]) -> int:
    return sum(1 << slot for slot, who in enumerate(row) if who == OPEN)


def _read(table: Table, candidate: list[int], panel: list[int]) -> list[int]:
    slot_at = [{who: slot for slot, who in enumerate(row) if who >= 0} for row in table.at[1]]
    return [slot_at[table_].get(one, -1) for one, table_ in zip(candidate, panel, strict=True)]


def _settle_panel(table: Table, panel: int, who: list[int]) -> None:
    holder: dict[int, int] = {}
    open_slots = table.free[1][panel]
    for candidate in who:
        if not open_slots:
            break
        if choice := table.usable(candidate, panel) & open_slots:
            slot = table.choose(choice, panel)
            holder[slot] = candidate
        else:
            slot = _shift_within(table, panel, candidate, open_slots, holder)
        if slot >= 0:
            open_slots &= ~(1 << slot)
    for slot in sorted(holder):
        table.place(holder[slot], panel, slot)


def _shift_within(table: Table, panel: int, candidate: int, open_slots: int, holder: dict[int, int]) -> int:
    own = table.free[1][panel]
    seen = table.usable(candidate, panel) & own
    queue = each(seen)
    came_from = dict.fromkeys(queue, -1)
    for slot in queue:
        fresh = table.usable(holder[slot], panel) & own & ~seen
        if fresh & open_slots:
            taken = to = table.choose(fresh & open_slots, panel)
            back = slot
            while back >= 0:
                holder[to] = holder[back]
                to, back = back, came_from[back]
            holder[to] = candidate
            return taken
        seen |= fresh
        for one in each(fresh):
            came_from[one] = slot
            queue.append(one)
    return -1


def _make_room(table: Table, candidate: int, panel: int) -> bool:
    language = table.language(candidate, panel)
    if common := table.usable(candidate, panel) & table.free[1][panel]:
        table.place(candidate, panel, table.choose(common, panel))
        return True
    theirs = each(table.free[1][panel])
    for a in each(table.free[0][candidate]):
        for b in theirs:
            if a == b:
                continue
            if table.at[1][panel][a] >= 0 and _free_by_swap(table, 1, panel, (a, b), language):
                freed = a
            elif table.at[0][candidate][b] >= 0 and _free_by_swap(table, 0, candidate, (b, a), language):
                freed = b
            else:
                continue
            table.place(candidate, panel, freed)
            return True
    return False


def _free_by_swap(table: Table, side: int, who: int, slots: tuple[int, int], language: int) -> bool:
    """Swap two slots along the chain that leaves `who` by the first, so that the first becomes free."""
    chain = chain_of(table, side, who, slots)
    if chain is None:
        return False
    if table.needs is not None and not _move_interpreters(table, side, chain, slots, language):
        return False
    swap(table, side, chain, slots)
    return True


def chain_of(table: Table, side: int, who: int, slots: tuple[int, int]) -> list[int] | None:
    """Everybody along the meetings that leave `who` by the first slot and go on by turns; None = shut."""
    came, goes = slots
    chain = [who]
    while (following := table.at[side][who][came]) >= 0:
        side, who = 1 - side, following
        if table.at[side][who][goes] == BARRED:
            return None
        chain.append(who)
        came, goes = goes, came
    return chain


def swap(table: Table, side: int, chain: list[int], slots: tuple[int, int]) -> None:
    """Let everybody on the chain change the two slots."""
    a, b = slots
    for who in chain:
        row = table.at[side][who]
        row[a], row[b] = row[b], row[a]
        for slot in slots:
            if row[slot] == OPEN:
                table.free[side][who] |= 1 << slot
            else:
                table.free[side][who] &= ~(1 << slot)
        side = 1 - side


def _move_interpreters(table: Table, side: int, chain: list[int], slots: tuple[int, int], fresh: int) -> bool:
    """Count the interpreters as the swap and the new meeting would need them; False = there are too few."""
    a, b = slots
    more_in_b = [0] * len(table.left)
    came = a
    for who, following in pairwise(chain):
        language = table.language(following, who) if side else table.language(who, following)
        if language >= 0:
            more_in_b[language] += 1 if came == a else -1
        side, came = 1 - side, (b if came == a else a)
    for language, more in enumerate(more_in_b):
        if table.left[language][a] < (language == fresh) - more or table.left[language][b] < more:
            return False
    for language, more in enumerate(more_in_b):
        if more:
            table.count_interpreters(language, a, more)
            table.count_interpreters(language, b, -more)
    return True
