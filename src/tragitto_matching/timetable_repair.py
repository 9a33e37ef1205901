"""What happens to a timetable when somebody does not come: as few others as can be are moved.

A meeting that lost its slot gets another, one after the other in the order of the meetings. For each:

1. A slot in which both sides are free: nobody is moved.
2. Else the fewest others to move, found by looking at every way to move one, then two, then three. Whoever
   is moved makes room for the meeting or for another one moved, so that leaving a move out breaks the rest.
3. Else, or where the looking would take too long, the shortest chain of swaps between two slots.

At last, meetings that waited take the slots that are free now; nobody is moved for them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tragitto_matching.instance import Ints
from tragitto_matching.timetable_input import Day, Flags, Interpreters, looked_at

#: Every way to move so many others is looked at, within so many steps.
_LOOKED_THROUGH, _MOST_STEPS = 3, 100_000


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A meeting with another slot than before, and the meeting for which room was made."""

    meeting: int
    before: int
    after: int
    #: The meeting itself where it lost its slot or had none.
    because_of: int


@dataclass(frozen=True, kw_only=True)
class Repair:
    """The timetable after the repair, and the difference to the one before."""

    slot_of: Ints
    moved: tuple[Moved, ...]
    #: Meetings that had waited and have a slot now.
    filled: tuple[int, ...]
    #: Meetings that lost their slot and find none.
    waiting: tuple[int, ...]
    #: Whether it is proved, for each meeting when its turn came, that fewer others could not be moved.
    is_fewest: bool


def repair(
    meetings: Ints,
    before: Ints,
    slots: int,
    *,
    cancelled: Ints,
    displaced: Ints,
    first_slot: int = 0,
    barred_candidates: Flags | None = None,
    barred_panels: Flags | None = None,
    interpreters: Interpreters | None = None,
) -> Repair:
    """Mend the timetable `before` without moving anybody who need not.

    Meetings in `cancelled` take place no more. Those in `displaced` (somebody did not come, or cannot come
    then) want another slot than theirs; so does every meeting in a slot barred by now. What lies before
    `first_slot` has happened: it stays, and nobody is put there. Raises `ValueError` for wrong input.
    """
    day = looked_at(meetings, slots, barred_candidates, barred_panels, interpreters)
    state = _State(meetings=meetings, before=before, day=day, first_slot=first_slot)
    state.take_out(cancelled, displaced)
    lost = sorted(state.lost)
    for one in lost:
        state.find_slot(one)
    waited = np.setdiff1d(np.flatnonzero(before < 0), cancelled).tolist()
    filled = tuple(one for one in waited if state.try_moving(one, most=0))
    moved = [
        Moved(meeting=one, before=int(before[one]), after=slot, because_of=state.because[one])
        for one, slot in enumerate(state.slot_of.tolist())
        if slot >= 0 and slot != before[one]
    ]
    return Repair(
        slot_of=state.slot_of,
        moved=tuple(moved),
        filled=filled,
        waiting=tuple(one for one in lost if state.slot_of[one] < 0),
        is_fewest=state.is_fewest,
    )


class _TooLong(Exception):
    """The ways to move others are too many to look at all."""


@dataclass(kw_only=True)
class _State:
    meetings: Ints
    before: Ints
    day: Day
    first_slot: int
    slot_of: Ints = field(init=False)
    lost: set[int] = field(init=False)
    because: dict[int, int] = field(default_factory=dict)
    is_fewest: bool = True
    steps: int = 0
    kept_rows: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.before.shape != (len(self.meetings),) or self.before.max(initial=-1) >= self.day.slots:
            raise ValueError("The timetable before has one slot, or -1, for each meeting.")
        if not 0 <= self.first_slot <= self.day.slots:
            raise ValueError("The first slot to use is one of the slots.")
        self.slot_of = np.array(self.before, np.int32)

    def take_out(self, cancelled: Ints, displaced: Ints) -> None:
        """Free the slots of those who do not come, and of those who cannot have theirs any more."""
        for some in (cancelled, displaced):
            if some.size and not 0 <= some.min() <= some.max() < len(self.meetings):
                raise ValueError("Who is cancelled or displaced is one of the meetings.")
        held = np.flatnonzero(self.before >= self.first_slot)
        slot = self.before[held]
        wrong = np.zeros(len(held), np.bool_)
        for side, barred in enumerate((self.day.barred_candidates, self.day.barred_panels)):
            if barred is not None:
                wrong |= barred[self.meetings[held, side], slot]
        self.lost = set(displaced.tolist()) | set(held[wrong].tolist())
        self.lost -= set(cancelled.tolist())
        self.slot_of[cancelled] = -1
        self.slot_of[list(self.lost)] = -1

    def find_slot(self, one: int) -> None:
        """Another slot for a meeting that lost its own, with the fewest others moved; else it waits."""
        self.steps = 0
        try:
            if any(self.try_moving(one, most=most) for most in range(_LOOKED_THROUGH + 1)):
                return
        except _TooLong:
            pass
        self.is_fewest = False
        self._try_chain(one)

    def try_moving(self, one: int, *, most: int) -> bool:
        """Give the meeting a slot by moving exactly `most` others, where some way to do so exists."""
        found = self._search([one], {}, most)
        if found is None:
            return False
        # With interpreters, somebody far away might be moved to set one free: that is not looked at.
        self.is_fewest &= most <= 1 or self.day.interpreters is None
        self._take(found, one)
        return True

    def _search(self, pending: list[int], fixed: dict[int, int], budget: int) -> dict[int, int] | None:
        """Slots for the pending ones beside those fixed, where at most `budget` more lose theirs.

        Whoever holds a slot that a fixed one takes must move, so nobody is left out by looking only at them.
        """
        if not pending:
            return fixed if self._interpreters_suffice(fixed) else None
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise _TooLong
        one, rest = pending[0], pending[1:]
        for slot in self._allowed(one):
            if any(at == slot and self._meet(one, other) for other, at in fixed.items()):
                continue
            known = {*fixed, *pending}
            put_out = [other for other in self._holders(one, slot) if other not in known]
            if len(put_out) > budget:
                continue
            found = self._search([*rest, *put_out], {**fixed, one: slot}, budget - len(put_out))
            if found is not None:
                return found
        return None

    def _allowed(self, one: int) -> Iterator[int]:
        """The slots from now on that both can use, without the one that the meeting has, or has lost."""
        without = self.before[one] if one in self.lost else self.slot_of[one]
        for slot in range(self.first_slot, self.day.slots):
            if slot != without and not self._is_barred(one, slot):
                yield slot

    def _is_barred(self, one: int, slot: int) -> bool:
        sides = enumerate((self.day.barred_candidates, self.day.barred_panels))
        return any(barred is not None and barred[self.meetings[one, side], slot] for side, barred in sides)

    def _meet(self, one: int, other: int) -> bool:
        """Whether the two meetings share a candidate or a panel."""
        return bool((self.meetings[one] == self.meetings[other]).any())

    def _holders(self, one: int, slot: int) -> list[int]:
        """The meetings that hold the slot at either side of this one."""
        near = {*self._row(0, int(self.meetings[one, 0])), *self._row(1, int(self.meetings[one, 1]))}
        return sorted(other for other in near if other != one and self.slot_of[other] == slot)

    def _row(self, side: int, who: int) -> list[int]:
        """All meetings of somebody."""
        if (side, who) not in self.kept_rows:
            self.kept_rows[side, who] = np.flatnonzero(self.meetings[:, side] == who).tolist()
        return self.kept_rows[side, who]

    def _interpreters_suffice(self, fixed: dict[int, int]) -> bool:
        wanted = self.day.interpreters
        if wanted is None:
            return True
        after = self.slot_of.copy()
        after[list(fixed)] = list(fixed.values())
        held = np.flatnonzero(after >= 0)
        language = wanted.language(self.meetings[held, 0], self.meetings[held, 1])
        asked = Counter(zip(language.tolist(), after[held].tolist(), strict=True))
        return all(
            asked[language, slot] <= wanted.at_once[language, slot]
            for language, slot in asked
            if language >= 0 and slot in fixed.values()
        )

    def _try_chain(self, one: int) -> None:
        """The shortest of the chains that swap two slots; of equals that of the earlier slots."""
        chains = []
        allowed = list(self._allowed(one))
        for freed in allowed:
            for other in range(self.first_slot, self.day.slots):
                if other != freed and (chain := self._chain(one, freed, other)):
                    chains.append((len(chain), freed, other, chain))
        for _, _, _, chain in sorted(chains, key=lambda found: found[:3]):
            if self._interpreters_suffice(chain):
                self._take(chain, one)
                return

    def _chain(self, one: int, freed: int, other: int) -> dict[int, int] | None:
        """Everybody who has to change between two slots if this meeting takes `freed`; None if one cannot."""
        changed, begun = {one: freed}, [one]
        while begun:
            last = begun.pop()
            for held in self._holders(last, changed[last]):
                to = other if changed[last] == freed else freed
                if held in changed:
                    return None
                if self._is_barred(held, to) or (held in self.lost and self.before[held] == to):
                    return None
                changed[held] = to
                begun.append(held)
        return changed

    def _take(self, found: dict[int, int], one: int) -> None:
        for meeting, slot in found.items():
            self.slot_of[meeting] = slot
            self.because.setdefault(meeting, one)
