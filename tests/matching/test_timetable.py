"""Timetables: nobody in two places, as few slots as there can be, and mended without moving who need not."""

import os
from collections import Counter
from itertools import product
from typing import Any

import numpy as np
import pytest

from tests.matching.made_up_days import a_flow, made_up, side_by_side
from tragitto_matching import timetable, timetable_check
from tragitto_matching.kernels import numpy_only, uses_compiled
from tragitto_matching.timetable import Interpreters

NOBODY = np.empty(0, np.int32)


def ints(*rows: Any) -> Any:
    return np.array(rows, np.int32)


def most_by_trying(meetings: Any, slots: int, rules: dict[str, Any]) -> int:
    """The most meetings that can have a slot: every timetable there is."""
    return max(
        int((np.array(given) >= 0).sum())
        for given in product(range(-1, slots), repeat=len(meetings))
        if not timetable_check.clashes(meetings, np.array(given, np.int32), slots, **rules)
    )


def test_ten_thousand_days_without_a_clash_and_never_above_the_bound():
    """The bound of fifty days is the sum of a flow for each: so each flow is a greatest, and holds alone."""
    chance = np.random.default_rng(4)
    days: dict[int, list[tuple[Any, dict[str, Any]]]] = {}
    flows: dict[int, int] = {}
    for number in range(10_000):
        meetings, slots, rules = made_up(chance, 1 + number % 2)
        arranged = timetable.arrange(meetings, slots, **rules)
        assert timetable_check.clashes(meetings, arranged.slot_of, slots, **rules) == ()
        rules.pop("interpreters", None)
        flow = a_flow(meetings, slots, rules)
        assert len(meetings) - arranged.waiting <= flow
        days.setdefault(slots, []).append((meetings, rules))
        flows[slots] = flows.get(slots, 0) + flow
        if len(days[slots]) == 50:
            together, barred = side_by_side(days.pop(slots), slots)
            assert timetable_check.bound(together, slots, **barred) == flows.pop(slots)
    for slots, left in days.items():
        together, barred = side_by_side(left, slots)
        assert timetable_check.bound(together, slots, **barred) == flows[slots]


def test_as_many_slots_as_anybody_has_meetings_are_enough_and_one_fewer_is_not():
    """König 1916, on ten thousand days."""
    chance = np.random.default_rng(5)
    for _ in range(10_000):
        meetings = np.argwhere(chance.random(chance.integers(1, 9, 2)) < chance.random()).astype(np.int32)
        if not len(meetings):
            continue
        fewest = max(
            Counter(meetings[:, 0]).most_common(1)[0][1], Counter(meetings[:, 1]).most_common(1)[0][1]
        )
        assert timetable.fewest_slots(meetings) == fewest
        assert timetable.arrange(meetings, fewest).waiting == 0
        if fewest > 1:
            assert timetable.arrange(meetings, fewest - 1).waiting > 0


def test_ten_thousand_days_have_the_same_slots_compiled_and_plain():
    if not uses_compiled():
        assert not os.environ.get("CI"), "the compiled kernels are not here to be compared"
        pytest.skip("no compiler here")
    chance = np.random.default_rng(6)
    for number in range(10_000):
        meetings, slots, rules = made_up(chance, number % 3)
        compiled = timetable.arrange(meetings, slots, **rules)
        with numpy_only():
            plain = timetable.arrange(meetings, slots, **rules)
        assert np.array_equal(compiled.slot_of, plain.slot_of)


def test_the_bound_is_the_most_where_everything_is_tried():
    chance = np.random.default_rng(7)
    reached = possible = tried = 0
    while tried < 60:
        meetings, slots, rules = made_up(chance, 1)
        if not 0 < len(meetings) <= 5 or slots > 3:
            continue
        tried += 1
        most = most_by_trying(meetings, slots, rules)
        assert most <= timetable_check.bound(meetings, slots, **rules)
        reached += len(meetings) - timetable.arrange(meetings, slots, **rules).waiting
        possible += most
    assert reached >= 0.98 * possible


def test_the_order_of_the_meetings_changes_nothing():
    chance = np.random.default_rng(8)
    meetings, slots, rules = made_up(chance, 1)
    turned = chance.permutation(len(meetings))
    one = timetable.arrange(meetings, slots, **rules)
    assert np.array_equal(timetable.arrange(meetings[turned], slots, **rules).slot_of, one.slot_of[turned])


def test_more_slots_than_a_word_holds():
    meetings = np.array([(0, panel) for panel in range(70)], np.int32)
    assert sorted(timetable.arrange(meetings, 70).slot_of.tolist()) == list(range(70))


def test_a_day_without_meetings():
    assert timetable.arrange(np.empty((0, 2), np.int32), 3).slot_of.tolist() == []


def test_an_interpreter_is_not_in_two_places():
    meetings = ints((0, 0), (1, 1))
    spoken = np.zeros(2, np.uint64)
    one = Interpreters(needs=ints(0, 0), spoken=spoken, at_once=ints((1, 1)))
    assert sorted(timetable.arrange(meetings, 2, interpreters=one).slot_of.tolist()) == [0, 1]
    assert (
        timetable.arrange(
            meetings, 1, interpreters=Interpreters(needs=ints(0, 0), spoken=spoken, at_once=ints((1,)))
        ).waiting
        == 1
    )


def test_a_panel_that_speaks_the_language_needs_no_interpreter():
    rules = Interpreters(needs=ints(0, 0), spoken=np.array([1, 1], np.uint64), at_once=ints((0,)))
    assert timetable.arrange(ints((0, 0), (1, 1)), 1, interpreters=rules).waiting == 0


# The judge says no ----------------------------------------------------------------------------------------


def codes(meetings: Any, slot_of: Any, slots: int, **rules: Any) -> list[str]:
    found = timetable_check.clashes(meetings, np.array(slot_of, np.int32), slots, **rules)
    return [clash.code for clash in found]


def test_the_judge_sees_somebody_in_two_places():
    assert codes(ints((0, 0), (0, 1)), [1, 1], 2) == ["candidate_twice"]
    assert codes(ints((0, 0), (1, 0)), [0, 0], 2) == ["panel_twice"]


def test_the_judge_sees_a_barred_slot_and_one_that_is_not_there():
    barred = np.array([[True, False]])
    assert codes(ints((0, 0)), [0], 2, barred_candidates=barred) == ["candidate_barred"]
    assert codes(ints((0, 0)), [0], 2, barred_panels=barred) == ["panel_barred"]
    assert codes(ints((0, 0)), [2], 2) == ["no_such_slot"]


def test_the_judge_sees_too_few_interpreters():
    rules = Interpreters(needs=ints(0, 0), spoken=np.zeros(2, np.uint64), at_once=ints((1,)))
    assert codes(ints((0, 0), (1, 1)), [0, 0], 1, interpreters=rules) == ["interpreters"]


def test_the_judge_sees_a_needless_move():
    meetings, before = ints((0, 0), (1, 1)), ints(0, 0)
    assert timetable_check.needless_moves(meetings, before, ints(0, 1), 2) == (1,)
    assert timetable_check.needless_moves(meetings, before, before, 2) == ()


# Repair ---------------------------------------------------------------------------------------------------


def test_a_meeting_that_finds_a_slot_in_common_moves_nobody():
    meetings, before = ints((0, 0), (1, 1)), ints(0, 0)
    mended = timetable.repair(meetings, before, 2, cancelled=NOBODY, displaced=ints(0), first_slot=1)
    assert mended.slot_of.tolist() == [1, 0]
    assert [one.meeting for one in mended.moved] == [0]


def test_one_other_meeting_is_moved_where_one_is_enough():
    # Candidate 0 can come in slot 1 alone, where the panel meets candidate 1, who can come in slot 2 too.
    meetings, before = ints((0, 0), (1, 0)), ints(0, 1)
    barred = np.array([[True, False, True], [True, False, False]])
    mended = timetable.repair(
        meetings, before, 3, cancelled=NOBODY, displaced=NOBODY, barred_candidates=barred
    )
    assert mended.slot_of.tolist() == [1, 2]
    assert [(one.meeting, one.because_of) for one in mended.moved] == [(0, 0), (1, 0)]
    assert mended.is_fewest


def test_who_waited_takes_the_slot_of_who_does_not_come():
    meetings, before = ints((0, 0), (1, 0)), ints(0, -1)
    mended = timetable.repair(meetings, before, 1, cancelled=ints(0), displaced=NOBODY)
    assert (mended.slot_of.tolist(), mended.filled) == ([-1, 0], (1,))


def test_what_has_happened_stays():
    meetings, before = ints((0, 0), (0, 1)), ints(0, 1)
    mended = timetable.repair(meetings, before, 2, cancelled=NOBODY, displaced=ints(1), first_slot=1)
    assert (mended.slot_of.tolist(), mended.waiting) == ([0, -1], (1,))


def fewest_by_trying(meetings: Any, before: Any, lost: int, slots: int, rules: dict[str, Any]) -> int | None:
    """How many others have to be moved at least: every timetable that keeps all meetings."""
    found = None
    for given in product(range(slots), repeat=len(meetings)):
        after = np.array(given, np.int32)
        if after[lost] == before[lost] or timetable_check.clashes(meetings, after, slots, **rules):
            continue
        moved = int((after != before).sum()) - 1
        found = moved if found is None else min(found, moved)
    return found


def test_a_repair_moves_the_fewest_and_nobody_needlessly():
    chance = np.random.default_rng(9)
    tried = 0
    while tried < 150:
        meetings, slots, rules = made_up(chance, 1)
        if not 1 < len(meetings) <= 5 or slots > 4:
            continue
        before = timetable.arrange(meetings, slots, **rules).slot_of
        if (before < 0).any():
            continue
        tried += 1
        lost = int(chance.integers(len(meetings)))
        mended = timetable.repair(meetings, before, slots, cancelled=NOBODY, displaced=ints(lost), **rules)
        assert timetable_check.clashes(meetings, mended.slot_of, slots, **rules) == ()
        assert timetable_check.needless_moves(meetings, before, mended.slot_of, slots, **rules) in {
            (),
            (lost,),
        }
        if not mended.waiting and mended.is_fewest:
            assert len(mended.moved) - 1 == fewest_by_trying(meetings, before, lost, slots, rules)


# Input that cannot be meant -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meetings", "slots", "rules"),
    [
        (ints((0, 0), (0, 0)), 2, {}),
        (ints((0, -1)), 2, {}),
        (ints((0, 0)), 0, {}),
        (ints(0, 0), 2, {}),
        (np.array([[0.5, 1.0]]), 2, {}),
        (ints((1, 0)), 2, {"barred_candidates": np.zeros((1, 2), bool)}),
        (ints((0, 0)), 2, {"barred_panels": np.zeros((1, 3), bool)}),
        (
            ints((0, 0)),
            1,
            {"interpreters": Interpreters(needs=ints(3), spoken=np.zeros(1, np.uint64), at_once=ints((1,)))},
        ),
    ],
)
def test_input_that_cannot_be_meant_is_refused(meetings: Any, slots: int, rules: dict[str, Any]):
    with pytest.raises(ValueError, match=r"\w"):
        timetable.arrange(meetings, slots, **rules)


def test_a_repair_of_meetings_that_are_not_there_is_refused():
    with pytest.raises(ValueError, match="one of the meetings"):
        timetable.repair(ints((0, 0)), ints(0), 1, cancelled=ints(5), displaced=NOBODY)
