"""Made-up schemes of four sizes, the same for every program: `python -m benchmarks.matching.made_up`.

Two profiles for each candidate (so that everybody hangs together in one component), more people in some
profiles and more posts in others, eight hard conditions, five soft criteria. What posts ask grows with
their number, so that a candidate is eligible for about 24 of them at every size.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tragitto_matching.instance import CRITERIA, Bits, Candidates, Instance, Ints, Posts, Small, Weights
from tragitto_matching.pairs import Pairs

#: Candidates and posts; S is the real scheme.
SIZES = {"S": (500, 150), "M": (10_000, 2_000), "L": (100_000, 10_000), "XL": (1_000_000, 50_000)}
SEED = 20_261
#: How many posts a candidate is eligible for, about.
CHOICES = 24
SEATS_PER_CANDIDATE = 0.8

LANGUAGES = ("it", "fr", "en", "ar")
SKILLS = tuple(f"skill-{number:02}" for number in range(48))
LICENCES = (
    "driving-b",
    "driving-c",
    "forklift",
    "crane",
    "welding",
    "electrical",
    "food-safety",
    "first-aid",
)
REGIONS = tuple(f"region-{number:02}" for number in range(20))
SHIFTS = ("day", "evening", "night", "weekend")

_FIRST_DAY = 20_600  # days since 1 January 1970
#: Share of what has to be sorted out that each condition bears; they sum up to one.
_BURDEN = {
    "region": 0.4,
    "skills": 0.25,
    "level": 0.1,
    "years": 0.1,
    "shifts": 0.05,
    "licences": 0.05,
    "schooling": 0.025,
    "start": 0.025,
}


class _Draw(NamedTuple):
    """What the two sides are drawn from: chance, numbers, and how much each condition lets through."""

    chance: np.random.Generator
    candidates: int
    posts: int
    profiles: int
    offered: np.ndarray
    sought: np.ndarray
    passing: dict[str, float]


def instance(candidates: int, posts: int, seed: int = SEED) -> Instance:
    """A made-up scheme: the same numbers and seed give the same arrays."""
    draw = _prepared(candidates, posts, seed)
    return Instance(
        candidates=_candidates(draw),
        posts=_posts(draw),
        weights=_weights(),
        profiles=tuple(f"profile-{number:02}" for number in range(draw.profiles)),
        languages=LANGUAGES,
        skills=SKILLS,
        licences=LICENCES,
        regions=REGIONS,
        shifts=SHIFTS,
        excluded=np.empty((0, 2), np.int32),
        placed=np.empty((0, 2), np.int32),
    )


def of_size(size: str) -> Instance:
    """The made-up scheme of a size: S, M, L or XL."""
    return instance(*SIZES[size])


def scored(size: str) -> Pairs:
    """The eligible pairs of a size with their scores, kept in a temporary folder for the next who asks."""
    name = f"tragitto-pairs-{os.getuid()}-{size}-{SEED}-{_kept_under()}.npz"
    kept = Path(tempfile.gettempdir()) / name
    if not kept.exists():
        from tragitto_matching.pairs import eligible_pairs

        pairs = eligible_pairs(of_size(size))
        with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=".npz", delete=False) as file:
            np.savez(file, ptr=pairs.ptr, candidate=pairs.candidate, score=pairs.score, count=pairs.count)
        os.replace(file.name, kept)
    with np.load(kept) as arrays:
        return Pairs(
            ptr=arrays["ptr"],
            candidate=arrays["candidate"],
            score=arrays["score"],
            count=int(arrays["count"]),
        )


def _kept_under() -> str:
    """Kept pairs are of this file and of the engine's answers: a change of either makes them anew."""
    import hashlib

    from tragitto_matching import ENGINE_VERSION

    return hashlib.sha256(Path(__file__).read_bytes() + ENGINE_VERSION.encode()).hexdigest()[:8]


def _prepared(candidates: int, posts: int, seed: int) -> _Draw:
    chance = np.random.default_rng([seed, candidates, posts])
    profiles = int(np.clip(posts // 40, 4, 64))
    offered = chance.permutation(np.arange(1, profiles + 1) ** -0.4)
    sought = chance.permutation(np.arange(1, profiles + 1) ** -0.4)
    offered, sought = offered / offered.sum(), sought / sought.sum()
    let_through = min(1.0, CHOICES / (posts * 2 * float(offered @ sought)))
    passing = {name: let_through**burden for name, burden in _BURDEN.items()}
    return _Draw(chance, candidates, posts, profiles, offered, sought, passing)


def _candidates(draw: _Draw) -> Candidates:
    chance, n = draw.chance, draw.candidates
    first = chance.choice(draw.profiles, n, p=draw.offered)
    second = chance.choice(draw.profiles, n, p=draw.offered)
    second = np.where(second == first, (first + 1) % draw.profiles, second)
    years = np.zeros((n, draw.profiles), np.uint8)
    years[np.arange(n), first] = np.minimum(chance.geometric(0.2, n), 40)
    years[np.arange(n), second] = np.minimum(chance.geometric(0.35, n), 40) - 1
    regions = _mask(chance, n, [draw.passing["region"]] * len(REGIONS))
    wished = chance.integers(0, len(REGIONS), n)
    wishes = chance.random(n) < 0.7
    regions |= np.where(wishes, np.uint64(1) << wished.astype(np.uint64), np.uint64(0))
    free_at_once = chance.random(n) < 0.5
    return Candidates(
        codes=_codes("C", n),
        profiles=(np.uint64(1) << first.astype(np.uint64)) | (np.uint64(1) << second.astype(np.uint64)),
        years=years,
        levels=_levels(chance, n),
        schooling=chance.choice(8, n, p=[0.1, 0.1, 0.15, 0.15, 0.25, 0.12, 0.1, 0.03]).astype(np.uint8),
        skills=_mask(chance, n, [0.45] * len(SKILLS)).reshape(n, 1),
        licences=_mask(chance, n, [0.35] * len(LICENCES)),
        available_from=np.where(free_at_once, 0, _FIRST_DAY + chance.integers(0, 180, n)).astype(np.int32),
        regions=regions,
        first_region=np.where(wishes, wished, -1).astype(np.int32),
        shifts=_mask(chance, n, [1.0, 0.6, 0.6, 0.6]),
    )


def _levels(chance: np.random.Generator, n: int) -> Small:
    levels = np.zeros((n, len(LANGUAGES)), np.uint8)
    odds = {
        "it": [0.05, 0.2, 0.3, 0.25, 0.12, 0.06, 0.02],
        "fr": [0.3, 0.15, 0.15, 0.15, 0.15, 0.07, 0.03],
        "en": [0.4, 0.2, 0.15, 0.12, 0.08, 0.04, 0.01],
        "ar": [0.05, 0.0, 0.05, 0.05, 0.1, 0.25, 0.5],
    }
    for column, language in enumerate(LANGUAGES):
        levels[:, column] = chance.choice(7, n, p=odds[language])
    return levels


def _posts(draw: _Draw) -> Posts:
    chance, m = draw.chance, draw.posts
    least_levels = np.zeros((m, len(LANGUAGES)), np.uint8)
    # Italian at B1 is held by 45 % of the people, at A2 by 75 %.
    asked = _asked(draw, "level", 0.45)
    least_levels[:, 0] = np.where(asked, 3, chance.integers(0, 2, m))
    skills_asked = np.log(draw.passing["skills"]) / np.log(0.45)
    whole = int(skills_asked)
    must, wished = _skills(chance, m, whole + (chance.random(m) < skills_asked - whole))
    licence = np.uint64(1) << chance.integers(0, len(LICENCES), m).astype(np.uint64)
    late = np.uint64(1) << chance.integers(1, len(SHIFTS), m).astype(np.uint64)
    starts = _FIRST_DAY + chance.integers(0, 90, m)
    return Posts(
        codes=_codes("P", m),
        employer=np.sort(chance.integers(0, max(1, m // 2), m)).astype(np.int32),
        profile=chance.choice(draw.profiles, m, p=draw.sought).astype(np.int32),
        seats=chance.geometric(min(1.0, m / (SEATS_PER_CANDIDATE * draw.candidates)), m).astype(np.int32),
        weights=chance.integers(0, 3, m).astype(np.int32),
        least_levels=least_levels,
        least_schooling=np.where(_asked(draw, "schooling", 0.5), 4, 0).astype(np.uint8),
        least_years=np.where(_asked(draw, "years", 0.45), chance.integers(2, 6, m), 0).astype(np.uint8),
        must_skills=must,
        wished_skills=wished,
        must_licences=np.where(_asked(draw, "licences", 0.35), licence, np.uint64(0)),
        starts_on=np.where(_asked(draw, "start", 0.625), starts, 0).astype(np.int32),
        region=chance.integers(0, len(REGIONS), m).astype(np.int32),
        shifts=np.uint64(1) | np.where(_asked(draw, "shifts", 0.6), late, np.uint64(0)),
    )


def _skills(chance: np.random.Generator, m: int, how_many: Ints) -> tuple[Bits, Bits]:
    """What is asked and what is wished: different skills of a row, four wished."""
    order = np.argsort(chance.random((m, len(SKILLS))), axis=1)
    bits = np.uint64(1) << order.astype(np.uint64)
    must = np.where(np.arange(len(SKILLS)) < how_many[:, None], bits, np.uint64(0))
    wished = bits[:, -4:]
    return np.bitwise_or.reduce(must, axis=1)[:, None], np.bitwise_or.reduce(wished, axis=1)[:, None]


def _weights() -> Weights:
    """Three calls: one looks at the trade, one at the language, one at where people wish to go."""
    points = {
        "language": (40, 90, 30),
        "experience": (35, 15, 20),
        "schooling": (20, 25, 15),
        "wished_skills": (60, 40, 45),
        "first_region": (80, 60, 200),
    }
    most = {"language": 4, "experience": 10, "schooling": 4, "wished_skills": 4, "first_region": 1}
    return Weights(
        points=np.array([points[name] for name in CRITERIA], np.int32).T.copy(),
        most=np.array([[most[name] for name in CRITERIA]] * 3, np.int32),
    )


def _asked(draw: _Draw, name: str, held: float) -> np.ndarray:
    """Which posts ask for what `held` of the people have, so that the condition lets through as wanted."""
    return draw.chance.random(draw.posts) < (1 - draw.passing[name]) / (1 - held)


def _mask(chance: np.random.Generator, rows: int, odds: list[float]) -> Bits:
    mask = np.zeros(rows, np.uint64)
    for bit, share in enumerate(odds):
        mask |= (chance.random(rows, np.float32) < share).astype(np.uint64) << np.uint64(bit)
    return mask


def _codes(letter: str, how_many: int) -> np.ndarray:
    return np.array([f"{letter}{number:07}" for number in range(1, how_many + 1)], np.str_)


def main() -> None:
    """Print how many pairs each size has, and how they are spread."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.made_up", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=list(SIZES), choices=SIZES, metavar="S M L XL")
    for size in parser.parse_args().sizes:
        begun = time.perf_counter()
        made = of_size(size)
        took = time.perf_counter() - begun
        pairs = scored(size)
        of_post = np.diff(pairs.ptr)
        of_candidate = np.bincount(pairs.candidate, minlength=pairs.count)
        print(
            f"{size}: {pairs.count:,} candidates, {pairs.posts:,} posts, {len(pairs.candidate):,} pairs; "
            f"a candidate {of_candidate.mean():.1f} (most {of_candidate.max()}, "
            f"none {(of_candidate == 0).sum():,}), "
            f"a post {of_post.mean():.0f} (most {of_post.max():,}, none {(of_post == 0).sum():,}); "
            f"seats {made.posts.seats.sum():,}; scores {pairs.score.min()} to {pairs.score.max()}; "
            f"made in {took:.2f} s"
        )


if __name__ == "__main__":
    main()
