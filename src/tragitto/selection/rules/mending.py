"""A day of meetings after somebody does not come: who takes the hours that are free. Pure.

`seated` moves nobody who holds an hour. `with_room` says which of them would have to move, the fewest there
can be, so that somebody who lost theirs has one again: each of them is asked first.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tragitto.selection.rules.timetabling import barred, interpreted
from tragitto_matching import timetable, timetable_check
from tragitto_matching.timetable import Repair


@dataclass(frozen=True)
class Way:
    """The slot that a meeting without one could have, and where the others would have to move."""

    slot: int
    moved: dict[str, int]


def seated(
    parameters: Mapping[str, Any], lost: Mapping[str, int], usable: Collection[int]
) -> tuple[dict[str, int], frozenset[str]]:
    """Slots out of `usable` for meetings that have none, and which of them have no interpreter wished for.

    `parameters` as `timetabling.solve` reads them; `lost` = the slots of meetings that lost theirs: they
    come first, and get another one. In the order in which they are named; nobody is in two places, or away.
    Who wished for an interpreter has a slot with one if there is any, else one without.
    """
    names = [pair for pair, _person, _firm in parameters["meetings"]]
    before = np.array([lost.get(each, -1) for each in names], np.int32)
    displaced = np.array([at for at, each in enumerate(names) if each in lost], np.int32)
    found = _repaired(parameters, before, displaced, usable)
    with_all = found.slot_of if found else np.full(len(names), -1, np.int32)
    if not parameters["wants"]:
        return _named(names, with_all), frozenset()
    # Whoever has a slot by now keeps it; who lost theirs is still kept away from it by the firm's hours.
    rest = _repaired({**parameters, "wants": {}}, with_all, np.array([], np.int32), usable)
    slots = _named(names, rest.slot_of) if rest else _named(names, with_all)
    return slots, frozenset(slots) - frozenset(_named(names, with_all))


def with_room(
    parameters: Mapping[str, Any], standing: Mapping[str, int], lost: tuple[str, int], usable: Collection[int]
) -> Way | None:
    """A slot for the meeting `lost` (its code, the slot it had), and the fewest in `standing` to be moved.

    None where there is no way, and where nobody needs to move.
    """
    name, had = lost
    names = [pair for pair, _person, _firm in parameters["meetings"]]
    if name not in names:
        return None
    before = np.array([had if each == name else standing.get(each, -1) for each in names], np.int32)
    found = _repaired(parameters, before, np.array([names.index(name)], np.int32), usable)
    if found is None or found.slot_of[names.index(name)] < 0:
        return None
    moved = {names[each.meeting]: each.after for each in found.moved if names[each.meeting] != name}
    return Way(int(found.slot_of[names.index(name)]), moved) if moved else None


def _named(names: list[str], slot_of: np.ndarray) -> dict[str, int]:
    return {name: int(slot) for name, slot in zip(names, slot_of, strict=True) if slot >= 0}


def _repaired(
    parameters: Mapping[str, Any], before: np.ndarray, displaced: np.ndarray, usable: Collection[int]
) -> Repair | None:
    """The day mended by the engine; None where there is nothing to mend or the independent check objects."""
    meetings, slots = parameters["meetings"], len(parameters["slots"])
    if not meetings or not usable:
        return None
    people = list(dict.fromkeys(person for _code, person, _firm in meetings))
    firms = list(dict.fromkeys(firm for _code, _person, firm in meetings))
    pairs = np.array(
        [(people.index(person), firms.index(firm)) for _code, person, firm in meetings], np.int32
    )
    closed = barred(people, slots, parameters["cannot"])
    closed[:, sorted(set(range(slots)) - set(usable))] = True
    given: dict[str, Any] = {
        "barred_candidates": closed,
        "barred_panels": barred(firms, slots, parameters["cannot"]),
        "interpreters": interpreted(people, firms, slots, parameters),
    }
    none = np.array([], np.int32)
    found = timetable.repair(pairs, before, slots, cancelled=none, displaced=displaced, **given)
    changed = {*found.filled, *(each.meeting for each in found.moved)}
    faults = timetable_check.clashes(pairs, found.slot_of, slots, **given)
    return None if any(changed & {*each.meetings} for each in faults) else found
