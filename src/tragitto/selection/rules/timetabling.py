"""A run of the timetable: a slot for every meeting, nobody in two places, as many as can be. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tragitto.selection.rules.solved import Solved
from tragitto_matching import timetable, timetable_check
from tragitto_matching.instance import Instance
from tragitto_matching.timetable import Interpreters
from tragitto_matching.timetable_check import Clash


def solve(_instance: Instance, parameters: Mapping[str, Any]) -> Solved:
    """A timetable of the meetings that `parameters` ask for.

    `slots` = the beginnings of the slots; `meetings` = [[shortlisted, person, firm], …]; `cannot` = {party:
    [numbers of slots]}; `wants` = {person: language}; `interpreters` = {code: {"languages": […], "cannot":
    […]}}. A meeting without a slot waits. Who interprets is told in the order of the codes. Whoever wished
    for an interpreter and finds no hour with one meets without, rather than not at all; nobody moves for it.
    """
    meetings = parameters["meetings"]
    # In the order in which they are named, never by their codes: a file for an audit has other codes.
    people = list(dict.fromkeys(person for _code, person, _firm in meetings))
    firms = list(dict.fromkeys(firm for _code, _person, firm in meetings))
    slots = len(parameters["slots"])
    pairs = np.array(
        [(people.index(person), firms.index(firm)) for _code, person, firm in meetings], dtype=np.int32
    ).reshape(-1, 2)
    given: dict[str, Any] = {
        "barred_candidates": barred(people, slots, parameters["cannot"]),
        "barred_panels": barred(firms, slots, parameters["cannot"]),
        "interpreters": interpreted(people, firms, slots, parameters),
    }
    found = timetable.arrange(pairs, slots, **given)
    clashes = timetable_check.clashes(pairs, found.slot_of, slots, **given)
    closed = {name: given[name] for name in ("barred_candidates", "barred_panels")}
    slot_of, without = found.slot_of, list[str]()
    if given["interpreters"] is not None:
        none = np.array([], np.int32)
        rest = timetable.repair(pairs, slot_of, slots, cancelled=none, displaced=none, **closed)
        slot_of, without = rest.slot_of, sorted(meetings[each][0] for each in rest.filled)
        clashes += timetable_check.clashes(pairs, slot_of, slots, **closed)
    placed = sorted(
        (int(slot), code, person, firm)
        for (code, person, firm), slot in zip(meetings, slot_of, strict=True)
        if slot >= 0
    )
    who = _who_interprets([each for each in placed if each[1] not in without], parameters)
    waiting = sorted(code for (code, _p, _f), slot in zip(meetings, slot_of, strict=True) if slot < 0)
    return Solved(
        {
            "meetings": [
                {"shortlisted": code, "slot": slot, "interpreter": who.get(code, "")}
                for slot, code, _person, _firm in placed
            ],
            "waiting": waiting,
        }
        | ({"without_interpreter": without} if without else {}),
        {
            "faults": [_fault(each) for each in clashes],
            "placed": len(placed),
            "bound": timetable_check.bound(pairs, slots, **closed),
            "fewest_slots": found.fewest,
        },
    )


def barred(parties: Sequence[str], slots: int, cannot: Mapping[str, Sequence[int]]) -> np.ndarray:
    """For each party, in which slots it cannot."""
    closed = np.zeros((len(parties), slots), dtype=np.bool_)
    for row, party in enumerate(parties):
        closed[row, list(cannot.get(party, ()))] = True
    return closed


def interpreted(
    people: Sequence[str], firms: Sequence[str], slots: int, parameters: Mapping[str, Any]
) -> Interpreters | None:
    """Who needs an interpreter, and how many of each language are free in each slot; None if nobody does."""
    wants: Mapping[str, str] = parameters["wants"]
    tongues = sorted({wants[each] for each in people if each in wants})
    if not tongues:
        return None
    free = np.zeros((len(tongues), slots), dtype=np.int32)
    for interpreter in parameters["interpreters"].values():
        # Whoever speaks two languages is counted for the first one that somebody needs: never twice at once.
        row = next((at for at, each in enumerate(tongues) if each in interpreter["languages"]), None)
        if row is not None:
            free[row] += 1
            free[row, list(interpreter["cannot"])] -= 1
    needs = [tongues.index(wants[each]) if each in wants else -1 for each in people]
    return Interpreters(
        needs=np.array(needs, dtype=np.int32),
        spoken=np.zeros(len(firms), dtype=np.uint64),
        at_once=free,
    )


def _who_interprets(
    placed: Sequence[tuple[int, str, str, str]], parameters: Mapping[str, Any]
) -> dict[str, str]:
    wants, there = parameters["wants"], parameters["interpreters"]
    tongues = sorted({wants[person] for _slot, _code, person, _firm in placed if person in wants})
    speaks = {
        code: next((each for each in tongues if each in told["languages"]), "")
        for code, told in sorted(there.items())
    }
    found: dict[str, str] = {}
    taken: set[tuple[int, str]] = set()
    for slot, meeting, person, _firm in placed:
        for code, tongue in speaks.items():
            is_free = (slot, code) not in taken and slot not in there[code]["cannot"]
            if wants.get(person) == tongue and tongue and is_free:
                found[meeting] = code
                taken.add((slot, code))
                break
    return found


def _fault(clash: Clash) -> str:
    return f"{clash.code} in slot {clash.slot}"
