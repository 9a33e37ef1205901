"""Pairs and the best of each post in Polars, as one lazy query each."""

from typing import Any

import polars as pl

from tragitto_matching.instance import CRITERIA, Instance
from tragitto_matching.scaling.tables import tables


def frames(made: Instance) -> dict[str, pl.DataFrame]:
    """The tables of an instance as frames in memory."""
    return {name: pl.from_arrow(table) for name, table in tables(made).items()}  # type: ignore[misc]


def pairs_of(given: dict[str, Any]) -> pl.LazyFrame:
    """The eligible pairs with their scores, in any order."""
    people = given["offered"].lazy().join(given["people"].lazy(), on="candidate")
    people = people.join(given["accepted"].lazy(), on="candidate")
    joined = people.join(given["posts"].lazy(), on=["profile", "region"])
    c = pl.col
    good = (c.years >= c.least_years) & (c.schooling >= c.least_schooling)
    for index in range(4):
        good &= c(f"level_{index}") >= c(f"least_level_{index}")
    good &= (c.skills_0 & c.must_skills_0) == c.must_skills_0
    good &= (c.licences & c.must_licences) == c.must_licences
    good &= (c.shifts & c.worked_shifts) == c.worked_shifts
    good &= (c.starts_on == 0) | (c.available_from <= c.starts_on)
    units = {
        "language": pl.sum_horizontal(
            pl.when(c(f"least_level_{i}") > 0).then(c(f"level_{i}") - c(f"least_level_{i}")).otherwise(0)
            for i in range(4)
        ),
        "experience": c.years - c.least_years,
        "schooling": c.schooling - c.least_schooling,
        "wished_skills": (c.skills_0 & c.wished_skills_0).bitwise_count_ones().cast(pl.Int32),
        "first_region": (c.first_region == c.region).cast(pl.Int32),
    }
    score = pl.lit(1, pl.Int32)
    for name in CRITERIA:
        score += c(f"points_{name}") * pl.min_horizontal(units[name], f"most_{name}")
    return joined.filter(good).select("post", "candidate", score.cast(pl.Int32).alias("score"))


def best_of(pairs: pl.LazyFrame, k: int) -> pl.LazyFrame:
    """The k best of each post in their order."""
    key = (-pl.col("score").cast(pl.Int64)) * (1 << 32) + pl.col("candidate")
    best = pairs.group_by("post").agg(key.bottom_k(k).sort().alias("key"))
    return (
        best.explode("key")
        .select("post", (pl.col("key") % (1 << 32)).alias("candidate"))
        .sort("post", maintain_order=True)
    )
