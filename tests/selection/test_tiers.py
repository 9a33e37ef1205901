"""Places in a ranking: numbered without gaps, moved one step at a time."""

from hypothesis import given
from hypothesis import strategies as st

from tragitto.selection.rules.tiers import as_lists, moved, normal

TIERS = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.integers(1, 9), min_size=1)


def test_gaps_close_and_ties_stay():
    assert normal({"a": 2, "b": 7, "c": 2, "d": None}) == {"a": 1, "b": 2, "c": 1, "d": None}


def test_alone_it_changes_places_with_the_next():
    assert moved({"a": 1, "b": 2, "c": 3}, "c", up=True) == {"a": 1, "b": 3, "c": 2}


def test_out_of_a_tie_it_moves_alone():
    assert moved({"a": 1, "b": 1, "c": 2}, "b", up=False) == {"a": 1, "b": 2, "c": 3}


def test_past_a_tie_it_moves_whole():
    assert moved({"a": 1, "b": 1, "c": 2}, "c", up=True) == {"a": 2, "b": 2, "c": 1}


def test_the_last_one_moves_down_to_rather_not():
    assert moved({"a": 1, "b": 2}, "b", up=False) == {"a": 1, "b": None}


def test_rather_not_moves_up_to_the_last_place():
    assert moved({"a": 1, "b": None}, "b", up=True) == {"a": 1, "b": 2}


def test_rather_not_moves_down_no_further():
    assert moved({"a": 1, "b": None}, "b", up=False) == {"a": 1, "b": None}


@given(TIERS, st.data(), st.booleans())
def test_nobody_else_changes_their_order(tiers, data, up):
    code = data.draw(st.sampled_from(sorted(tiers)))

    after = moved(tiers, code, up=up)

    others = [each for each in tiers if each != code]
    assert {each: after[each] is None for each in others} == {each: tiers[each] is None for each in others}
    ranked = [each for each in others if tiers[each] is not None]
    assert all((tiers[a] < tiers[b]) == (after[a] < after[b]) for a in ranked for b in ranked)


@given(TIERS)
def test_up_never_lowers_and_numbers_have_no_gaps(tiers):
    for code in tiers:
        after = moved(tiers, code, up=True)
        numbers = {tier for tier in after.values() if tier is not None}
        assert numbers == set(range(1, len(numbers) + 1))
        before = normal(tiers)[code]
        assert before is None or after[code] is not None


def test_lists_are_told_best_first():
    assert as_lists({"b": 1, "a": 1, "c": 2, "d": None}) == [["a", "b"], ["c"]]
