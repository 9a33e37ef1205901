"""The judge of assignments: it says yes to the best with its prices, and no to everything else."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from tests.matching.made_up_pairs import pairs_of, random_given
from tragitto_matching.assignment import assign
from tragitto_matching.certificate import check

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
