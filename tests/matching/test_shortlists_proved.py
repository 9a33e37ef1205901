"""Thousands of shortlists: as even as can be and best by every way to try, and equal on both paths."""

import os
from itertools import chain, combinations, product
from math import comb, prod
from typing import Any

import numpy as np
import pytest

from tests.matching.made_up_shortlists import made_up, side_by_side
from tragitto_matching import shortlist_check, shortlists
from tragitto_matching.kernels import numpy_only, uses_compiled
from tragitto_matching.pairs import Pairs
from tragitto_matching.shortlist_check import Rules


def best_by_trying(pairs: Pairs, rules: dict[str, Any], lengths: list[int]) -> tuple[list[int], int] | None:
    """The evenest looks, then the greatest score, of all lists of these lengths; None = too many to try."""
    before = rules.get("looks_before", np.zeros(pairs.count, np.int32))
    reserved = rules.get("reserved", np.zeros(pairs.count, bool))
    rows = [
        [pair for pair in range(pairs.ptr[post], pairs.ptr[post + 1]) if not reserved[pairs.candidate[pair]]]
        for post in range(pairs.posts)
    ]
    if prod(comb(len(row), length) for row, length in zip(rows, lengths, strict=True)) > 60:
        return None
    ways = (combinations(row, length) for row, length in zip(rows, lengths, strict=True))

    people = pairs.candidate.tolist()
    scores = pairs.score.tolist()

    def worth(way: Any) -> tuple[list[int], int]:
        looks, score = before.tolist(), 0
        for pair in chain.from_iterable(way):
            looks[people[pair]] += 1
            score += scores[pair]
        return sorted(looks, reverse=True), -score

    return min(map(worth, product(*ways)))


def test_ten_thousand_lists_are_proved_even_and_best():
    """Fifty at a time: what proves them all proves each."""
    chance = np.random.default_rng(1)
    for number in range(200):
        pairs, rules = side_by_side(chance, number, 50)
        lists = shortlists.shortlist(pairs, **rules)
        assert shortlist_check.faults(pairs, Rules(**rules), lists) == ()


def test_no_way_that_can_be_tried_is_more_even_or_better():
    """Ten thousand small ones, each against every way to fill its lists."""
    chance = np.random.default_rng(2)
    tried = number = 0
    while tried < 10_000:
        number += 1
        pairs, rules = made_up(chance, number)
        lists = shortlists.shortlist(pairs, **rules)
        best = best_by_trying(pairs, rules, (lists.candidate >= 0).sum(1).tolist())
        if best is not None:
            tried += 1
            assert (sorted(lists.looks.tolist(), reverse=True), -lists.comparison.score) == best


def everything(lists: shortlists.Shortlists) -> list[Any]:
    """All that a result says, in an order of its own."""
    proof = lists.certificate
    arrays = (
        *(lists.candidate, lists.looks, proof.level_of_candidate, proof.level_of_post),
        *(proof.prices.of_post, proof.prices.of_candidate),
    )
    return [*((array.dtype, array.tolist()) for array in arrays), proof.prices.of_nobody, lists.comparison]


def test_ten_thousand_lists_levels_and_prices_are_equal_compiled_and_plain():
    """Fifty at a time, as above."""
    if not uses_compiled():
        assert not os.environ.get("CI"), "the compiled kernels are not here to be compared"
        pytest.skip("no compiler here")
    chance = np.random.default_rng(3)
    for number in range(200):
        pairs, rules = side_by_side(chance, number, 50)
        compiled = everything(shortlists.shortlist(pairs, **rules))
        with numpy_only():
            assert everything(shortlists.shortlist(pairs, **rules)) == compiled


def scheme(people: int, posts: int) -> tuple[Pairs, Any]:
    """A larger one: some posts and people have many more pairs than others, and many scores are equal."""
    chance = np.random.default_rng(4)
    liked = chance.random((posts, 1)) * chance.random(people) < 0.05
    post, candidate = np.nonzero(liked)
    pairs = Pairs(
        ptr=np.searchsorted(post, np.arange(posts + 1)).astype(np.int64),
        candidate=candidate.astype(np.int32),
        score=chance.integers(1, 300, len(post)).astype(np.int32),
        count=people,
    )
    return pairs, chance.integers(0, 40, posts).astype(np.int32)


@pytest.mark.parametrize("rules", [{}, {"most_looks": 3}])
def test_a_larger_scheme_is_proved_and_equal_compiled_and_plain(rules: dict[str, Any]):
    pairs, per_post = scheme(400, 60)
    lists = shortlists.shortlist(pairs, per_post, **rules)
    assert shortlist_check.faults(pairs, Rules(per_post=per_post, **rules), lists) == ()
    with numpy_only():
        assert everything(shortlists.shortlist(pairs, per_post, **rules)) == everything(lists)
