"""Eligible pairs, their scores and the best of each post: both paths, and the plain definition."""

from dataclasses import replace

import numpy as np
import pytest

from tests.matching.made_up import small
from tragitto_matching.instance import Instance
from tragitto_matching.kernels import numpy_only, uses_compiled
from tragitto_matching.pairs import Pairs, check, eligible_pairs, pairs_and_top, top


def plain(instance: Instance) -> dict[tuple[int, int], int]:
    """The definition, said without any array: (post, candidate) to score."""
    held, asked, weights = instance.candidates, instance.posts, instance.weights

    def names(masks: object, kind: str) -> set[str]:
        whole = sum(int(mask) << 64 * at for at, mask in enumerate(np.atleast_1d(masks)))
        return {name for at, name in enumerate(getattr(instance, kind)) if whole & 1 << at}

    found = {}
    for p in range(len(asked.codes)):
        profile, region = int(asked.profile[p]), instance.regions[asked.region[p]]
        wished = names(asked.wished_skills[p], "skills")
        for c in range(len(held.codes)):
            good = (
                instance.profiles[profile] in names(held.profiles[c], "profiles")
                and all(
                    has >= least for has, least in zip(held.levels[c], asked.least_levels[p], strict=True)
                )
                and held.schooling[c] >= asked.least_schooling[p]
                and held.years[c, profile] >= asked.least_years[p]
                and names(held.skills[c], "skills") >= names(asked.must_skills[p], "skills")
                and names(held.licences[c], "licences") >= names(asked.must_licences[p], "licences")
                and names(held.shifts[c], "shifts") >= names(asked.shifts[p], "shifts")
                and region in names(held.regions[c], "regions")
                and (asked.starts_on[p] == 0 or held.available_from[c] <= asked.starts_on[p])
                and [c, p] not in instance.excluded.tolist()
                and c not in instance.placed[:, 0].tolist()
            )
            if not good:
                continue
            units = (
                sum(
                    int(has) - int(least)
                    for has, least in zip(held.levels[c], asked.least_levels[p], strict=True)
                    if least
                ),
                int(held.years[c, profile]) - int(asked.least_years[p]),
                int(held.schooling[c]) - int(asked.least_schooling[p]),
                len(names(held.skills[c], "skills") & wished),
                int(held.first_region[c] >= 0 and instance.regions[held.first_region[c]] == region),
            )
            of = int(asked.weights[p])
            found[p, c] = 1 + sum(
                int(points) * min(counted, int(most))
                for points, counted, most in zip(weights.points[of], units, weights.most[of], strict=True)
            )
    return found


def listed(pairs: Pairs) -> dict[tuple[int, int], int]:
    post = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr))
    return {
        (int(p), int(c)): int(score) for p, c, score in zip(post, pairs.candidate, pairs.score, strict=True)
    }


def same(one: tuple[Pairs, np.ndarray], other: tuple[Pairs, np.ndarray]) -> bool:
    return np.array_equal(one[1], other[1]) and all(
        np.array_equal(getattr(one[0], name), getattr(other[0], name))
        for name in ("ptr", "candidate", "score")
    )


def both_paths_agree(seeds: range) -> int:
    pairs = 0
    for seed in seeds:
        instance = small(seed, seed % 15, seed % 9)
        compiled = pairs_and_top(instance, 3, threads=1 + seed % 2)
        with numpy_only():
            assert same(compiled, pairs_and_top(instance, 3)), seed
        assert np.array_equal(top(compiled[0], 3), compiled[1]), seed
        check(compiled[0])
        pairs += len(compiled[0].score)
    return pairs


def test_the_kernel_is_here():
    """Without it the comparisons below would compare NumPy with itself."""
    assert uses_compiled()


def test_pairs_are_the_plain_definition():
    found = 0
    for seed in range(150):
        instance = small(seed)
        pairs = listed(eligible_pairs(instance))
        assert pairs == plain(instance), seed
        found += len(pairs)

    assert found > 900


def test_the_comparison_sees_a_score_that_is_one_too_high():
    instance = small(3)
    pairs = eligible_pairs(instance)
    wrong = replace(pairs, score=pairs.score + np.int32(1))

    assert listed(wrong) != plain(instance)


def test_both_paths_agree():
    assert both_paths_agree(range(400)) > 800


@pytest.mark.slow
def test_both_paths_agree_on_ten_thousand_instances():
    assert both_paths_agree(range(10_000, 20_000)) > 20_000


def test_both_paths_agree_beyond_one_block_of_a_bucket():
    instance = small(5, 40_000, 7)

    compiled = pairs_and_top(instance, 5, threads=2)

    with numpy_only():
        assert same(compiled, pairs_and_top(instance, 5))
    assert len(compiled[0].score) > 10_000


def test_of_equals_the_earlier_candidate_comes_first():
    pairs = Pairs(
        ptr=np.array([0, 4], np.int64),
        candidate=np.array([1, 3, 4, 7], np.int32),
        score=np.array([5, 9, 5, 9], np.int32),
        count=8,
    )

    assert top(pairs, 3).tolist() == [[3, 7, 1]]
    with numpy_only():
        assert top(pairs, 3).tolist() == [[3, 7, 1]]


def test_fewer_than_k_are_filled_up():
    pairs = Pairs(
        ptr=np.array([0, 1, 1], np.int64),
        candidate=np.array([2], np.int32),
        score=np.array([1], np.int32),
        count=3,
    )

    assert top(pairs, 2).tolist() == [[2, -1], [-1, -1]]


WRONG = {
    "ptr must ascend from 0 to the number of pairs.": {"ptr": np.array([0, 3], np.int64)},
    "candidate must lie between 0 and the number of candidates.": {"candidate": np.array([1, 8], np.int32)},
    "candidate must ascend within each post.": {"candidate": np.array([3, 1], np.int32)},
    "score must be at least 1.": {"score": np.array([1, 0], np.int32)},
    "candidate and score must be equally long.": {"score": np.array([1], np.int32)},
    "score must be one piece of int32 in one dimension.": {"score": np.array([1, 1], np.int64)},
}


@pytest.mark.parametrize("sentence", WRONG)
def test_wrong_pairs_are_refused_with_a_sentence(sentence):
    pairs = Pairs(
        ptr=np.array([0, 2], np.int64),
        candidate=np.array([1, 3], np.int32),
        score=np.array([1, 1], np.int32),
        count=8,
    )

    with pytest.raises(ValueError) as refusal:
        top(replace(pairs, **WRONG[sentence]), 1)

    assert str(refusal.value) == sentence


def test_a_negative_k_is_refused():
    with pytest.raises(ValueError, match="k must be 0 or more"):
        pairs_and_top(small(1), -1)
