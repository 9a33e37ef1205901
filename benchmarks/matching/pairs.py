"""Eligible pairs, scores and the twenty best of each post: the engine, NumPy, DuckDB and Polars.

`python -m benchmarks.matching.pairs XL --peers FOLDER`. Each is written as those who know it well would:
joined by profile and region at once, the twenty best without sorting all, Polars with its streaming engine.
The tables that an engine starts from lie in its memory before the clock starts.
"""

import argparse
import hashlib
from typing import Any

import numpy as np
from benchmarks.matching.made_up import SIZES, of_size
from benchmarks.matching.measuring import Trial
from benchmarks.matching.table import Rival, compare, head

from tragitto_matching.instance import CRITERIA, Instance, Ints
from tragitto_matching.pairs import Pairs

TOP = 20
#: Highest first, of equals the lower candidate: one number that sorts like both.
_KEY = 1 << 32


def engine(size: str) -> Trial:
    """The engine of this project."""
    from tragitto_matching.pairs import pairs_and_top

    made = of_size(size)

    def run() -> tuple[Pairs, Ints]:
        return pairs_and_top(made, TOP)

    return Trial(run, lambda both: answer(*both), run)


def numpy(size: str) -> Trial:
    """NumPy: the people of a profile and region once, then the conditions of each of their posts."""
    made, small = of_size(size), of_size("S")
    return Trial(lambda: _numpy(made), lambda both: answer(*both), lambda: _numpy(small))


def duckdb(size: str) -> Trial:
    """DuckDB, tables in memory."""
    import duckdb as library

    from tragitto_matching.scaling.tables import tables

    def loaded(wanted: str) -> Any:
        connection = library.connect(config={"preserve_insertion_order": False})
        # Left to itself the planner joins by profile alone first: 130 times as long at L.
        connection.execute("SET disabled_optimizers = 'join_order'")
        for name, table in tables(of_size(wanted)).items():
            connection.register("arrow", table)
            connection.execute(f"CREATE TABLE {name} AS FROM arrow")
            connection.unregister("arrow")
        return connection

    def run(connection: Any) -> Any:
        connection.execute("DROP TABLE IF EXISTS pairs; DROP TABLE IF EXISTS best")
        connection.execute(f"CREATE TABLE pairs AS {_sql()}")
        connection.execute(
            f"CREATE TABLE best AS SELECT post, min(candidate - score::BIGINT * {_KEY}, {TOP}) AS keys "
            "FROM pairs GROUP BY post"
        )
        return connection

    def read(connection: Any) -> dict[str, Any]:
        post, candidate, score = connection.execute("FROM pairs").fetchnumpy().values()
        best = connection.execute("SELECT post, unnest(keys) AS key FROM best ORDER BY 1, 2").fetchnumpy()
        return unordered(of_size(size), post, candidate, score, (best["post"], best["key"] % _KEY))

    connection, small = loaded(size), loaded("S")
    return Trial(lambda: run(connection), read, lambda: run(small))


def polars(size: str) -> Trial:
    """Polars with its streaming engine."""
    from benchmarks.matching.pairs_polars import best_of, frames, pairs_of

    def run(given: Any) -> Any:
        pairs = pairs_of(given).collect(engine="streaming")
        return pairs, best_of(pairs.lazy(), TOP).collect(engine="streaming")

    def read(both: Any) -> dict[str, Any]:
        pairs, best = both
        columns = [pairs[name].to_numpy() for name in ("post", "candidate", "score")]
        return unordered(of_size(size), *columns, (best["post"].to_numpy(), best["candidate"].to_numpy()))

    given, small = frames(of_size(size)), frames(of_size("S"))
    return Trial(lambda: run(given), read, lambda: run(small))


def answer(pairs: Pairs, best: Ints) -> dict[str, Any]:
    """What must be equal: how many pairs, and a digest of all of them and of the twenty best."""
    digest = hashlib.sha256()
    for column, kind in ((pairs.ptr, np.int64), (pairs.candidate, np.int32), (pairs.score, np.int32)):
        digest.update(np.ascontiguousarray(column, kind).tobytes())
    digest.update(np.ascontiguousarray(best, np.int32).tobytes())
    return {"pairs": len(pairs.candidate), "digest": digest.hexdigest()[:16]}


def unordered(made: Instance, post: Any, candidate: Any, score: Any, best: tuple[Any, Any]) -> dict[str, Any]:
    """The same of pairs in any order, and of the best in the order of post and place."""
    m = len(made.posts.codes)
    order = np.argsort(post.astype(np.int64) * _KEY + candidate)
    ptr = np.concatenate(([0], np.cumsum(np.bincount(post, minlength=m)))).astype(np.int64)
    pairs = Pairs(ptr=ptr, candidate=candidate[order], score=score[order], count=len(made.candidates.codes))
    rows = np.full((m, TOP), -1, np.int32)
    posts, people = best
    of_post = np.bincount(posts, minlength=m)
    rows[np.arange(TOP) < of_post[:, None]] = people
    return answer(pairs, rows)


def _numpy(made: Instance) -> tuple[Pairs, Ints]:
    people, posts = made.candidates, made.posts
    m, one = len(posts.codes), np.uint64(1)
    found: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0, np.int32), np.empty(0, np.int32))] * m
    best = np.full((m, TOP), -1, np.int32)
    bits = [people.regions >> np.uint64(region) & one != 0 for region in range(len(made.regions))]
    for profile in range(len(made.profiles)):
        offers = people.profiles >> np.uint64(profile) & one != 0
        for region in range(len(made.regions)):
            sought = np.flatnonzero((posts.profile == profile) & (posts.region == region))
            if not len(sought):
                continue
            block = _block(made, np.flatnonzero(offers & bits[region]), profile)
            for j in sought:
                found[j] = candidate, score = _post(made, block, j)
                order = np.argsort((-score.astype(np.int64) << 32) + candidate)[:TOP]
                best[j, : len(order)] = candidate[order]
    ptr = np.concatenate(([0], np.cumsum([len(candidate) for candidate, _ in found])))
    candidate = np.concatenate([candidate for candidate, _ in found])
    score = np.concatenate([score for _, score in found])
    return Pairs(ptr=ptr, candidate=candidate, score=score, count=len(people.codes)), best


def _block(made: Instance, rows: np.ndarray, profile: int) -> dict[str, np.ndarray]:
    """The columns of those who offer a profile and accept a region, gathered once for all such posts."""
    people = made.candidates
    return {
        "rows": rows.astype(np.int32),
        "years": people.years[rows, profile],
        "levels": np.ascontiguousarray(people.levels[rows].T),
        "schooling": people.schooling[rows],
        "skills": np.ascontiguousarray(people.skills[rows].T),
        "licences": people.licences[rows],
        "available_from": people.available_from[rows],
        "first_region": people.first_region[rows],
        "shifts": people.shifts[rows],
    }


def _post(made: Instance, block: dict[str, np.ndarray], j: int) -> tuple[np.ndarray, np.ndarray]:
    posts = made.posts
    good = (block["shifts"] & posts.shifts[j]) == posts.shifts[j]
    for word, must in enumerate(posts.must_skills[j]):
        if must:
            good &= (block["skills"][word] & must) == must
    asked = np.flatnonzero(posts.least_levels[j])
    for language in asked:
        good &= block["levels"][language] >= posts.least_levels[j, language]
    if posts.least_years[j]:
        good &= block["years"] >= posts.least_years[j]
    if posts.least_schooling[j]:
        good &= block["schooling"] >= posts.least_schooling[j]
    if must := posts.must_licences[j]:
        good &= (block["licences"] & must) == must
    if posts.starts_on[j]:
        good &= block["available_from"] <= posts.starts_on[j]
    kept = np.flatnonzero(good)
    levels = block["levels"][asked][:, kept].astype(np.int32) - posts.least_levels[j, asked][:, None]
    wished = block["skills"][:, kept] & posts.wished_skills[j][:, None]
    units = (
        levels.sum(axis=0),
        block["years"][kept].astype(np.int32) - posts.least_years[j],
        block["schooling"][kept].astype(np.int32) - posts.least_schooling[j],
        np.bitwise_count(wished).sum(axis=0, dtype=np.int32),
        block["first_region"][kept] == posts.region[j],
    )
    points, most = made.weights.points[posts.weights[j]], made.weights.most[posts.weights[j]]
    score = np.ones(len(kept), np.int32)
    for criterion in range(len(CRITERIA)):
        score += points[criterion] * np.minimum(units[criterion], most[criterion])
    return block["rows"][kept], score


def _sql() -> str:
    made_of = {
        "language": " + ".join(
            f"CASE WHEN least_level_{i} > 0 THEN level_{i} - least_level_{i} ELSE 0 END" for i in range(4)
        ),
        "experience": "years - least_years",
        "schooling": "schooling - least_schooling",
        "wished_skills": "bit_count(skills_0 & wished_skills_0)",
        "first_region": "(first_region = posts.region)::INTEGER",
    }
    score = " + ".join(f"points_{name} * least({made_of[name]}, most_{name})" for name in CRITERIA)
    levels = " AND ".join(f"level_{i} >= least_level_{i}" for i in range(4))
    return f"""
        SELECT post, candidate, (1 + {score})::INTEGER AS score
        FROM people JOIN offered USING (candidate) JOIN accepted USING (candidate)
        JOIN posts ON posts.profile = offered.profile AND posts.region = accepted.region
        WHERE {levels} AND years >= least_years AND schooling >= least_schooling
          AND skills_0 & must_skills_0 = must_skills_0 AND licences & must_licences = must_licences
          AND shifts & worked_shifts = worked_shifts AND (starts_on = 0 OR available_from <= starts_on)
    """


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.pairs", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=list(SIZES), metavar="S M L XL")
    parser.add_argument("--peers", default="", help="a folder with a folder of packages for each peer")
    asked = parser.parse_args()
    here = "benchmarks.matching.pairs"
    rivals = [
        Rival(name="DuckDB", trial=f"{here}:duckdb", aim=0.25),
        Rival(name="Polars, streaming", trial=f"{here}:polars", aim=0.25),
        Rival(name="NumPy", trial=f"{here}:numpy"),
    ]
    head("Eligible pairs, scores and the twenty best of each post")
    for size in asked.sizes:
        compare(size, f"{here}:engine", rivals, path=f"{asked.peers}/polars")


if __name__ == "__main__":
    main()
