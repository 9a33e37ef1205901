"""The assignment: the best there is, proved, the same with the kernel and without."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from ortools.graph.python import min_cost_flow

from tests.matching import made_up_sides
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


@pytest.mark.parametrize("part", range(4))
def test_ten_thousand_random_assignments_are_proved_and_score_what_or_tools_does(part: int) -> None:
    for seed in range(part * 2_500, part * 2_500 + 2_500):
        given = random_given(seed)

        found = assigned(given)

        proof = check(given.pairs, given.seats, found, group=given.group, group_seats=given.group_seats)
        assert (proof.proves_optimum, found.is_finished, found.value) == (True, True, by_flow(given)), seed


def ten_thousand_small() -> Iterator[tuple[int, Given]]:
    """Four people and three posts each, 25 side by side, and what trying everything finds for these."""
    small = made_up_sides.drawn(np.random.default_rng(1), 10_000, only_groups=True)
    best = made_up_sides.best_by_trying(small)
    for first in range(0, 10_000, 25):
        pairs, seats, sides = made_up_sides.side_by_side(small, slice(first, first + 25))
        assert sides.classes is not None
        yield (
            int(best[first : first + 25].sum()),
            Given(pairs, seats, sides.classes.label, sides.classes.most),
        )


def test_ten_thousand_small_assignments_score_what_trying_everything_does() -> None:
    for best, given in ten_thousand_small():
        assert assigned(given).value == best


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

        assert said(assigned(given)) == said(plain), seed


def test_ten_thousand_small_ones_are_the_same_with_the_kernel_and_without() -> None:
    for _, given in ten_thousand_small():
        with numpy_only():
            plain = assigned(given)

        assert said(assigned(given)) == said(plain)


def said(found: Assignment) -> tuple[object, ...]:
    """An assignment, to the last byte."""
    columns = found.post_of, found.post_prices, found.group_prices
    return *(column.tobytes() for column in columns), found.scale, found.value, found.is_finished


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


def test_when_the_bids_are_over_it_says_so_and_how_far_it_is() -> None:
    found = assign(BRUNO, ONE_EACH, bids=1)

    proof = check(BRUNO, ONE_EACH, found)
    assert (found.is_finished, proof.faults, proof.proves_optimum) == (False, (), False)
    assert found.value < 8 <= proof.bound


def test_so_many_bids_give_the_same_bytes_with_the_kernel_and_without() -> None:
    for seed in range(300):
        given = random_given(seed, candidates=20, posts=12)
        bids = seed % 40
        with numpy_only():
            plain = assigned(given, bids=bids)

        found = assigned(given, bids=bids)

        assert said(found) == said(plain), seed


def test_in_place_gives_the_same_bytes_and_leaves_the_pairs_as_they_were() -> None:
    for seed in range(1_500):
        given = random_given(seed, candidates=60 if seed % 2 else 12, posts=30)
        kept = replace(given.pairs, candidate=given.pairs.candidate.copy(), score=given.pairs.score.copy())

        found = assigned(given, in_place=True)

        assert given.pairs.candidate.tolist() == kept.candidate.tolist(), seed
        assert given.pairs.score.tolist() == kept.score.tolist(), seed
        assert said(found) == said(assigned(given)), seed


@pytest.mark.parametrize(("highest", "candidates"), [(911, 9_000), (2**26, 500)])
def test_in_place_many_pairs_are_sorted_and_put_back(highest: int, candidates: int) -> None:
    chance = np.random.default_rng(candidates)
    made = chance.random((90, candidates)) < 0.3
    ptr = np.concatenate([[0], np.cumsum(made.sum(axis=1))]).astype(np.int64)
    candidate = np.nonzero(made)[1].astype(np.int32)
    score = chance.integers(1, highest, len(candidate)).astype(np.int32)
    pairs = Pairs(ptr=ptr, candidate=candidate, score=score, count=candidates)
    kept = replace(pairs, candidate=candidate.copy(), score=score.copy())
    seats = chance.integers(1, 60, 90).astype(np.int32)

    found = assign(pairs, seats, in_place=True)

    assert (pairs.candidate.tobytes(), pairs.score.tobytes()) == (
        kept.candidate.tobytes(),
        kept.score.tobytes(),
    )
    assert said(found) == said(assign(kept, seats))


def test_pairs_that_may_not_be_written_are_turned_beside_them() -> None:
    pairs = replace(BRUNO, score=BRUNO.score.copy())
    pairs.score.flags.writeable = False

    assert assign(pairs, ONE_EACH, in_place=True).value == 8


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
