"""Ranked lists: the stated order, the same from both paths, and refusals of what is no list."""

import os
from dataclasses import fields, replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.made_up import small
from tests.matching.made_up_lists import scored_pairs, scored_rounds
from tragitto_matching import lottery
from tragitto_matching.kernels import numpy_only, uses_compiled
from tragitto_matching.kernels.calling import threads_for
from tragitto_matching.pairs import Pairs, eligible_pairs
from tragitto_matching.ranking import Rankings, by_score, drawn, from_lists, from_tiers, places


def rows(ptr: np.ndarray, values: np.ndarray) -> list[list[int]]:
    return [values[a:b].tolist() for a, b in pairwise(ptr.tolist())]


def same(one: Rankings, other: Rankings) -> bool:
    def equal(name: str) -> bool:
        left, right = getattr(one, name), getattr(other, name)
        if not isinstance(left, np.ndarray):
            return left is None and right is None if left is None or right is None else left == right
        return right is not None and left.dtype == right.dtype and np.array_equal(left, right)

    return all(equal(field.name) for field in fields(Rankings))


# Three people, two posts: post 0 scores Amina 5, Badr 7, Chadia 5; post 1 scores Amina 9, Chadia 5.
PAIRS = Pairs(
    ptr=np.array([0, 3, 5], np.int64),
    candidate=np.array([0, 1, 2, 0, 2], np.int32),
    score=np.array([5, 7, 5, 9, 5], np.int32),
    count=3,
)


def test_the_kernels_are_here():
    """Without them the comparisons below would compare NumPy with itself."""
    assert uses_compiled()


def test_a_post_ranks_by_score_and_equals_by_seniority():
    made = by_score(PAIRS)

    assert rows(made.post_ptr, made.candidate) == [[1, 0, 2], [0, 2]]
    assert made.candidate_tied.tolist() == [False, False, True, False, False]


def test_equals_are_put_in_order_by_lot():
    made = [by_score(PAIRS, seed=seed) for seed in range(20)]

    for seed, one in enumerate(made):
        first, second = sorted((0, 2), key=lottery.order(seed, 3).__getitem__)
        assert rows(one.post_ptr, one.candidate) == [[1, first, second], [0, 2]]
    assert {tuple(one.candidate.tolist()) for one in made} == {(1, 0, 2, 0, 2), (1, 2, 0, 0, 2)}


def test_a_candidate_wishes_the_higher_score_and_of_equal_ones_the_post_filed_earlier():
    made = by_score(PAIRS)

    assert rows(made.candidate_ptr, made.post) == [[1, 0], [0], [0, 1]]
    assert made.post_tied is None


def test_the_region_wished_most_comes_before_the_score():
    instance = small(1, 3, 2)
    instance = replace(
        instance,
        candidates=replace(instance.candidates, first_region=np.array([2, -1, 3], np.int32)),
        posts=replace(instance.posts, region=np.array([2, 3], np.int32)),
    )

    made = by_score(PAIRS, instance=instance)

    assert rows(made.candidate_ptr, made.post) == [[0, 1], [0], [1, 0]]


def test_each_side_knows_where_the_other_ranks_it():
    made = by_score(PAIRS)

    assert rows(made.candidate_ptr, made.place) == [[0, 1], [0], [2, 1]]
    assert rows(made.post_ptr, made.wish) == [[0, 1, 0], [0, 1]]


@given(st.integers(0, 2**32), st.sampled_from((1, 3, 900, 2**24, 2**31 - 2)), st.booleans())
@settings(max_examples=150, deadline=None)
def test_both_paths_give_the_same_lists(seed, levels, with_lots):
    pairs = scored_pairs(seed, 1 + seed % 150, 1 + seed % 90, levels)
    lots = seed if with_lots else None

    compiled = by_score(pairs, seed=lots, threads=1 + seed % 3)

    with numpy_only():
        assert same(compiled, by_score(pairs, seed=lots))


@pytest.mark.parametrize("levels", [2, 900, 2**31 - 2])
@pytest.mark.parametrize("seed", [None, 11])
def test_both_paths_agree_on_ten_thousand_rounds(levels, seed):
    pairs = scored_rounds(10_000, levels, levels)

    made = by_score(pairs, instance=regions(pairs, 4), seed=seed)

    with numpy_only():
        assert same(made, by_score(pairs, instance=regions(pairs, 4), seed=seed))


def regions(pairs: Pairs, many: int) -> SimpleNamespace:
    """What the rankings look at in an instance: where each wishes to go most, and where each post is."""
    rng = np.random.default_rng(pairs.count)
    return SimpleNamespace(
        candidates=SimpleNamespace(first_region=rng.integers(-1, many, pairs.count)),
        posts=SimpleNamespace(region=rng.integers(0, many, pairs.posts)),
    )


def test_both_paths_agree_on_whole_instances():
    for seed in range(60):
        instance = small(seed, 60, 30)
        pairs = eligible_pairs(instance)
        with numpy_only():
            wanted = by_score(pairs, instance=instance, seed=seed)
        assert same(by_score(pairs, instance=instance, seed=seed), wanted), seed


def test_lists_beyond_a_block_are_the_same_in_threads():
    """More candidates than the kernel turns round at a time."""
    rng = np.random.default_rng(4)
    key = np.unique(rng.integers(0, 7 * 70_000, 250_000))
    pairs = Pairs(
        ptr=np.searchsorted(key, np.arange(8) * 70_000).astype(np.int64),
        candidate=(key % 70_000).astype(np.int32),
        score=rng.integers(1, 50, len(key)).astype(np.int32),
        count=70_000,
    )

    made = [by_score(pairs, seed=5, threads=threads) for threads in (1, 2, 7)]

    with numpy_only():
        wanted = by_score(pairs, seed=5)
    assert [same(one, wanted) for one in made] == [True, True, True]


def test_own_lists_keep_who_is_liked_as_much():
    made = from_lists([[1, 0], [[0, 1]], [0]], [[[0, 1], 2], [1, 0]])

    assert rows(made.candidate_ptr, made.post) == [[1, 0], [0, 1], [0]]
    assert made.post_tied.tolist() == [False, False, False, True, False]
    assert rows(made.post_ptr, made.candidate) == [[0, 1, 2], [1, 0]]
    assert made.candidate_tied.tolist() == [False, True, False, False, False]


def test_a_pair_counts_only_if_each_lists_the_other():
    made = from_lists([[0, 1], [1]], [[1, 0], [0]])

    assert rows(made.candidate_ptr, made.post) == [[0, 1], []]
    assert rows(made.post_ptr, made.candidate) == [[0], [0]]


def test_drawing_anew_moves_equals_alone():
    made = from_lists([[0]] * 6, [[0, [1, 2, 3, 4], 5]])

    again = drawn(made, 77)

    stands = lottery.order(77, 6)
    assert again.candidate.tolist() == [0, *sorted((1, 2, 3, 4), key=stands.__getitem__), 5]
    assert again.candidate_tied.tolist() == made.candidate_tied.tolist()
    assert again.seed == 77


def test_who_is_marked_comes_first_among_equals():
    made = from_lists([[0]] * 4, [[0, [1, 2, 3]]])

    assert drawn(made, None, first=np.array([1, 0, 0, 1], np.bool_)).candidate.tolist() == [0, 3, 1, 2]


@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_both_paths_draw_the_same_and_tell_the_same_places(seed):
    made = by_score(scored_pairs(seed, 1 + seed % 120, 1 + seed % 40, 1 + seed % 7))
    first = np.random.default_rng(seed).random(made.candidates) < 0.3

    again = drawn(made, seed, first=first)

    with numpy_only():
        assert same(again, drawn(made, seed, first=first))
        assert np.array_equal(places(again), places(replace(again)))
    assert np.array_equal(places(again)[0], again.place)


def test_both_paths_draw_the_same_in_ten_thousand_rounds():
    made = by_score(scored_rounds(10_000, 5, 2))
    first = np.random.default_rng(6).random(made.candidates) < 0.3

    again = drawn(made, 7, first=first)

    with numpy_only():
        assert same(again, drawn(made, 7, first=first))
        assert np.array_equal(places(again), places(replace(again)))


def pairs_with(**changed: np.ndarray) -> Pairs:
    return replace(PAIRS, **changed)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (pairs_with(score=np.array([5, 7, 5, 9, 0], np.int32)), "at least 1"),
        (pairs_with(score=np.array([5, 7, 5, 9], np.int32)), "one int32 for each pair"),
        (pairs_with(score=PAIRS.score.astype(np.int64)), "one int32 for each pair"),
        (pairs_with(score=np.repeat(PAIRS.score, 2)[::2]), "one after the other"),
        (pairs_with(candidate=np.array([0, 1, 3, 0, 2], np.int32)), "points at nobody"),
        (pairs_with(candidate=np.array([0, -1, 2, 0, 2], np.int32)), "points at nobody"),
        (pairs_with(candidate=np.array([1, 0, 2, 0, 2], np.int32)), "go up"),
        (pairs_with(candidate=np.array([0, 0, 2, 0, 2], np.int32)), "go up"),
        (pairs_with(ptr=np.array([0, 3, 4], np.int64)), "end with the last entry"),
        (pairs_with(ptr=np.array([0, 6, 5], np.int64)), "end with the last entry"),
        (pairs_with(ptr=np.array([0, 3, 5], np.int32)), "int64"),
    ],
)
def test_pairs_that_are_none_are_refused(wrong, why):
    with pytest.raises(ValueError, match=why):
        by_score(wrong)
    with numpy_only(), pytest.raises(ValueError, match=why):
        by_score(wrong)


@pytest.mark.parametrize(
    ("lists", "why"), [(([[0, 0]], [[0]]), "has 0 twice"), (([[1]], [[0]]), "has 1, which is not there")]
)
def test_lists_that_are_none_are_refused(lists, why):
    with pytest.raises(ValueError, match=why):
        from_lists(*lists)


@pytest.mark.parametrize(
    ("candidate", "post", "why"), [([0, 0], [0, 0], "there twice"), ([2, 0], [0, 0], "is not there")]
)
def test_tiers_that_are_none_are_refused(candidate, post, why):
    ends = {"candidate": np.array(candidate, np.int32), "post": np.array(post, np.int32)}
    tiers = {"wish_tier": np.zeros(2, np.int64), "place_tier": np.zeros(2, np.int64)}

    with pytest.raises(ValueError, match=why):
        from_tiers(**ends, **tiers, shape=(2, 1))


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("place", np.array([0, 1, 0, 2, 3], np.int32), "points at nobody"),
        ("wish", np.array([0, 1], np.int32), "one for each pair"),
        ("candidate_tied", np.zeros(4, np.bool_), "one truth value"),
        ("candidate", np.array([1, 0, 2, 0], np.int32), "end with the last entry|both sides"),
    ],
)
def test_rankings_that_are_none_are_refused(name, value, why):
    with pytest.raises(ValueError, match=why):
        replace(by_score(PAIRS), **{name: value})


def test_a_wish_beyond_the_list_is_refused_before_anything_is_written():
    astray = replace(by_score(PAIRS), wish=np.array([1, 1, 0, 0, 1], np.int32))

    with pytest.raises(ValueError, match="beyond the candidate's list"):
        drawn(astray, 1)


@pytest.mark.parametrize(
    ("work", "wished", "threads"), [(100, 3, 3), (2, 3, 2), (0, 3, 1), (10**9, 10**6, 64), (1000, 0, 1)]
)
def test_threads_are_no_more_than_the_work_is_worth(work, wished, threads):
    assert threads_for(work, wished) == threads


def test_threads_are_those_that_this_process_may_run_on(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 5, 7}, raising=False)

    assert threads_for(10**9) == 3
    assert threads_for(1_200_000) == 2


def test_threads_are_a_whole_number():
    with pytest.raises(ValueError, match="Threads"):
        by_score(PAIRS, threads=-1)
