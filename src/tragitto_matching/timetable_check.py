"""Judges a timetable, sharing no code with what makes it: clashes, needless slots and waits, the bound."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.timetable_input import Flags, Interpreters

type Code = Literal[
    "no_such_slot", "candidate_twice", "panel_twice", "candidate_barred", "panel_barred", "interpreters"
]


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Something that cannot be: the slot, and the meetings that cannot all be held in it."""

    code: Code
    slot: int
    meetings: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a timetable without barred slots says of itself."""

    #: As many as were asked for; 0 = as few as can be.
    asked: int
    slots: int
    fewest: int
    waiting: int


def needless(meetings: Ints, slot_of: Ints, told: Told) -> tuple[str, ...]:
    """What is untrue in what is told, and who waits without need, where no slot is barred; empty = nothing.

    As many slots as somebody has meetings are enough for all (König 1916), and fewer are not.
    """
    rows = meetings.tolist()
    fewest = max(
        (*Counter(who for who, _ in rows).values(), *Counter(to for _, to in rows).values()), default=0
    )
    waiting = sum(slot < 0 for slot in slot_of.tolist())
    found = []
    if told.fewest != fewest:
        found.append(f"The meetings need {fewest} slots at least, and not {told.fewest}.")
    if told.waiting != waiting:
        found.append(f"{waiting} meetings wait for a slot, and not {told.waiting}.")
    if told.slots != (told.asked or max(fewest, 1)):
        found.append(f"The slots are {told.slots}, and not those asked for or the fewest.")
    if waiting and told.slots >= fewest:
        found.append("Meetings wait though there are slots enough for all.")
    elif _could_be_held(rows, slot_of.tolist(), told.slots):
        found.append("A meeting waits though both sides are free in one of the slots.")
    return tuple(found)


def _could_be_held(meetings: list[list[int]], slot_of: list[int], slots: int) -> bool:
    """Whether somebody waits though they and the panel are both free in one slot."""
    taken: dict[tuple[str, int], set[int]] = {}
    waits = []
    for (who, panel), slot in zip(meetings, slot_of, strict=True):
        both = [taken.setdefault(side, set()) for side in (("candidate", who), ("panel", panel))]
        if slot < 0:
            waits.append(both)
        for slots_of in both if slot >= 0 else ():
            slots_of.add(slot)
    return any(len(one | other) < slots for one, other in waits)


def clashes(
    meetings: Ints,
    slot_of: Ints,
    slots: int,
    *,
    barred_candidates: Flags | None = None,
    barred_panels: Flags | None = None,
    interpreters: Interpreters | None = None,
) -> tuple[Clash, ...]:
    """Everything wrong with a timetable; empty = nobody is in two places, barred, or without interpreter."""
    outside = np.flatnonzero((slot_of < -1) | (slot_of >= slots))
    found = [Clash(code="no_such_slot", slot=int(slot_of[one]), meetings=(int(one),)) for one in outside]
    held = np.flatnonzero((slot_of >= 0) & (slot_of < slots))
    slot = slot_of[held].astype(np.int64)
    candidate, panel = meetings[held, 0], meetings[held, 1]
    found += _crowded("candidate_twice", held, candidate, slot, 1)
    found += _crowded("panel_twice", held, panel, slot, 1)
    if barred_candidates is not None:
        found += _alone("candidate_barred", held[barred_candidates[candidate, slot]], slot_of)
    if barred_panels is not None:
        found += _alone("panel_barred", held[barred_panels[panel, slot]], slot_of)
    if interpreters is not None:
        language = interpreters.language(candidate, panel)
        needing = language >= 0
        most = interpreters.at_once[language[needing], slot[needing]]
        found += _crowded("interpreters", held[needing], language[needing], slot[needing], most)
    return tuple(found)


def _crowded(code: Code, held: Longs, who: Ints, slot: Longs, most: Ints | int) -> list[Clash]:
    """More meetings of the same one in the same slot than there may be."""
    key = who.astype(np.int64) * (int(slot.max(initial=0)) + 1) + slot
    _, group, size = np.unique(key, return_inverse=True, return_counts=True)
    too_many = size[group] > most
    found = []
    for one in np.unique(group[too_many]):
        members = np.flatnonzero(group == one)
        found.append(Clash(code=code, slot=int(slot[members[0]]), meetings=tuple(held[members].tolist())))
    return found


def _alone(code: Code, wrong: Longs, slot_of: Ints) -> list[Clash]:
    return [Clash(code=code, slot=int(slot_of[one]), meetings=(int(one),)) for one in wrong]


def bound(
    meetings: Ints,
    slots: int,
    *,
    barred_candidates: Flags | None = None,
    barred_panels: Flags | None = None,
) -> int:
    """No timetable gives a slot to more meetings than this: a maximum flow, each side within its own slots.

    It forgets that a slot is shared by both sides, so that it may be a little more than is possible.
    """
    # A quarter of a second: only who asks for the bound waits for it.
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    candidates = _open(int(meetings[:, 0].max(initial=-1)) + 1, slots, barred_candidates)
    panels = _open(int(meetings[:, 1].max(initial=-1)) + 1, slots, barred_panels)
    possible = np.zeros(len(meetings), np.bool_)
    for slot in range(slots):
        possible |= candidates[meetings[:, 0], slot] & panels[meetings[:, 1], slot]
    candidate = 1 + meetings[possible, 0].astype(np.int64)
    panel = 1 + len(candidates) + meetings[possible, 1].astype(np.int64)
    everyone, every_panel = 1 + np.arange(len(candidates)), 1 + len(candidates) + np.arange(len(panels))
    sink = 1 + len(candidates) + len(panels)
    begins = np.concatenate([np.zeros(len(candidates), np.int64), candidate, every_panel])
    ends = np.concatenate([everyone, panel, np.full(len(panels), sink)])
    most = np.concatenate([candidates.sum(1), np.ones(len(candidate)), panels.sum(1)]).astype(np.int32)
    graph = csr_array((most, (begins, ends)), shape=(sink + 1, sink + 1))
    return int(maximum_flow(graph, 0, sink).flow_value)


def _open(count: int, slots: int, barred: Flags | None) -> Flags:
    return np.ones((count, slots), np.bool_) if barred is None else ~barred


def needless_moves(
    meetings: Ints,
    before: Ints,
    after: Ints,
    slots: int,
    *,
    barred_candidates: Flags | None = None,
    barred_panels: Flags | None = None,
    interpreters: Interpreters | None = None,
) -> tuple[int, ...]:
    """The meetings that got another slot though they could have kept theirs, all else as it is now."""
    found = []
    for one in np.flatnonzero((before >= 0) & (after >= 0) & (before != after)):
        kept = after.copy()
        kept[one] = before[one]
        if not clashes(
            meetings,
            kept,
            slots,
            barred_candidates=barred_candidates,
            barred_panels=barred_panels,
            interpreters=interpreters,
        ):
            found.append(int(one))
    return tuple(found)
