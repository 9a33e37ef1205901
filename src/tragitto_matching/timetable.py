"""The timetable of meetings: nobody in two places, as few slots as there can be, and who waits.

Candidates and panels (an employer's table in a meeting day) are the two sides of a graph, meetings its
edges, slots its colours. **As many slots as anybody has meetings are enough**, and fewer never are
(D. König, *Über Graphen und ihre Anwendung auf Determinantentheorie und Mengenlehre*, Math. Annalen 77,
1916): where nothing is barred, `arrange` with `fewest_slots` places every meeting. Where slots are barred or
interpreters scarce, the question is hard in general (S. Even, A. Itai, A. Shamir, *On the complexity of
timetable and multicommodity flow problems*, SIAM J. Comput. 5, 1976): then what stays without a slot waits,
and `timetable_check.bound` says how many could have one at most.

How: panel after panel, in the order of their numbers.

1. The panel's own meetings are spread over its own slots, moving only each other (augmenting paths by bits).
2. Who is left takes a slot that becomes free when two slots are swapped along a chain of meetings.
3. Who is still left tries again after the last panel, until nobody finds a slot any more.
"""

from dataclasses import dataclass

import numpy as np

from tragitto_matching import timetable_compiled, timetable_plain
from tragitto_matching.instance import Ints
from tragitto_matching.kernels import compiled
from tragitto_matching.timetable_input import Flags, Interpreters, looked_at
from tragitto_matching.timetable_repair import Moved, Repair, repair

__all__ = ["Interpreters", "Moved", "Repair", "Timetable", "arrange", "fewest_slots", "repair"]

#: The kernel keeps a row of slots in one word; a longer row takes the same steps in Python.
_ONE_WORD = 64


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """A slot for each meeting, in the order in which they were given."""

    #: (meetings,) counted from 0, -1 = the meeting waits for a slot.
    slot_of: Ints
    slots: int
    #: The slots that the meetings need at least: as many as anybody has meetings.
    fewest: int

    @property
    def waiting(self) -> int:
        """How many meetings have no slot."""
        return int(np.count_nonzero(self.slot_of < 0))


def fewest_slots(meetings: Ints) -> int:
    """The slots that are enough for all where nothing is barred, and without which it cannot be done."""
    if not len(meetings):
        return 0
    return int(max(np.bincount(meetings[:, 0]).max(), np.bincount(meetings[:, 1]).max()))


def arrange(
    meetings: Ints,
    slots: int,
    *,
    barred_candidates: Flags | None = None,
    barred_panels: Flags | None = None,
    interpreters: Interpreters | None = None,
) -> Timetable:
    """Give each meeting (candidate, panel) one of the slots; who cannot have one waits.

    Nobody is in two places, in a barred slot, or without the interpreter needed. With at least
    `fewest_slots` slots and nothing barred nobody waits. The same meetings in another order get the same
    slots. Raises `ValueError` where the input cannot be meant.
    """
    day = looked_at(meetings, slots, barred_candidates, barred_panels, interpreters)
    library = compiled()
    if library is None or slots > _ONE_WORD:
        slot_of = timetable_plain.arranged(day)
    else:
        slot_of = timetable_compiled.arranged(library, day)
    return Timetable(slot_of=day.as_given(slot_of), slots=slots, fewest=fewest_slots(meetings))
