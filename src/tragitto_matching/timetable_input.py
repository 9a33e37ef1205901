"""What a timetable is made from, looked at before anything is computed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Bits, Ints, Longs

type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Interpreters:
    """Who needs an interpreter of which language, and how many of each there are at once."""

    #: (candidates,) the language in which the candidate needs one, -1 = none.
    needs: Ints
    #: (panels,) mask of the languages spoken at the panel: no interpreter is needed for them there.
    spoken: Bits
    #: (languages, slots) how many interpreters of the language are free in the slot; at most 64 languages.
    at_once: Ints

    def language(self, candidate: Ints, panel: Ints) -> Ints:
        """The language of the interpreter that each meeting needs, -1 = none."""
        needed = self.needs[candidate]
        spoken = self.spoken[panel] >> np.maximum(needed, 0).astype(np.uint64) & np.uint64(1)
        return np.where(spoken.astype(bool), np.int32(-1), needed).astype(np.int32)


@dataclass(frozen=True, kw_only=True)
class Day:
    """The meetings wished, sorted by panel, then candidate, and when each side can come."""

    candidate: Ints
    panel: Ints
    #: The meetings of panel p are ptr[p]:ptr[p+1].
    ptr: Longs
    #: Where each sorted meeting stood in what the caller gave; None = it came sorted.
    order: Longs | None
    slots: int
    candidates: int
    panels: int
    barred_candidates: Flags | None
    barred_panels: Flags | None
    interpreters: Interpreters | None

    def as_given(self, slot_of: Ints) -> Ints:
        """Slots by sorted meeting, put in the order of the caller."""
        if self.order is None:
            return slot_of
        given = np.empty_like(slot_of)
        given[self.order] = slot_of
        return given


def looked_at(
    meetings: Ints,
    slots: int,
    barred_candidates: Flags | None,
    barred_panels: Flags | None,
    interpreters: Interpreters | None,
) -> Day:
    """The day as the kernels want it. Raises `ValueError` with a sentence for what cannot be meant."""
    if meetings.ndim != 2 or meetings.shape[1] != 2 or not np.issubdtype(meetings.dtype, np.integer):
        raise ValueError("Meetings are pairs of whole numbers: candidate and panel.")
    if not 1 <= slots <= 1024:
        raise ValueError("A timetable has 1 to 1024 slots: make a longer one day by day.")
    if meetings.size and (meetings.min() < 0 or meetings.max() >= 2**31 - 1):
        raise ValueError("Candidates and panels are counted from 0.")
    candidates = _how_many(meetings[:, 0], barred_candidates, slots, "candidate")
    panels = _how_many(meetings[:, 1], barred_panels, slots, "panel")
    if interpreters is not None:
        _look_at_interpreters(interpreters, slots, candidates, panels)
    candidate, panel, order = _sorted(meetings, candidates)
    ptr = np.zeros(panels + 1, np.int64)
    np.cumsum(np.bincount(panel, minlength=panels), out=ptr[1:])
    return Day(
        candidate=candidate,
        panel=panel,
        ptr=ptr,
        order=order,
        slots=slots,
        candidates=candidates,
        panels=panels,
        barred_candidates=barred_candidates,
        barred_panels=barred_panels,
        interpreters=interpreters,
    )


def _how_many(column: Ints, barred: Flags | None, slots: int, name: str) -> int:
    least = int(column.max(initial=-1)) + 1
    if barred is None:
        return least
    if barred.dtype != np.bool_ or barred.ndim != 2 or barred.shape[1] != slots:
        raise ValueError(f"Barred slots are yes or no for each {name} and slot.")
    if len(barred) < least:
        raise ValueError(f"A {name} with a meeting has no row of barred slots.")
    return len(barred)


def _look_at_interpreters(interpreters: Interpreters, slots: int, candidates: int, panels: int) -> None:
    languages = len(interpreters.at_once)
    if interpreters.at_once.shape != (languages, slots) or not 1 <= languages <= 64:
        raise ValueError("Interpreters are counted by language and slot, for 1 to 64 languages.")
    if interpreters.at_once.min() < 0:
        raise ValueError("There cannot be fewer than 0 interpreters.")
    if len(interpreters.needs) < candidates or len(interpreters.spoken) < panels:
        raise ValueError("A candidate or panel with a meeting has no word on languages.")
    if interpreters.needs.min(initial=-1) < -1 or interpreters.needs.max(initial=-1) >= languages:
        raise ValueError("A candidate needs an interpreter of a language that is not counted.")


def _sorted(meetings: Ints, candidates: int) -> tuple[Ints, Ints, Longs | None]:
    candidate = np.ascontiguousarray(meetings[:, 0], dtype=np.int32)
    panel = np.ascontiguousarray(meetings[:, 1], dtype=np.int32)
    key = panel.astype(np.int64) * max(candidates, 1) + candidate
    if not (key[1:] <= key[:-1]).any():
        return candidate, panel, None
    order = np.argsort(key, kind="stable")
    key = key[order]
    if (key[1:] == key[:-1]).any():
        raise ValueError("A candidate meets a panel once: the same meeting is there twice.")
    return candidate[order], panel[order], order
