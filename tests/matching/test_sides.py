"""Side conditions that cross: seats of regions and profiles, and sizes of classes."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.matching import made_up
from benchmarks.matching.sides import conditions

from tests.matching.made_up_pairs import pairs_of
from tests.matching.made_up_sides import best_by_trying, drawn, side_by_side
from tragitto_matching import sides_exact
from tragitto_matching.instance import Ints
from tragitto_matching.sides import assign_with
from tragitto_matching.sides_check import check, faults
from tragitto_matching.sides_problem import Cap, Classes, SidedAssignment, SidePrices, Sides

#: Two posts, in two regions, of one profile, and one course for both.
PAIRS = pairs_of({0: 5, 1: 4, 2: 3}, {0: 4, 1: 3, 3: 1}, count=4)
SEATS = np.array([2, 2], np.int32)


def ints(*values: int) -> Ints:
    return np.array(values, np.int32)


def sides(region: Ints, profile: Ints, least: int = 0, most: int = 9) -> Sides:
    return Sides(
        caps=(Cap(label=ints(0, 1), most=region), Cap(label=ints(0, 0), most=profile)),
        classes=Classes(label=ints(0, 0), least=ints(least), most=ints(most)),
    )


def said(found: SidedAssignment) -> tuple[object, ...]:
    """An answer, to the last byte."""
    prices = found.prices
    columns = found.post_of, prices.of_post, prices.of_class, *prices.of_caps
    return *(column.tobytes() for column in columns), found.value, found.bound, found.proof


def test_everything_is_kept_at_the_least_loss() -> None:
    found = assign_with(PAIRS, SEATS, sides(ints(1, 2), ints(2)))

    assert (found.value, found.is_optimal, found.gap) == (8, True, 0.0)


def test_a_class_without_enough_people_does_not_take_place() -> None:
    found = assign_with(PAIRS, SEATS, sides(ints(1, 1), ints(2), least=3))

    assert (found.post_of.tolist(), found.value, found.is_optimal) == ([-1, -1, -1, -1], 0, True)


def test_people_are_put_into_a_class_so_that_it_can_take_place() -> None:
    found = assign_with(PAIRS, SEATS, sides(ints(2, 2), ints(9), least=4))

    assert (sorted(found.post_of.tolist()), found.value, found.is_optimal) == ([0, 0, 1, 1], 12, True)


@pytest.mark.parametrize("part", range(4))
def test_ten_thousand_random_ones_score_what_trying_everything_does(part: int) -> None:
    """Small ones side by side, 125 at a time: none has anything to do with the others."""
    small = drawn(np.random.default_rng(part), 2_500)
    best = best_by_trying(small)

    for first in range(0, 2_500, 125):
        these = slice(first, first + 125)
        pairs, seats, given = side_by_side(small, these)
        found = assign_with(pairs, seats, given)

        judged = check(pairs, seats, given, found)
        assert (judged.faults, found.is_optimal) == ((), True), first
        assert judged.value == best[these].sum() <= judged.bound, first


def test_no_prices_whatever_prove_less_than_the_optimum() -> None:
    """The bound holds for prices drawn by chance, so that no mistake in them could prove too much."""
    chance, small = np.random.default_rng(9), drawn(np.random.default_rng(9), 2_000)
    best = best_by_trying(small)
    for at in range(2_000):
        pairs, seats, given = side_by_side(small, slice(at, at + 1))
        prices = SidePrices(
            of_post=chance.integers(0, 50, 3),
            of_class=chance.integers(0, 50, 2),
            of_caps=(chance.integers(0, 50, 2), chance.integers(0, 50, 2)),
            scale=7,
        )
        empty = np.full(pairs.count, -1, np.int32)
        made = SidedAssignment(post_of=empty, value=0, bound=0, priced_bound=0, prices=prices, proof="highs")

        assert check(pairs, seats, given, made).bound >= best[at], at


def test_the_same_input_gives_the_same_bytes() -> None:
    pairs, seats, given = side_by_side(drawn(np.random.default_rng(4), 200), slice(0, 200))

    assert said(assign_with(pairs, seats, given)) == said(assign_with(pairs, seats, given))


@pytest.mark.slow
@pytest.mark.parametrize(("size", "gap"), [("S", 0.0), ("M", 0.001)])
def test_the_size_of_the_real_scheme_is_solved_and_the_twentyfold_nearly(size: str, gap: float) -> None:
    pairs, seats, given = made_up.scored(size), made_up.of_size(size).posts.seats, conditions(size)

    found = assign_with(pairs, seats, given)

    assert check(pairs, seats, given, found).faults == ()
    assert 0 <= found.gap <= gap


def test_without_highs_the_prices_still_say_how_far_it_may_be() -> None:
    given = sides(ints(1, 2), ints(2), least=2)

    found = assign_with(PAIRS, SEATS, given, rounds=0)

    judged = check(PAIRS, SEATS, given, found)
    assert (judged.faults, found.proof) == ((), "prices")
    assert found.value <= 8 <= judged.bound


def test_what_highs_has_rounded_wrongly_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    class Wrong:
        x = np.ones(7)
        mip_dual_bound = -99.0

    monkeypatch.setattr(sides_exact, "milp", lambda *_, **__: Wrong)

    assert sides_exact.solve(PAIRS, SEATS, sides(ints(1, 2), ints(2)), np.arange(6)) is None


#: The best of Bruno's two posts, with its prices: the prices prove it.
GIVEN = sides(ints(1, 2), ints(2))
BEST = assign_with(PAIRS, SEATS, GIVEN)


def test_the_judge_says_yes_to_the_best_with_its_prices() -> None:
    judged = check(PAIRS, SEATS, GIVEN, BEST)

    assert (judged.value, judged.bound, judged.proves_optimum) == (8, 8, True)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"priced_bound": 7}, "the prices are said to prove 7, and prove 8"),
        ({"bound": 7}, "the bound 7 does not rest on what it is said to"),
        ({"bound": 9}, "the bound 9 does not rest on what it is said to"),
        ({"bound": 9, "proof": "highs"}, "the bound 9 does not rest on what it is said to"),
        ({"value": 9}, "the value is said to be 9, and is 8"),
        ({"post_of": ints(0, 0, -1, -1)}, "label 0 of cap 0 has too many"),
    ],
)
def test_the_judge_says_no_to_what_is_said_wrongly(changed: dict[str, object], fault: str) -> None:
    judged = check(PAIRS, SEATS, GIVEN, replace(BEST, **changed))

    assert fault in judged.faults
    assert not judged.proves_optimum


def test_a_bound_that_highs_found_is_no_fault_and_not_proved() -> None:
    worse = replace(BEST, post_of=ints(0, -1, -1, -1), value=5, bound=5, proof="highs")

    judged = check(PAIRS, SEATS, GIVEN, worse)

    assert (judged.faults, judged.bound, judged.proves_optimum) == ((), 8, False)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"scale": 0}, "The scale is out of the range"),
        ({"scale": 2**60}, "The scale is out of the range"),
        ({"scale": 1.5}, "The scale is out of the range"),
        ({"of_post": np.array([-1, 0])}, "A price is out of the range"),
        ({"of_post": np.array([2**59, 0])}, "A price is out of the range"),
        ({"of_post": np.zeros(3, np.int64)}, "one price for each post"),
        ({"of_post": np.zeros(2)}, "one price for each post"),
    ],
)
def test_prices_that_could_prove_anything_are_refused(changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        check(PAIRS, SEATS, GIVEN, replace(BEST, prices=replace(BEST.prices, **changed)))


@pytest.mark.parametrize("post_of", [(0, 0, -1), (0, 0, 2, -1), (0, 0, -2, -1)])
def test_an_assignment_of_other_people_or_posts_is_refused(post_of: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="post_of must hold a post or -1 for each candidate"):
        check(PAIRS, SEATS, GIVEN, replace(BEST, post_of=ints(*post_of)))


@pytest.mark.parametrize(
    ("post_of", "fault"),
    [
        ((0, 0, 0, -1), "post 0 has more people than seats"),
        ((-1, -1, -1, 0), "candidate 3 is not eligible for post 0"),
        ((0, 0, -1, -1), "label 0 of cap 0 has too many"),
        ((0, 1, -1, 1), "label 0 of cap 1 has too many"),
        ((0, -1, -1, -1), "class 0 has too few"),
        ((0, 1, 0, 1), "class 0 has too many"),
    ],
)
def test_the_judge_says_no_to_each_planted_fault(post_of: tuple[int, ...], fault: str) -> None:
    assert fault in faults(PAIRS, SEATS, sides(ints(1, 2), ints(2), least=2, most=3), ints(*post_of))


@pytest.mark.parametrize(
    ("label", "most", "sentence"),
    [
        (np.array([0, 0]), ints(1), "A label must hold one int32 for each post, and limits are int32."),
        (ints(0, 1), ints(1), "A label must lie between -1 and the number of limits."),
        (ints(0, 0), ints(-1), "A limit must be 0 or more."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(label: Ints, most: Ints, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        assign_with(PAIRS, SEATS, Sides(caps=(Cap(label=label, most=most),)))


def test_a_class_that_could_never_take_place_is_refused() -> None:
    with pytest.raises(ValueError, match="A class cannot take place with least above most"):
        assign_with(PAIRS, SEATS, sides(ints(1, 1), ints(2), least=3, most=2))
