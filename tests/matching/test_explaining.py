"""Every reason, contributions that add up, and what would change a pair."""

from dataclasses import replace

import numpy as np
import pytest

from tests.matching.made_up import small
from tests.matching.test_pairs import listed
from tragitto_matching.explaining import (
    LEVELS,
    MEANS,
    Change,
    Contribution,
    Reason,
    contributions,
    what_would_change,
    why_not,
)
from tragitto_matching.instance import Instance
from tragitto_matching.pairs import eligible_pairs

NOBODY = np.empty((0, 2), np.int32)


def everything_fits(seed: int) -> Instance:
    """An instance of one candidate and one post in which nothing is asked."""
    made = small(seed, 1, 1)
    posts = replace(
        made.posts,
        profile=np.array([1], np.int32),
        least_levels=np.zeros((1, 2), np.uint8),
        least_schooling=np.zeros(1, np.uint8),
        least_years=np.zeros(1, np.uint8),
        must_skills=np.zeros((1, 2), np.uint64),
        must_licences=np.zeros(1, np.uint64),
        starts_on=np.zeros(1, np.int32),
        region=np.array([2], np.int32),
        shifts=np.zeros(1, np.uint64),
    )
    candidates = replace(made.candidates, profiles=np.array([2], np.uint64), regions=np.array([4], np.uint64))
    return replace(made, candidates=candidates, posts=posts, excluded=NOBODY, placed=NOBODY)


def explained(seeds: range) -> int:
    """Reasons exactly where there is no pair; contributions that add up exactly to the score."""
    seen = 0
    for seed in seeds:
        instance = small(seed, 7, 4)
        scores = listed(eligible_pairs(instance))
        for post in range(4):
            for candidate in range(7):
                reasons = why_not(instance, candidate, post)
                assert bool(reasons) == ((post, candidate) not in scores), (seed, candidate, post)
                if not reasons:
                    parts = contributions(instance, candidate, post)
                    assert sum(part.score for part in parts) == scores[post, candidate]
                    assert all(part.units * part.points == part.score for part in parts)
                    seen += 1
    return seen


def test_reasons_and_scores_agree_with_the_pairs():
    assert explained(range(100)) > 200


@pytest.mark.slow
def test_reasons_and_scores_agree_with_the_pairs_on_ten_thousand_instances():
    assert explained(range(10_000)) > 20_000


def test_all_reasons_are_told_and_not_the_first_alone():
    made = everything_fits(1)
    posts = replace(
        made.posts,
        least_levels=np.array([[3, 6]], np.uint8),
        least_schooling=np.array([8], np.uint8),
        least_years=np.array([200], np.uint8),
        must_skills=np.array([[3, 1]], np.uint64),
        must_licences=np.array([4], np.uint64),
        starts_on=np.array([10], np.int32),
        shifts=np.array([2], np.uint64),
    )
    candidates = replace(
        made.candidates,
        profiles=np.array([5], np.uint64),
        years=np.array([[0, 4, 0]], np.uint8),
        levels=np.array([[2, 0]], np.uint8),
        schooling=np.array([0], np.uint8),
        skills=np.array([[1, 0]], np.uint64),
        licences=np.array([0], np.uint64),
        available_from=np.array([11], np.int32),
        regions=np.array([3], np.uint64),
        shifts=np.array([1], np.uint64),
    )
    instance = replace(
        made,
        candidates=candidates,
        posts=replace(posts, seats=np.array([1], np.int32)),
        excluded=np.array([[0, 0]], np.int32),
        placed=np.array([[0, 0]], np.int32),
    )

    assert why_not(instance, 0, 0) == (
        Reason(code="profile", wanted=("welder",), has=("cook", "carer")),
        Reason(code="years", wanted=("200",), has=("4",), of="welder"),
        Reason(code="schooling", wanted=("8",)),
        Reason(code="level", wanted=("B1",), has=("A2",), of="it"),
        Reason(code="level", wanted=("C2",), of="fr"),
        Reason(code="skills", wanted=("skill-1", "skill-64"), has=("skill-0",)),
        Reason(code="licences", wanted=("first-aid",)),
        Reason(code="region", wanted=("emilia-romagna",), has=("lombardia", "veneto")),
        Reason(code="shifts", wanted=("night",), has=("day",)),
        Reason(code="availability", wanted=("1970-01-11",), has=("1970-01-12",)),
        Reason(code="excluded"),
        Reason(code="placed", has=("P0",)),
    )


def test_what_else_a_person_can_do_is_not_told():
    made = everything_fits(1)
    instance = replace(
        made,
        candidates=replace(made.candidates, licences=np.array([3], np.uint64)),
        posts=replace(made.posts, must_licences=np.array([6], np.uint64)),
    )

    assert why_not(instance, 0, 0) == (Reason(code="licences", wanted=("first-aid",), has=("forklift",)),)


def test_contributions_of_one_pair():
    made = everything_fits(1)
    instance = replace(
        made,
        candidates=replace(
            made.candidates,
            levels=np.array([[4, 6]], np.uint8),
            years=np.array([[0, 9, 0]], np.uint8),
            schooling=np.array([5], np.uint8),
            skills=np.array([[7, 1]], np.uint64),
            first_region=np.array([2], np.int32),
        ),
        posts=replace(
            made.posts,
            least_levels=np.array([[2, 0]], np.uint8),
            least_years=np.array([1], np.uint8),
            least_schooling=np.array([4], np.uint8),
            wished_skills=np.array([[6, 1]], np.uint64),
            weights=np.array([0], np.int32),
        ),
        weights=replace(
            made.weights,
            points=np.array([[10, 5, 3, 2, 7], [0] * 5], np.int32),
            most=np.array([[3, 5, 9, 9, 1], [0] * 5], np.int32),
        ),
    )

    assert contributions(instance, 0, 0) == (
        Contribution(criterion="eligible", units=1, points=1, score=1),
        Contribution(criterion="language", units=2, points=10, score=20),
        Contribution(criterion="experience", units=5, points=5, score=25),
        Contribution(criterion="schooling", units=1, points=3, score=3),
        Contribution(criterion="wished_skills", units=3, points=2, score=6),
        Contribution(criterion="first_region", units=1, points=7, score=7),
    )


def test_a_pair_that_is_not_eligible_has_no_score():
    made = replace(everything_fits(1), excluded=np.array([[0, 0]], np.int32))

    with pytest.raises(ValueError, match="not eligible"):
        contributions(made, 0, 0)


def changed(instance: Instance, candidate: int, post: int) -> Instance:
    """The instance after all that `what_would_change` names."""
    held = {name: getattr(instance.candidates, name).copy() for name in ("profiles", "regions", "shifts")}
    held |= {name: getattr(instance.candidates, name).copy() for name in ("years", "levels", "schooling")}
    held |= {name: getattr(instance.candidates, name).copy() for name in ("skills", "licences")}
    held["available_from"] = instance.candidates.available_from.copy()
    profile = instance.posts.profile[post]
    for change in what_would_change(instance, candidate, post).changes:
        wanted = change.reason.wanted
        match change.reason.code:
            case "profile":
                held["profiles"][candidate] |= np.uint64(1 << profile)
            case "years":
                held["years"][candidate, profile] = int(wanted[0])
            case "schooling":
                held["schooling"][candidate] = int(wanted[0])
            case "level":
                language = instance.languages.index(change.reason.of)
                held["levels"][candidate, language] = LEVELS.index(wanted[0])
            case "skills":
                for at in map(instance.skills.index, wanted):
                    held["skills"][candidate, at // 64] |= np.uint64(1 << at % 64)
            case "licences" | "shifts" as kind:
                for at in map(getattr(instance, kind).index, wanted):
                    held[kind][candidate] |= np.uint64(1 << at)
            case "region":
                held["regions"][candidate] |= np.uint64(1 << instance.regions.index(wanted[0]))
            case "availability":
                day = np.datetime64(wanted[0], "D")
                held["available_from"][candidate] = (day - np.datetime64("1970-01-01", "D")).astype(int)
    return replace(instance, candidates=replace(instance.candidates, **held), excluded=NOBODY, placed=NOBODY)


def test_the_changes_named_make_every_pair_eligible_with_the_score_foretold():
    for seed in range(40):
        instance = small(seed, 4, 4)
        for post in range(4):
            for candidate in range(4):
                scores = listed(eligible_pairs(changed(instance, candidate, post)))
                outlook = what_would_change(instance, candidate, post)
                assert scores.get((post, candidate)) == outlook.score, (seed, candidate, post)


def test_a_change_says_by_what_it_comes():
    made = replace(everything_fits(1), excluded=np.array([[0, 0]], np.int32))

    assert what_would_change(made, 0, 0).changes == (Change(reason=Reason(code="excluded"), means="office"),)
    assert set(MEANS.values()) == {"learning", "paper", "choice", "time", "office"}


@pytest.mark.parametrize(("candidate", "post"), [(-1, 0), (12, 0), (0, -1), (0, 6)])
def test_who_is_not_there_cannot_be_explained(candidate, post):
    with pytest.raises(ValueError, match="There is no"):
        why_not(small(1), candidate, post)
