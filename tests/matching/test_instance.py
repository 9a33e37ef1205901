"""An instance that is made is right; what cannot be expressed in it."""

import dataclasses
from dataclasses import replace

import numpy as np
import pytest

from tests.matching.made_up import small
from tragitto_matching.instance import CRITERIA, Candidates, Instance, Posts, Weights

UNSPEAKABLE = (
    "sex",
    "gender",
    "age",
    "birth",
    "religion",
    "origin",
    "nation",
    "ethnic",
    "family",
    "marital",
    "child",
)


def test_no_column_for_what_must_not_count():
    names = [
        field.name for part in (Candidates, Posts, Weights, Instance) for field in dataclasses.fields(part)
    ]

    assert [
        name for name in (*names, *CRITERIA) if any(word in name.split("_") for word in UNSPEAKABLE)
    ] == []


def test_the_columns_are_these_and_no_others():
    """A new column is a decision about people: whoever adds one changes this list, and says why."""
    assert [field.name for field in dataclasses.fields(Candidates)] == [
        "codes",
        "profiles",
        "years",
        "levels",
        "schooling",
        "skills",
        "licences",
        "available_from",
        "regions",
        "first_region",
        "shifts",
    ]


def test_a_column_that_is_not_there_cannot_be_given():
    with pytest.raises(TypeError, match="sex"):
        replace(small(1).candidates, sex=np.zeros(12, np.uint8))


WRONG_CANDIDATES = {
    "levels must be an array of uint8.": {"levels": np.zeros((12, 2), np.int64)},
    "levels must have the shape (12, 2), and has (12, 3).": {"levels": np.zeros((12, 3), np.uint8)},
    "levels must lie between 0 and 6.": {"levels": np.full((12, 2), 7, np.uint8)},
    "years must lie in one piece (numpy.ascontiguousarray).": {"years": np.zeros((3, 12), np.uint8).T},
    "regions of the candidates has a bit that stands for nothing: there are 4 names.": {
        "regions": np.full(12, 16, np.uint64)
    },
    "skills of the candidates has a bit that stands for nothing: there are 6 names.": {
        "skills": np.full((12, 2), 64, np.uint64)
    },
    "first_region must lie between -1 and 3.": {"first_region": np.full(12, 4, np.int32)},
    "codes of the candidates must be different from each other.": {"codes": np.full(12, "C", np.str_)},
    "codes of the candidates must be a list of texts.": {"codes": np.arange(12)},
}


@pytest.mark.parametrize("sentence", WRONG_CANDIDATES)
def test_a_wrong_column_is_refused_with_a_sentence(sentence):
    instance = small(1)

    with pytest.raises(ValueError) as refusal:
        replace(instance, candidates=replace(instance.candidates, **WRONG_CANDIDATES[sentence]))

    assert str(refusal.value) == sentence


WRONG = {
    "profile of the posts must lie between 0 and 2.": lambda made: {
        "posts": replace(made.posts, profile=np.full(6, 3, np.int32))
    },
    "weights of the posts must lie between 0 and 1.": lambda made: {
        "posts": replace(made.posts, weights=np.full(6, -1, np.int32))
    },
    "points must lie between 0 and 2147483647.": lambda made: {
        "weights": replace(made.weights, points=np.full((2, 5), -1, np.int32))
    },
    "points are so high that a score would leave 32 bits.": lambda made: {
        "weights": Weights(points=np.full((2, 5), 2**30, np.int32), most=np.full((2, 5), 2**31 - 1, np.int32))
    },
    "candidates in excluded must lie between 0 and 11.": lambda made: {
        "excluded": np.array([[12, 0]], np.int32)
    },
    "placed names a candidate twice.": lambda made: {"placed": np.array([[1, 0], [1, 1]], np.int32)},
    "placed fills a post beyond its seats.": lambda made: {
        "posts": replace(made.posts, seats=np.zeros(6, np.int32)),
        "placed": np.array([[1, 0]], np.int32),
    },
    "regions may be 64 at most, and are 65.": lambda made: {"regions": tuple(f"r{at}" for at in range(65))},
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_wrong_instance_is_refused_with_a_sentence(sentence):
    instance = small(1)

    with pytest.raises(ValueError) as refusal:
        replace(instance, **WRONG[sentence](instance))

    assert str(refusal.value) == sentence


def test_what_was_made_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        small(1).candidates.levels[0, 0] = 6


def test_the_caller_keeps_arrays_that_can_be_written_to():
    seats = np.ones(6, np.int32)

    replace(small(1), placed=np.empty((0, 2), np.int32), posts=replace(small(1).posts, seats=seats))

    assert seats.flags.writeable


def test_who_is_placed_holds_a_seat():
    instance = small(1)
    posts = replace(instance.posts, seats=np.full(6, 2, np.int32))
    instance = replace(instance, posts=posts, placed=np.array([[1, 0], [2, 0], [5, 3]], np.int32))

    assert instance.seats_left().tolist() == [0, 2, 2, 1, 2, 2]
