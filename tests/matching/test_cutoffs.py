"""Cutoffs: everybody's own list is enough to check what they have."""

import numpy as np
import pytest

from tests.matching.made_up_lists import rounds
from tragitto_matching.cutoffs import cutoffs, own_list, verify
from tragitto_matching.ranking import from_lists
from tragitto_matching.stable import match


@pytest.mark.parametrize("ties", ["lottery", "largest"])
@pytest.mark.parametrize("proposing", ["candidates", "posts"])
def test_own_list_and_cutoffs_give_the_match(proposing, ties):
    many = rounds(2500, 1, wish_ties=True, place_ties=True)
    made = match(many.rankings(seed=5), many.all_seats, proposing=proposing, ties=ties)

    found = [verify(own_list(made.rankings, person), made.cutoffs) for person in range(10_000)]

    assert [-1 if post is None else post for post in found] == made.post_of.tolist()


def test_a_full_post_reaches_to_the_worst_it_took_and_one_with_room_to_everybody():
    lists = from_lists([[0], [0], [0, 1], [1]], [[0, 1, 2], [2, 3]])

    assert cutoffs(lists, np.array([1, 3], np.int32), np.array([0, -1, 1, 1], np.int32)).tolist() == [0, 1]


def test_a_post_without_a_seat_is_reached_by_nobody():
    lists = from_lists([[0]], [[0]])
    made = match(lists, np.array([0], np.int32))

    assert made.cutoffs.tolist() == [-1]
    assert verify(own_list(lists, 0), made.cutoffs) is None


def test_a_wrong_placement_is_found_out_by_the_person_alone():
    """Amina's place at post 0 is before the cutoff, and she was given post 1."""
    published = np.array([1, 4], np.int32)

    assert verify([(0, 1), (1, 0)], published) == 0
    assert verify([(0, 2), (1, 0)], published) == 1
    assert verify([(0, 2)], published) is None
