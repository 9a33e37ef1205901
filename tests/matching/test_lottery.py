"""Lots drawn from a recorded seed: the same for everybody who computes them."""

import numpy as np
import pytest

from tragitto_matching import lottery


def test_the_lots_are_the_published_numbers_of_splitmix64():
    """The first five outputs for the seed 1234567, as printed with the algorithm in many places."""
    assert lottery.lots(1234567, 5).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_a_text_stands_for_the_first_bytes_of_its_sha_256():
    # printf 'abc' | sha256sum begins with ba7816bf8f01cfea
    assert lottery.seed_of("abc") == 0xBA7816BF8F01CFEA


def test_no_two_lots_of_a_draw_are_equal():
    assert len(np.unique(lottery.lots(3, 100_000))) == 100_000


def test_the_lowest_lot_stands_first():
    lots = lottery.lots(9, 50)

    stands = lottery.order(9, 50)

    assert np.argsort(stands).tolist() == sorted(range(50), key=lambda person: int(lots[person]))


def test_without_a_seed_seniority_stands():
    assert lottery.order(None, 4).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_has_64_bits(seed):
    with pytest.raises(ValueError, match="A seed is a whole number"):
        lottery.lots(seed, 1)


def test_the_greatest_seed_draws_without_a_word():
    assert lottery.order(2**64 - 1, 3).shape == (3,)


def test_everybody_has_the_same_odds():
    """Over 600 draws of six people, each comes first about a hundred times."""
    firsts = np.bincount([int(np.argmin(lottery.order(seed, 6))) for seed in range(600)], minlength=6)

    assert firsts.min() > 70
    assert firsts.max() < 130
