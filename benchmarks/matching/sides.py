"""Seats of regions and of profiles that cross, and classes of six at least, beside HiGHS alone.

`python -m benchmarks.matching.sides S M`. Regions have 80 % of the seats of their posts, profiles 75 %; a
class is of a profile in a third of the country. The share is what another could score more at most.
"""

import argparse
from typing import Any

import numpy as np
from benchmarks.matching.made_up import SIZES, of_size, scored
from benchmarks.matching.measuring import Trial, measured
from benchmarks.matching.table import head, row

from tragitto_matching.sides import Cap, Classes, Sides

#: Seconds given, and the share aimed at.
_GIVEN = {"S": (1.5, 0.0), "M": (2.0, 0.001), "L": (10.0, 0.001)}
_HIGHS_LIMIT = 60.0


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
    from tragitto_matching.sides_check import faults

    pairs, seats, sides = scored(size), of_size(size).posts.seats, conditions(size)

    def answer(made: Any) -> dict[str, Any]:
        assert not faults(pairs, seats, sides, made.post_of)
        return {"score": made.value, "bound": made.bound, "gap": f"{made.gap:.4%}", "by": made.method}

    return Trial(lambda: assign_with(pairs, seats, sides, seconds=_GIVEN[size][0]), answer)


def highs(size: str) -> Trial:
    """HiGHS on the whole, every pair a variable that is 0 or 1."""
    from tragitto_matching.sides_exact import solve

    pairs, seats, sides = scored(size), of_size(size).posts.seats, conditions(size)
    every = np.arange(len(pairs.score))

    def answer(made: Any) -> dict[str, Any]:
        if made is None:
            return {"score": "none found", "bound": "none"}
        return {"score": made.value, "bound": made.bound}

    return Trial(lambda: solve(pairs, seats, sides, every, _HIGHS_LIMIT), answer)


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M"], choices=[*set(SIZES) & set(_GIVEN)])
    parser.add_argument("--peers", default="", help="not used here: HiGHS comes with SciPy")
    asked = parser.parse_args()
    head("Crossing caps and sizes of classes")
    for size in asked.sizes:
        for name, trial in (("tragitto_matching", "engine"), ("HiGHS alone", "highs")):
            found = measured(f"benchmarks.matching.sides:{trial}", size)
            words = found.trouble or ", ".join(
                f"{key} {value}" for key, value in (found.answer or {}).items()
            )
            row(size, name, found, f"gap ≤ {_GIVEN[size][1]:.1%}" if trial == "engine" else "", words)


if __name__ == "__main__":
    main()
