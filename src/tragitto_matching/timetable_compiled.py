"""The timetable by the compiled kernel (`kernels/timetable.c`)."""

import ctypes
from typing import Any

import numpy as np

from tragitto_matching.instance import Bits, Ints
from tragitto_matching.timetable_input import Day, Flags


def arranged(library: ctypes.CDLL, day: Day) -> Ints:
    """The slot of each sorted meeting, -1 = it waits."""
    at_candidate, free_candidate = _side(day.candidates, day.slots, day.barred_candidates)
    at_panel, free_panel = _side(day.panels, day.slots, day.barred_panels)
    kept = _interpreters(day)
    table = (
        ctypes.c_int32(day.slots),
        *map(_pointer, (at_candidate, at_panel, free_candidate, free_panel)),
        ctypes.c_int32(0 if day.interpreters is None else len(day.interpreters.at_once)),
        *map(_pointer, kept),
    )
    rows = (_pointer(day.ptr), _pointer(day.candidate))
    library.timetable_settle(*table, *rows, ctypes.c_int64(day.panels))
    found = np.empty(len(day.candidate), np.int8)
    reading = (
        ctypes.c_int32(day.slots),
        _pointer(at_panel),
        *rows,
        ctypes.c_int64(day.panels),
        _pointer(found),
    )
    library.timetable_read(*reading)
    retry = library.timetable_retry
    retry.restype = ctypes.c_int64
    while (waiting := np.flatnonzero(found < 0)).size:
        candidate, panel = day.candidate[waiting], day.panel[waiting]
        if not retry(*table, _pointer(candidate), _pointer(panel), ctypes.c_int64(len(waiting))):
            break
        library.timetable_read(*reading)
    return found.astype(np.int32)


def _side(count: int, slots: int, barred: Flags | None) -> tuple[Ints, Bits]:
    """Who is where (-1 = nobody, -2 = barred), and the free slots as bits."""
    at = np.full((count, slots), -1, np.int32)
    free = np.full(count, (1 << slots) - 1, np.uint64)
    if barred is not None:
        at[barred] = -2
        free ^= masks(barred)
    return at, free


def masks(flags: Flags) -> Bits:
    """Rows of at most 64 flags as bits, the first flag the lowest."""
    packed = np.zeros((len(flags), 8), np.uint8)
    short = np.packbits(flags, axis=1, bitorder="little")
    packed[:, : short.shape[1]] = short
    return packed.view("<u8")[:, 0].astype(np.uint64)


def _interpreters(day: Day) -> tuple[Ints, Bits, Ints, Bits]:
    wanted = day.interpreters
    if wanted is None:
        nobody, nothing = np.empty(0, np.int32), np.empty(0, np.uint64)
        return nobody, nothing, nobody, nothing
    return (
        np.ascontiguousarray(wanted.needs, np.int32),
        np.ascontiguousarray(wanted.spoken, np.uint64),
        # A copy: the kernel counts down in it.
        np.array(wanted.at_once, np.int32, order="C"),
        masks(wanted.at_once > 0),
    )


def _pointer(array: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)
