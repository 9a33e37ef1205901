"""Seats of regions and of profiles that cross, and classes of six at least, beside HiGHS alone.

`python -m benchmarks.matching.sides S M`. Regions have 80 % of the seats of their posts, profiles 75 %; a
class is of a profile in a third of the country. The share is what another could score more at most.
"""

import argparse
from typing import Any

import numpy as np
from benchmarks.matching.made_up import of_size, scored
from benchmarks.matching.measuring import Measured, Trial, measured
from benchmarks.matching.table import aimed, head, row

from tragitto_matching.sides_problem import Cap, Classes, Sides

#: The seconds and the share aimed at.
_AIM = {"S": (1.5, 0.0), "M": (2.0, 0.001), "L": (10.0, 0.001)}
#: Seconds after which HiGHS alone is given up.
_HIGHS_LIMIT = 100.0


def conditions(size: str) -> Sides:
    """The side conditions of a made-up scheme."""
    posts = of_size(size).posts
    seats, region, profile = posts.seats, posts.region, posts.profile
    course = (profile * 3 + region * 3 // 20).astype(np.int32)
    return Sides(
        caps=(
            Cap(label=region, most=(np.bincount(region, seats) * 0.8).astype(np.int32)),
            Cap(label=profile, most=(np.bincount(profile, seats) * 0.75).astype(np.int32)),
        ),
        classes=Classes(
            label=course,
            least=np.full(course.max() + 1, 6, np.int32),
            most=np.maximum(6, np.bincount(course, seats) * 0.9).astype(np.int32),
        ),
    )


def engine(size: str) -> Trial:
    """The engine of this project."""
    from tragitto_matching.sides import assign_with
    from tragitto_matching.sides_check import check

    pairs, seats, sides = scored(size), of_size(size).posts.seats, conditions(size)

    def answer(made: Any) -> dict[str, Any]:
        judged = check(pairs, seats, sides, made)
        assert not judged.faults
        said = {"score": made.value, "bound": made.bound, "gap": f"{made.gap:.4%}", "by": made.proof}
        return {**said, "prices prove": judged.bound}

    return Trial(lambda: assign_with(pairs, seats, sides), answer)


def highs(size: str) -> Trial:
    """HiGHS on the whole, every pair a variable that is 0 or 1."""
    from tragitto_matching.sides_exact import solve

    pairs, seats, sides = scored(size), of_size(size).posts.seats, conditions(size)
    every = np.arange(len(pairs.score))

    def answer(made: Any) -> dict[str, Any]:
        if made is None:
            return {"score": "none found", "bound": "none"}
        return {"score": made.value, "bound": made.bound}

    return Trial(lambda: solve(pairs, seats, sides, every), answer)


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M"], choices=[*_AIM])
    parser.add_argument("--peers", default="", help="not used here: HiGHS comes with SciPy")
    asked = parser.parse_args()
    head("Crossing caps and sizes of classes")
    for size in asked.sizes:
        seconds, share = _AIM[size]
        own = measured("benchmarks.matching.sides:engine", size)
        row(size, "tragitto_matching", own, f"{aimed(own.seconds, seconds)} s, ≤ {share:.1%}", _words(own))
        alone = measured("benchmarks.matching.sides:highs", size, limit=_HIGHS_LIMIT)
        row(size, "HiGHS alone", alone, "", _words(alone))


def _words(found: Measured) -> str:
    return found.trouble or ", ".join(f"{key} {value}" for key, value in (found.answer or {}).items())


if __name__ == "__main__":
    main()
