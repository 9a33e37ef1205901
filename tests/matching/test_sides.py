"""Side conditions that cross: seats of regions and profiles, and sizes of classes."""

import numpy as np
import pytest
from benchmarks.matching import made_up

from tests.matching.made_up_pairs import pairs_of, random_pairs
from tragitto_matching.instance import Ints
from tragitto_matching.pairs import Pairs
from tragitto_matching.sides import Cap, Classes, Sides, assign_with
from tragitto_matching.sides_check import faults

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


def best_by_trying(pairs: Pairs, seats: Ints, given: Sides) -> int:
    """The greatest score of all assignments that the judge lets pass."""
    choices: list[dict[int, int]] = [{-1: 0} for _ in range(pairs.count)]
    for post in range(pairs.posts):
        for at in range(pairs.ptr[post], pairs.ptr[post + 1]):
            choices[pairs.candidate[at]][post] = int(pairs.score[at])
    best, made = 0, [([], 0)]
    for choice in choices:
        made = [([*posts, post], value + score) for posts, value in made for post, score in choice.items()]
    for posts, value in made:
        if value > best and not faults(pairs, seats, given, np.array(posts, np.int32)):
            best = value
    return best


def test_everything_is_kept_at_the_least_loss() -> None:
    found = assign_with(PAIRS, SEATS, sides(ints(1, 2), ints(2)))

    assert (found.value, found.is_optimal, found.gap) == (8, True, 0.0)


def test_a_class_without_enough_people_does_not_take_place() -> None:
    found = assign_with(PAIRS, SEATS, sides(ints(1, 1), ints(2), least=3))

    assert (found.post_of.tolist(), found.value, found.is_optimal) == ([-1, -1, -1, -1], 0, True)


def test_people_are_put_into_a_class_so_that_it_can_take_place() -> None:
    found = assign_with(PAIRS, SEATS, sides(ints(2, 2), ints(9), least=4))

    assert (sorted(found.post_of.tolist()), found.value, found.is_optimal) == ([0, 0, 1, 1], 12, True)


def test_random_small_ones_are_what_trying_everything_finds() -> None:
    for seed in range(150):
        chance = np.random.default_rng(seed)
        pairs = random_pairs(chance, 6, 5)
        seats = chance.integers(1, 4, pairs.posts).astype(np.int32)
        given = Sides(
            caps=tuple(
                Cap(
                    label=chance.integers(-1, 2, pairs.posts).astype(np.int32),
                    most=chance.integers(0, 4, 2).astype(np.int32),
                )
                for _ in range(2)
            ),
            classes=Classes(
                label=chance.integers(-1, 2, pairs.posts).astype(np.int32), least=ints(2, 1), most=ints(3, 2)
            ),
        )

        found = assign_with(pairs, seats, given)

        assert faults(pairs, seats, given, found.post_of) == (), seed
        assert (found.value, found.is_optimal) == (best_by_trying(pairs, seats, given), True), seed


@pytest.mark.slow
def test_the_size_of_the_real_scheme_is_solved_and_the_tenfold_nearly() -> None:
    for size, seconds, gap in (("S", 30.0, 0.0), ("M", 8.0, 0.002)):
        pairs, made = made_up.scored(size), made_up.of_size(size)
        seats, region, profile = made.posts.seats, made.posts.region, made.posts.profile
        courses = (profile * 3 + region * 3 // 20).astype(np.int32)
        given = Sides(
            caps=(
                Cap(label=region, most=(np.bincount(region, seats) * 0.8).astype(np.int32)),
                Cap(label=profile, most=(np.bincount(profile, seats) * 0.75).astype(np.int32)),
            ),
            classes=Classes(
                label=courses,
                least=np.full(courses.max() + 1, 6, np.int32),
                most=np.maximum(6, np.bincount(courses, seats) * 0.9).astype(np.int32),
            ),
        )

        found = assign_with(pairs, seats, given, seconds=seconds)

        assert faults(pairs, seats, given, found.post_of) == ()
        assert 0 <= found.gap <= gap


def test_without_time_the_bound_still_says_how_far_it_may_be() -> None:
    found = assign_with(PAIRS, SEATS, sides(ints(1, 2), ints(2)), seconds=0.0)

    assert faults(PAIRS, SEATS, sides(ints(1, 2), ints(2)), found.post_of) == ()
    assert found.value <= 8 <= found.bound


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
