"""Small random instances for the tests of the engine, the same for a seed everywhere."""

import numpy as np

from tragitto_matching.instance import Candidates, Instance, Posts, Weights

#: Enough skills for two words of a mask.
SKILLS = 70


def small(seed: int, candidates: int = 12, posts: int = 6) -> Instance:
    """An instance with ties, impossible demands, exclusions and people already placed."""
    rng = np.random.default_rng(seed)

    def bits(rows: int, names: int, share: float) -> np.ndarray:
        flags = rng.random((rows, names)) < share
        return (flags << np.arange(names, dtype=np.uint64)).sum(axis=1).astype(np.uint64)

    def skills(rows: int, share: float) -> np.ndarray:
        return np.ascontiguousarray(np.stack([bits(rows, 64, share), bits(rows, SKILLS - 64, share)], axis=1))

    def whole(least: int, most: int, shape: object, kind: type = np.int32) -> np.ndarray:
        return rng.integers(least, most, shape, dtype=kind)

    seats = whole(1, 4, posts)
    placed = [(c, int(whole(0, posts, None))) for c in range(candidates) if posts and rng.random() < 0.05]
    placed = [couple for i, couple in enumerate(placed) if couple[1] not in {p for _, p in placed[:i]}]
    excluded = [(c, p) for c in range(candidates) for p in range(posts) if rng.random() < 0.05]
    return Instance(
        candidates=Candidates(
            codes=np.array([f"C{i}" for i in range(candidates)], dtype=np.str_),
            profiles=bits(candidates, 3, 0.6),
            years=whole(0, 12, (candidates, 3), np.uint8),
            levels=whole(0, 7, (candidates, 2), np.uint8),
            schooling=whole(0, 9, candidates, np.uint8),
            skills=skills(candidates, 0.8),
            licences=bits(candidates, 3, 0.8),
            available_from=whole(0, 30, candidates),
            regions=bits(candidates, 4, 0.7),
            first_region=whole(-1, 4, candidates),
            shifts=bits(candidates, 3, 0.8),
        ),
        posts=Posts(
            codes=np.array([f"P{i}" for i in range(posts)], dtype=np.str_),
            employer=whole(0, 3, posts),
            profile=whole(0, 3, posts),
            seats=seats,
            weights=whole(0, 2, posts),
            least_levels=whole(0, 4, (posts, 2), np.uint8),
            least_schooling=whole(0, 4, posts, np.uint8),
            least_years=whole(0, 5, posts, np.uint8),
            must_skills=skills(posts, 0.01),
            wished_skills=skills(posts, 0.2),
            must_licences=bits(posts, 3, 0.15),
            starts_on=np.where(rng.random(posts) < 0.5, 0, whole(5, 40, posts)).astype(np.int32),
            region=whole(0, 4, posts),
            shifts=bits(posts, 3, 0.3),
        ),
        weights=Weights(points=whole(0, 9, (2, 5)), most=whole(0, 6, (2, 5))),
        profiles=("cook", "welder", "carer"),
        languages=("it", "fr"),
        skills=tuple(f"skill-{i}" for i in range(SKILLS)),
        licences=("b-licence", "forklift", "first-aid"),
        regions=("lombardia", "veneto", "emilia-romagna", "lazio"),
        shifts=("day", "night", "weekend"),
        excluded=np.array(excluded, dtype=np.int32).reshape(-1, 2),
        placed=np.array(placed, dtype=np.int32).reshape(-1, 2),
    )
