"""The judge of assignments: it says yes to the best with its prices, and no to everything else."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from tests.matching.made_up_pairs import pairs_of, random_given
from tragitto_matching.assignment import assign
from tragitto_matching.certificate import check
from tragitto_matching.judging import times, total

PAIRS = pairs_of({0: 5, 1: 4, 2: 1}, {0: 4, 1: 1}, count=3)
SEATS = np.array([1, 1], np.int32)
BEST = assign(PAIRS, SEATS)


def couple(candidate: int, post: int) -> np.ndarray:
    return np.array([[candidate, post]], np.int32)


def test_it_says_yes_to_the_best() -> None:
    proof = check(PAIRS, SEATS, BEST)

    assert (proof.value, proof.faults, proof.proves_optimum) == (8, (), True)
    assert 0 <= proof.gap < 1


def test_a_worse_assignment_at_the_same_prices_is_not_proved() -> None:
    worse = replace(BEST, post_of=np.array([0, 1, -1], np.int32), value=6)

    proof = check(PAIRS, SEATS, worse)

    assert (proof.faults, proof.proves_optimum) == ((), False)
    assert proof.gap >= 2


def test_without_prices_the_bound_is_what_all_wish() -> None:
    proof = check(PAIRS, SEATS, replace(BEST, post_prices=np.zeros(2, np.int64)))

    assert (proof.bound, proof.proves_optimum) == (Fraction(10), False)


@pytest.mark.parametrize(
    ("changed", "more", "fault"),
    [
        ({"post_of": [1, 1, 0]}, {}, "post 1 has more people than seats"),
        ({"post_of": [1, 0, 1]}, {}, "candidate 2 is not eligible for post 1"),
        ({"value": 9}, {}, "the value is said to be 9, and is 8"),
        ({"post_prices": [-1, 9]}, {}, "a price is below 0"),
        ({}, {"forced": couple(0, 0)}, "candidate 0 is not in the forced post 0"),
        ({}, {"forbidden": couple(0, 1)}, "candidate 0 is in the forbidden post 1"),
        (
            {"group_prices": [0]},
            {"group": np.zeros(2, np.int32), "group_seats": np.ones(1, np.int32)},
            "group 0 has more people than seats",
        ),
    ],
)
def test_it_says_no_to_each_planted_fault(changed: dict, more: dict, fault: str) -> None:
    given = {name: np.array(value) if isinstance(value, list) else value for name, value in changed.items()}

    proof = check(PAIRS, SEATS, replace(BEST, **given), **more)

    assert fault in proof.faults
    assert not proof.proves_optimum


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        *[
            (
                {"scale": scale},
                f"the scale {scale} is no number of units to a point that can be computed with",
            )
            for scale in (0, -1, 1.5, True, 2**58, 2**61, 2**63, 10**30)
        ],
        *[
            ({"post_prices": np.array(prices)}, "the prices are no whole numbers that can be computed with")
            for prices in ([2**60, 0], [2**63 - 1, 2**63 - 1], [-(2**63), 0], [0.5, 0.0], [np.nan, np.inf])
        ],
        ({"post_prices": np.array([2**70, 0])}, "the prices are no whole numbers that can be computed with"),
        ({"value": 0.0}, "the value is said to be 0.0, and is 0"),
    ],
)
def test_nobody_anywhere_is_not_best_whatever_numbers_are_claimed(changed: dict, fault: str) -> None:
    """Where numbers would wrap, the bound is what it is without prices."""
    nobody = replace(BEST, post_of=np.full(3, -1, np.int32), value=0)

    proof = check(PAIRS, SEATS, replace(nobody, **changed))

    assert (proof.faults, proof.proves_optimum) == ((fault,), False)
    assert proof.bound >= 8


def test_seats_and_prices_at_the_end_of_their_range_do_not_wrap() -> None:
    """Two thousand million seats at the highest price: the sum has more than 64 bits."""
    seats = np.full(2, 2**31 - 1, np.int32)
    prices = np.full(2, 2**60 - 1, np.int64)

    proof = check(PAIRS, seats, replace(BEST, post_prices=prices, scale=1))

    assert proof.bound == 2 * (2**31 - 1) * (2**60 - 1)


def test_sums_of_judges_have_no_end() -> None:
    many = np.full(40, 2**60, np.int64)

    assert (total(many), total(-many)) == (40 * 2**60, -40 * 2**60)
    assert total(np.array([-1, 2**62, -(2**63)])) == -1 + 2**62 - 2**63
    assert times(np.full(40, 2**31 - 1), many) == 40 * 2**60 * (2**31 - 1)


def test_an_assignment_of_other_people_is_refused() -> None:
    with pytest.raises(ValueError, match="post_of must hold a post or -1 for each candidate"):
        check(PAIRS, SEATS, replace(BEST, post_of=np.array([0], np.int32)))


def test_prices_of_other_posts_are_refused() -> None:
    with pytest.raises(ValueError, match="one price for each post and each group"):
        check(PAIRS, SEATS, replace(BEST, post_prices=np.zeros(3, np.int64)))


def test_no_prices_whatever_prove_less_than_the_optimum() -> None:
    """The bound holds for prices drawn by chance, so that no mistake in them could prove too much."""
    for seed in range(2_000):
        given, chance = random_given(seed), np.random.default_rng(seed)
        groups = {"group": given.group, "group_seats": given.group_seats}
        best = assign(given.pairs, given.seats, **groups)
        drawn = replace(
            best,
            post_prices=chance.integers(0, 5 * best.scale, len(best.post_prices)),
            group_prices=chance.integers(0, 5 * best.scale, len(best.group_prices)),
        )

        assert check(given.pairs, given.seats, drawn, **groups).bound >= best.value, seed
