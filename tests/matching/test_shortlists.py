"""Shortlists: looks as even as can be, then the greatest score; the judge; input that cannot be meant."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.matching.made_up_shortlists import ints, pairs_of
from tragitto_matching import shortlist_check, shortlists
from tragitto_matching.pairs import Pairs
from tragitto_matching.shortlist_check import Rules

#: Two posts, one person for both alone and one for each: scores alone would show candidate 0 twice.
THREE = pairs_of({0: 9, 1: 5}, {0: 9, 2: 4}, count=3)


def test_evenness_costs_score_and_the_result_says_how_much():
    lists = shortlists.shortlist(THREE, ints(1, 1))
    assert sorted(lists.looks.tolist()) == [0, 1, 1]
    assert (lists.comparison.score, lists.comparison.best_score) == (14, 18)
    assert (lists.comparison.most, lists.comparison.best_most) == (1, 2)
    assert (lists.comparison.unseen, lists.comparison.best_unseen) == (1, 2)


def test_of_equally_even_lists_those_of_the_greatest_score():
    assert shortlists.shortlist(THREE, ints(1, 1)).candidate.tolist() == [[1], [0]]


def test_the_best_score_stands_first_on_a_list():
    pairs = pairs_of({0: 3, 1: 7, 2: 7}, count=3)
    assert shortlists.shortlist(pairs, ints(3)).candidate.tolist() == [[1, 2, 0]]


def test_earlier_filings_are_served_first_where_people_are_scarce():
    pairs = pairs_of({0: 1}, {0: 9}, count=1)
    assert shortlists.shortlist(pairs, ints(1, 1), most_looks=1).candidate.tolist() == [[0], [-1]]
    served = shortlists.shortlist(pairs, ints(1, 1), most_looks=1, order=ints(1, 0))
    assert served.candidate.tolist() == [[-1], [0]]


def test_looks_on_earlier_lists_count():
    pairs = pairs_of({0: 9, 1: 1}, count=2)
    assert shortlists.shortlist(pairs, ints(1), looks_before=ints(1, 0)).candidate.tolist() == [[1]]


def test_a_thousand_million_earlier_looks_are_levelled_at_once():
    pairs = pairs_of({0: 9, 1: 9, 2: 1}, count=3)
    lists = shortlists.shortlist(pairs, ints(2), looks_before=ints(2**30, 2**30 - 5, 0))
    assert lists.candidate.tolist() == [[1, 2]]
    assert lists.certificate.level_of_candidate.tolist() == [2**30, 2**30 - 4, 1]


def test_who_is_reserved_is_on_no_list():
    pairs = pairs_of({0: 9, 1: 1}, count=2)
    assert shortlists.shortlist(pairs, ints(2), reserved=np.array([True, False])).candidate.tolist() == [[1]]


def test_nobody_and_nothing():
    assert shortlists.shortlist(pairs_of(count=0), ints()).candidate.tolist() == []
    assert shortlists.shortlist(pairs_of({}, count=2), ints(3)).looks.tolist() == [0, 0]


# The reserve and the length of lists ----------------------------------------------------------------------


def test_the_reserve_keeps_the_latest_of_each_profile_and_never_more_than_its_share():
    profiles = np.array([0b01, 0b01, 0b11, 0b01, 0b10], np.uint64)
    kept = shortlists.reserve(profiles, ints(500, 500))
    assert kept.tolist() == [False, True, False, True, True]


def test_no_share_keeps_nobody():
    assert not shortlists.reserve(np.array([1, 1], np.uint64), ints(0)).any()


@pytest.mark.parametrize(("seats", "people", "places", "length"), [(2, 3, 1, 6), (3, 3, 2, 4), (0, 3, 1, 0)])
def test_a_list_is_never_longer_than_the_ratio(seats: int, people: int, places: int, length: int):
    assert shortlists.list_lengths(ints(seats), people=people, places=places).tolist() == [length]


def test_a_list_is_as_long_as_can_be_counted_and_no_longer():
    most = 2**31 - 1
    assert shortlists.list_lengths(ints(most), people=3).tolist() == [most]
    assert shortlists.list_lengths(ints(1), people=most).tolist() == [most]


# The judge says no ----------------------------------------------------------------------------------------


def faults(lists: shortlists.Shortlists, pairs: Pairs = THREE, **rules: Any) -> tuple[str, ...]:
    return shortlist_check.faults(pairs, Rules(**{"per_post": ints(1, 1), **rules}), lists)


@pytest.fixture
def even() -> shortlists.Shortlists:
    return shortlists.shortlist(THREE, ints(1, 1))


def test_the_judge_sees_lists_that_are_less_even(even: shortlists.Shortlists):
    worse = replace(even, candidate=np.array([[0], [0]], np.int32), looks=ints(2, 0, 0))
    assert "The levels do not prove that the looks are as even as can be." in faults(worse)


def test_the_judge_sees_a_lower_score(even: shortlists.Shortlists):
    worse = replace(even, candidate=np.array([[0], [2]], np.int32), looks=ints(1, 0, 1))
    assert faults(worse) == ("The prices do not prove that the total score is the greatest.",)


def test_the_judge_sees_somebody_who_is_not_eligible(even: shortlists.Shortlists):
    wrong = replace(even, candidate=np.array([[2], [0]], np.int32))
    assert "Somebody is on a list without being eligible, or twice." in faults(wrong)


def test_the_judge_sees_looks_that_are_not_those_of_the_lists(even: shortlists.Shortlists):
    assert "The looks are not those of the lists." in faults(replace(even, looks=ints(1, 1, 1)))


def test_the_judge_sees_a_list_too_long_and_too_many_looks(even: shortlists.Shortlists):
    assert "A list is longer than its post asks." in faults(even, per_post=ints(0, 1))
    twice = replace(even, candidate=np.array([[0], [0]], np.int32), looks=ints(2, 0, 0))
    assert "Somebody has more looks than a person can have." in faults(twice, most_looks=1)


def test_the_judge_sees_somebody_reserved(even: shortlists.Shortlists):
    reserved = np.array([True, False, False])
    assert "Somebody who is reserved is on a list." in faults(even, reserved=reserved)


def test_the_judge_sees_a_short_list(even: shortlists.Shortlists):
    assert "A list is short though somebody can still be shown." in faults(even, per_post=ints(2, 1))


def test_the_judge_sees_an_earlier_filing_passed_over():
    pairs = pairs_of({0: 1}, {0: 9}, count=1)
    served = shortlists.shortlist(pairs, ints(1, 1), most_looks=1, order=ints(1, 0))
    found = faults(served, pairs, most_looks=1)
    assert found == ("A list is short though one served later could do with fewer.",)


# Input that cannot be meant -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rules",
    [
        {"per_post": ints(1)},
        {"per_post": ints(1, -1)},
        {"per_post": ints(1, 1), "order": ints(0, 0)},
        {"per_post": ints(1, 1), "looks_before": ints(1)},
        {"per_post": ints(1, 1), "looks_before": ints(2**30 + 1, 0, 0)},
        {"per_post": ints(1, 1), "looks_before": np.array([2**32, 0, 0])},
        {"per_post": ints(1, 1), "most_looks": -1},
        {"per_post": ints(1, 1), "reserved": ints(0, 0, 1)},
    ],
)
def test_input_that_cannot_be_meant_is_refused(rules: dict[str, Any]):
    with pytest.raises(ValueError, match=r"\w"):
        shortlists.shortlist(THREE, **rules)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ptr": np.array([0, 2, 5])},
        {"ptr": np.array([0, 5, 4])},
        {"score": ints(0, 1, 1, 1)},
        {"candidate": ints(0, 1, 0, 3)},
    ],
)
def test_pairs_that_cannot_be_meant_are_refused(wrong: dict[str, Any]):
    with pytest.raises(ValueError, match=r"[Pp]air"):
        shortlists.shortlist(replace(THREE, **wrong), ints(1, 1))


def test_a_share_above_the_whole_and_a_ratio_of_nothing_are_refused():
    with pytest.raises(ValueError, match="thousandths"):
        shortlists.reserve(np.array([1], np.uint64), ints(1001))
    with pytest.raises(ValueError, match="ratio"):
        shortlists.list_lengths(ints(1), people=0)
    with pytest.raises(ValueError, match="at most 2147483647"):
        shortlists.list_lengths(ints(1), people=10**20)
