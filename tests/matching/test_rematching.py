"""Matching anew: stable, nobody worse off for a withdrawal, no move that need not be, each told why."""

import numpy as np
import pytest

from tests.matching.made_up_lists import NOWHERE, PEOPLE, WAYS, rounds
from tragitto_matching.kernels import numpy_only
from tragitto_matching.ranking import from_lists
from tragitto_matching.rematching import Move, after_closing, after_withdrawal
from tragitto_matching.stable import match

MANY = 10_000


def seats(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def test_a_seat_that_falls_free_goes_to_who_wishes_it_and_theirs_to_the_next():
    """Amina leaves post 0; Badr moves up from post 1, Chadia from nowhere to post 1."""
    lists = from_lists([[0], [0, 1], [1]], [[0, 1], [1, 2]])

    again = after_withdrawal(lists, seats(1, 1), seats(0, 1, -1), [0])

    assert again.post_of.tolist() == [-1, 0, 1]
    assert again.moved == (
        Move(0, 0, -1, "left", -1),
        Move(1, 1, 0, "seat_free", 0),
        Move(2, -1, 1, "seat_free", 1),
    )


def test_who_leaves_without_a_post_moves_nobody():
    lists = from_lists([[0], [0]], [[0, 1]])

    assert after_withdrawal(lists, seats(1), seats(0, -1), [1]).moved == ()


def test_a_new_seat_is_offered_down_the_list():
    lists = from_lists([[0], [0]], [[0, 1]])

    assert after_withdrawal(lists, seats(2), seats(0, -1), []).moved == (Move(1, -1, 0, "seat_free", -1),)


def test_who_stood_at_a_post_that_closes_asks_the_next_and_may_put_out_another():
    lists = from_lists([[0, 1], [1, 2], [2]], [[0], [0, 1], [1, 2]])

    again = after_closing(lists, seats(0, 1, 1), seats(0, 1, 2))

    assert again.post_of.tolist() == [1, 2, -1]
    assert again.moved == (
        Move(0, 0, 1, "seat_gone", -1),
        Move(1, 1, 2, "put_out", 0),
        Move(2, 2, -1, "put_out", 1),
    )


def test_of_too_many_people_the_lowest_lose_the_seat():
    lists = from_lists([[0], [0], [0]], [[2, 0, 1]])

    assert after_closing(lists, seats(1), seats(0, 0, 0)).post_of.tolist() == [-1, -1, 0]


def best_among(rounds_, stable: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fewest moves of the marked matches of each round, and who moves in every one of them."""
    moves = WAYS[None] != held[:, None]
    fewest = np.where(stable, moves.sum(axis=2), NOWHERE).min(axis=1)
    always = (moves | ~stable[:, :, None]).all(axis=1)
    return fewest, always


def test_after_a_withdrawal_nobody_is_worse_off_and_nobody_moves_who_need_not():
    many = rounds(MANY, 1)
    lists, rng = many.rankings(), np.random.default_rng(2)
    before = match(lists, many.all_seats, proposing="posts").post_of
    gone = rng.random((MANY, PEOPLE)) < 0.3
    here = WAYS[many.way_of(before)]
    worth = many.worth()
    had = np.where(gone, NOWHERE, worth[np.arange(MANY), many.way_of(before)])
    fair = many.stable(gone) & (worth <= had[:, None]).all(axis=2)

    again = after_withdrawal(lists, many.all_seats, before, np.flatnonzero(gone))

    way = many.way_of(again.post_of)
    fewest, always = best_among(many, fair, here)
    moved = WAYS[way] != here
    assert fair[np.arange(MANY), way].all()
    assert np.array_equal(moved.sum(axis=1), fewest)
    assert np.array_equal(moved, always)
    # It is the one that changes the least for everybody, so it is the only one that cannot be bettered.
    least = np.where(fair[:, :, None], worth, -1).max(axis=1)
    assert np.array_equal(worth[np.arange(MANY), way], least)


def test_after_a_closing_nobody_is_better_off_and_nobody_moves_who_need_not():
    many = rounds(MANY, 3)
    lists, rng = many.rankings(), np.random.default_rng(4)
    before = match(lists, many.all_seats).post_of
    here, worth = WAYS[many.way_of(before)], many.worth()
    had = worth[np.arange(MANY), many.way_of(before)]
    left = type(many)(
        wish=many.wish,
        place=many.place,
        mutual=many.mutual,
        seats=np.minimum(many.seats, rng.integers(0, 4, many.seats.shape)),
    )
    fair = left.stable() & (worth >= had[:, None]).all(axis=2)

    again = after_closing(lists, left.all_seats, before)

    way = many.way_of(again.post_of)
    fewest, always = best_among(many, fair, here)
    moved = WAYS[way] != here
    assert fair[np.arange(MANY), way].all()
    assert np.array_equal(moved.sum(axis=1), fewest)
    assert np.array_equal(moved, always)
    best = np.where(fair[:, :, None], worth, NOWHERE + 1).min(axis=1)
    assert np.array_equal(worth[np.arange(MANY), way], best)


def test_a_closing_after_a_withdrawal_leaves_who_left_alone():
    many = rounds(MANY, 5)
    lists, rng = many.rankings(), np.random.default_rng(6)
    gone = np.flatnonzero(rng.random(MANY * PEOPLE) < 0.2)
    first = after_withdrawal(lists, many.all_seats, match(lists, many.all_seats).post_of, gone)
    fewer = np.maximum(many.all_seats - rng.integers(0, 2, many.all_seats.shape), 0).astype(np.int32)

    again = after_closing(lists, fewer, first.post_of, gone)

    assert (again.post_of[gone] == -1).all()


def test_every_move_is_told_and_nobody_else_moves():
    many = rounds(MANY, 7)
    lists = many.rankings()
    before = match(lists, many.all_seats).post_of

    again = after_withdrawal(lists, many.all_seats, before, range(0, MANY * PEOPLE, PEOPLE))

    assert [move.candidate for move in again.moved] == np.flatnonzero(before != again.post_of).tolist()
    assert [(move.had, move.has) for move in again.moved] == [
        (int(before[move.candidate]), int(again.post_of[move.candidate])) for move in again.moved
    ]
    assert {move.why for move in again.moved} == {"left", "seat_free"}


def test_both_paths_match_anew_alike():
    many = rounds(MANY, 8)
    lists = many.rankings()
    before = match(lists, many.all_seats).post_of
    gone = range(0, MANY * PEOPLE, 5)

    compiled = after_withdrawal(lists, many.all_seats, before, gone)

    with numpy_only():
        plain = after_withdrawal(lists, many.all_seats, before, gone)
    assert compiled.moved == plain.moved
    assert np.array_equal(compiled.cutoffs, plain.cutoffs)


ORDERED = from_lists([[0, 1], [0, 1]], [[0, 1], [0, 1]])


def test_a_match_with_a_complaint_is_no_beginning():
    with pytest.raises(ValueError, match="was not stable"):
        after_withdrawal(ORDERED, seats(1, 1), seats(1, 0), [])
    with pytest.raises(ValueError, match="was not stable"):
        after_closing(ORDERED, seats(1, 1), seats(1, 0))
    with pytest.raises(ValueError, match="was not stable"):
        after_closing(ORDERED, seats(1, 1), seats(0, -1))


@pytest.mark.parametrize("gone", [[2], [-1]])
def test_only_candidates_leave(gone):
    with pytest.raises(ValueError, match="not among the candidates"):
        after_withdrawal(ORDERED, seats(1, 1), seats(0, 1), gone)


def test_fewer_seats_are_no_withdrawal_and_who_left_has_no_post_when_posts_close():
    with pytest.raises(ValueError, match="more people than seats"):
        after_withdrawal(ORDERED, seats(0, 1), seats(0, 1), [1])
    with pytest.raises(ValueError, match="still has a post"):
        after_closing(ORDERED, seats(0, 1), seats(0, 1), [0])


def test_a_post_that_is_not_in_the_list_is_no_beginning():
    with pytest.raises(ValueError, match="not in their list"):
        after_withdrawal(from_lists([[0]], [[0], []]), seats(1, 1), seats(1), [])
