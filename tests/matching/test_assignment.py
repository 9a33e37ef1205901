"""The assignment: the best there is, proved, the same with the kernel and without."""

import time
from dataclasses import replace

import numpy as np
import pytest
from ortools.graph.python import min_cost_flow

from tests.matching.made_up_pairs import Given, best_by_trying, pairs_of, random_given, random_pairs
from tragitto_matching.assignment import Assignment, assign
from tragitto_matching.certificate import check
from tragitto_matching.instance import Ints
from tragitto_matching.kernels import numpy_only, uses_compiled
from tragitto_matching.pairs import Pairs

#: Amina and two others (0, 1, 2), Bruno's two posts.
BRUNO = pairs_of({0: 5, 1: 4, 2: 1}, {0: 4, 1: 1}, count=3)
ONE_EACH = np.array([1, 1], np.int32)


def ints(*values: int) -> Ints:
    return np.array(values, np.int32)


def couples(*values: tuple[int, int]) -> Ints:
    return np.array(values, np.int32).reshape(-1, 2)


def by_flow(given: Given) -> int:
    """The optimum of OR-Tools: candidates, posts, groups and the end, a unit for each candidate."""
    pairs, group = given.pairs, given.group
    posts, end = pairs.count + np.arange(pairs.posts), pairs.count + pairs.posts + len(given.group_seats)
    flow = min_cost_flow.SimpleMinCostFlow()

    def arcs(tail: Ints, head: Ints, seats: Ints, cost: Ints) -> None:
        flow.add_arcs_with_capacity_and_unit_cost(
            tail.astype(np.int32), head.astype(np.int32), seats.astype(np.int64), cost.astype(np.int64)
        )

    people, nothing = np.arange(pairs.count), np.zeros(pairs.count)
    arcs(pairs.candidate, np.repeat(posts, np.diff(pairs.ptr)), np.ones(len(pairs.score)), -pairs.score)
    arcs(
        posts, np.where(group < 0, end, pairs.count + pairs.posts + group), given.seats, np.zeros(pairs.posts)
    )
    groups = pairs.count + pairs.posts + np.arange(len(given.group_seats))
    arcs(groups, np.full(len(groups), end), given.group_seats, np.zeros(len(groups)))
    arcs(people, np.full(pairs.count, end), nothing + 1, nothing)
    flow.set_nodes_supplies(
        np.append(people, end).astype(np.int32), np.append(nothing + 1, -pairs.count).astype(np.int64)
    )
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def assigned(given: Given, **more: object) -> Assignment:
    return assign(given.pairs, given.seats, group=given.group, group_seats=given.group_seats, **more)


def test_the_best_total_counts_and_not_the_best_pair() -> None:
    found = assign(BRUNO, ONE_EACH)

    assert (found.post_of.tolist(), found.value, found.is_finished) == ([1, 0, -1], 8, True)


def test_ten_thousand_random_assignments_are_proved_optimal() -> None:
    for seed in range(10_000):
        given = random_given(seed)

        found = assigned(given)

        proof = check(given.pairs, given.seats, found, group=given.group, group_seats=given.group_seats)
        assert (proof.proves_optimum, found.is_finished) == (True, True), seed


@pytest.mark.parametrize("part", range(4))
def test_random_assignments_score_what_the_flow_of_or_tools_does(part: int) -> None:
    for seed in range(part * 2_500, part * 2_500 + 2_500):
        given = random_given(seed)

        assert assigned(given).value == by_flow(given), seed


def test_small_assignments_score_what_trying_everything_does() -> None:
    for seed in range(600):
        given = random_given(seed, candidates=7, posts=5)

        assert assigned(given).value == best_by_trying(given), seed


def test_forced_and_forbidden_pairs_are_kept_at_the_least_loss() -> None:
    kept = 0
    for seed in range(1_500):
        chance, given = np.random.default_rng(seed), random_given(seed, candidates=7, posts=5)
        n, m = given.pairs.count, given.pairs.posts
        forced = couples(
            *zip(chance.permutation(n)[:2].tolist(), chance.integers(0, m, 2).tolist(), strict=False)
        )
        forbidden = couples(*((int(chance.integers(n)), int(chance.integers(m))) for _ in range(3)))
        try:
            found = assigned(given, forced=forced, forbidden=forbidden)
        except ValueError:
            continue
        kept += 1
        conditions = {
            "group": given.group,
            "group_seats": given.group_seats,
            "forced": forced,
            "forbidden": forbidden,
        }
        assert check(given.pairs, given.seats, found, **conditions).proves_optimum, seed
        assert found.value == best_by_trying(given, forced, forbidden), seed
    assert kept > 300


def test_the_kernel_and_plain_python_give_the_same_bytes() -> None:
    assert uses_compiled()
    for seed in range(1_500):
        given = random_given(seed, candidates=20, posts=12)
        with numpy_only():
            plain = assigned(given)

        found = assigned(given)

        assert [column.tobytes() for column in _columns(found)] == [
            column.tobytes() for column in _columns(plain)
        ]
        assert (found.scale, found.value) == (plain.scale, plain.value)


def _columns(found: Assignment) -> tuple[np.ndarray, ...]:
    return found.post_of, found.post_prices, found.group_prices


def test_larger_assignments_are_optimal_too_with_ties_and_with_one_value_for_all() -> None:
    chance = np.random.default_rng(6)
    for highest in (1, 5, 900):
        pairs = random_pairs(chance, 1_000, 120)
        post = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr))
        common = chance.integers(1, highest + 1, pairs.posts)[post]
        for score in (common, chance.integers(1, highest + 1, len(post))):
            group = chance.integers(-1, 9, pairs.posts).astype(np.int32)
            group_seats = chance.integers(1, 30, 9).astype(np.int32)
            made = replace(pairs, score=score.astype(np.int32))
            given = Given(made, chance.integers(1, 9, pairs.posts).astype(np.int32), group, group_seats)

            assert assigned(given).value == by_flow(given)


def test_after_a_withdrawal_it_goes_on_from_the_prices_of_before() -> None:
    for seed in range(1_500):
        given = random_given(seed)
        before = assigned(given)
        gone = np.random.default_rng(seed).integers(0, given.pairs.count)
        forbidden = couples(*((int(gone), post) for post in range(given.pairs.posts)))

        again = assigned(given, forbidden=forbidden, before=before)

        assert again.value == assigned(given, forbidden=forbidden).value, seed
        assert again.post_of[gone] == -1


def test_who_is_already_placed_without_being_eligible_keeps_the_seat_and_adds_nothing() -> None:
    found = assign(BRUNO, ONE_EACH, forced=couples((2, 1)))

    assert (found.post_of.tolist(), found.value) == ([0, -1, 1], 5)


def test_a_group_has_no_more_people_than_seats() -> None:
    found = assign(BRUNO, ONE_EACH, group=ints(0, 0), group_seats=ints(1))

    assert (found.post_of.tolist(), found.value) == ([0, -1, -1], 5)


def test_nobody_and_nothing_is_assigned_nowhere() -> None:
    found = assign(pairs_of(count=0), ints())

    assert (found.post_of.tolist(), found.value, found.is_finished) == ([], 0, True)


def test_when_the_time_is_over_it_says_so() -> None:
    chance = np.random.default_rng(1)
    made = chance.random((40, 20_000)) < 0.5
    ptr = np.concatenate([[0], np.cumsum(made.sum(axis=1))]).astype(np.int64)
    candidate = np.nonzero(made)[1].astype(np.int32)
    pairs = Pairs(ptr=ptr, candidate=candidate, score=np.full(len(candidate), 9, np.int32), count=20_000)
    seats = np.full(40, 10, np.int32)
    begun = time.monotonic()

    found = assign(pairs, seats, seconds=0.0)

    proof = check(pairs, seats, found)
    assert proof.faults == ()
    assert time.monotonic() - begun < 5
    assert found.is_finished == proof.proves_optimum


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"seats": np.array([1, 1])}, "seats must hold one int32 for each."),
        ({"seats": ints(1, -1)}, "seats must be 0 or more."),
        ({"seats": ints(1)}, "seats must hold one int32 for each."),
        ({"group": ints(0, 0)}, "group and group_seats go together."),
        (
            {"group": ints(0, 1), "group_seats": ints(1)},
            "group must lie between -1 and the number of groups.",
        ),
        ({"group": ints(0), "group_seats": ints(1)}, "group must hold one int32 for each post."),
        ({"forced": ints(0, 0)}, "forced must be int32 pairs of candidate and post, shape (pairs, 2)."),
        ({"forced": couples((0, 2))}, "forced names a candidate or a post that is not there."),
        ({"forbidden": couples((3, 0))}, "forbidden names a candidate or a post that is not there."),
        ({"forced": couples((0, 0), (0, 1))}, "forced gives a candidate more than one post."),
        ({"forced": couples((0, 0), (1, 0))}, "forced fills more seats than a post has."),
        ({"forced": couples((0, 0)), "forbidden": couples((0, 0))}, "A pair is both forced and forbidden."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(given: dict[str, Ints], sentence: str) -> None:
    with pytest.raises(ValueError, match="^" + sentence.replace("(", r"\(").replace(")", r"\)") + "$"):
        assign(BRUNO, **{"seats": ONE_EACH, **given})
