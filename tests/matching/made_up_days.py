"""Small made-up days of meetings, the most that each side lets take place, and many days side by side."""

from typing import Any

import numpy as np

from tragitto_matching.timetable import Interpreters


def made_up(chance: np.random.Generator, kind: int) -> tuple[Any, int, dict[str, Any]]:
    """A small day; of kind 0 nothing is barred, of kind 2 interpreters are scarce too."""
    candidates, panels, slots = (int(one) for one in chance.integers(1, 7, 3))
    meetings = np.argwhere(chance.random((candidates, panels)) < chance.random()).astype(np.int32)
    chance.shuffle(meetings)
    rules: dict[str, Any] = {}
    if kind:
        rules["barred_candidates"] = chance.random((candidates, slots)) < 0.25
        rules["barred_panels"] = chance.random((panels, slots)) < 0.15
    if kind == 2:
        rules["interpreters"] = Interpreters(
            needs=chance.integers(-1, 2, candidates).astype(np.int32),
            spoken=chance.integers(0, 4, panels).astype(np.uint64),
            at_once=chance.integers(0, 3, (2, slots)).astype(np.int32),
        )
    return meetings, slots, rules


def a_flow(meetings: Any, slots: int, rules: dict[str, Any]) -> int:
    """Meetings taken one after the other, each side within its own slots; if need be one is given up."""
    barred = [rules.get(name) for name in ("barred_candidates", "barred_panels")]
    rows = meetings.tolist()
    counts = [max((row[side] for row in rows), default=-1) + 1 for side in (0, 1)]
    room = [
        [slots] * count if shut is None else (~shut).sum(1).tolist()
        for count, shut in zip(counts, barred, strict=True)
    ]
    shut = [
        np.zeros((len(left), slots), bool) if b is None else b for left, b in zip(room, barred, strict=True)
    ]
    can = [not (shut[0][who] | shut[1][to]).all() for who, to in rows]
    taken: set[int] = set()

    def find(who: int, seen: set[int]) -> bool:
        """Take another meeting of somebody: at a panel with room, or where another can be given up."""
        for one, (candidate, to) in enumerate(rows):
            if candidate != who or one in taken or not can[one] or to in seen:
                continue
            seen.add(to)
            if room[1][to]:
                room[1][to] -= 1
                taken.add(one)
                return True
            for other in [held for held in taken if rows[held][1] == to]:
                if find(rows[other][0], seen):
                    taken.remove(other)
                    taken.add(one)
                    return True
        return False

    for who, left in enumerate(room[0]):
        for _ in range(left):
            if not find(who, set()):
                break
    return len(taken)


def side_by_side(days: list[tuple[Any, dict[str, Any]]], slots: int) -> tuple[Any, dict[str, Any]]:
    """Days of as many slots as one: their people and panels have nothing to do with each other."""
    rules: dict[str, Any] = {}
    ends = [np.zeros(2, np.int64)]
    for _, barred in days:
        sizes = [len(barred["barred_candidates"]), len(barred["barred_panels"])]
        ends.append(ends[-1] + sizes)
    for name in ("barred_candidates", "barred_panels"):
        rules[name] = np.concatenate([barred[name] for _, barred in days])
    columns = zip(days, ends, strict=False)
    return np.concatenate([meetings + first for (meetings, _), first in columns]).astype(np.int32), rules
