"""Pairs, the best, both sides' lists and the match on DuckDB and on Spark beside the engine.

Spark runs on this machine with two threads; its memory is another process's and not seen. `DUCKDB_MEMORY=2GB`
in the surroundings keeps DuckDB within so much: the rest goes to disk.
"""

import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.matching.made_up import of_size, scored
from benchmarks.matching.measuring import Trial, own_folder

from tragitto_matching import stable
from tragitto_matching.instance import Instance
from tragitto_matching.pairs import pairs_and_top
from tragitto_matching.ranking import by_score
from tragitto_matching.scaling import rounds, scoring, tables
from tragitto_matching.scaling.engines import DuckDB, Engine, Spark

TOP = 20


def engine(size: str) -> Trial:
    """The engine of this project, all in one memory."""
    made = of_size(size)
    seats = made.seats_left()

    def run() -> dict[str, Any]:
        clock = _Clock()
        pairs, best = clock("pairs and best", lambda: pairs_and_top(made, TOP))
        lists = clock("lists", lambda: by_score(pairs, instance=made))
        post_of = clock("match", lambda: stable.match(lists, seats).post_of)
        return {**_found(len(pairs.candidate), best[best >= 0], post_of), "times": clock.times}

    return Trial(run, lambda answer: answer, run)


def duckdb(size: str) -> Trial:
    """DuckDB: the tables as Parquet on disk, what is kept in memory or, with a limit, beside on disk."""
    made = of_size(size)
    folder = own_folder() / "tables"
    tables.write(made, folder)

    def run() -> dict[str, Any]:
        held = _duckdb()
        return _chain(held, held.read(folder), made)

    return Trial(run, lambda answer: answer, None)


def duckdb_match(size: str) -> Trial:
    """The match alone, of lists that lie in DuckDB."""
    held = _duckdb()
    return _match(held, held.put("lists", _lists(size)), size)


def spark(size: str) -> Trial:
    """Spark with two threads on this machine; starting it is outside the clock, once through is before it."""
    made, small = of_size(size), of_size("S")
    folder, small_folder = str(own_folder() / "tables"), str(own_folder() / "small")
    tables.write(made, Path(folder))
    tables.write(small, Path(small_folder))
    held = Spark(_session())
    return Trial(
        lambda: _chain(held, held.read(folder), made),
        lambda answer: answer,
        lambda: _chain(held, held.read(small_folder), small),
    )


def spark_match(size: str) -> Trial:
    """The match alone, of lists that Spark holds."""
    import ibis

    session = _session()
    place = str(own_folder() / "lists.parquet")
    pq.write_table(_lists(size), place)
    frame = session.read.parquet(place).repartition(8).persist()
    frame.count()
    frame.createOrReplaceTempView("lists")
    return _match(Spark(session), ibis.pyspark.connect(session).table("lists"), size)


def _session() -> Any:
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "8g",
        "spark.driver.maxResultSize": "4g",
        "spark.sql.shuffle.partitions": "8",
        "spark.local.dir": str(own_folder()),
        "spark.sql.warehouse.dir": str(own_folder() / "warehouse"),
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _duckdb() -> DuckDB:
    memory = os.environ.get("DUCKDB_MEMORY", "")
    return DuckDB(own_folder() / "scale.duckdb" if memory else None, memory=memory)


def _lists(size: str) -> pa.Table:
    """Both sides' rankings as a table, in the order of the posts."""
    lists = by_score(scored(size), instance=of_size(size))
    post = np.repeat(np.arange(lists.posts, dtype=np.int32), np.diff(lists.post_ptr))
    place = (np.arange(len(post)) - lists.post_ptr[post]).astype(np.int32)
    columns = {"candidate": lists.candidate, "post": post, "wish": lists.wish, "place": place}
    return pa.table(columns)


def _match(held: Engine, lists: Any, size: str) -> Trial:
    made = of_size(size)
    seats, people = made.seats_left(), len(made.candidates.codes)

    def run() -> Any:
        return rounds.match(held, lists, people, seats)

    return Trial(run, lambda found: {"match": _sum(found.post_of)}, run)


def _chain(held: Engine, given: Any, made: Instance) -> dict[str, Any]:
    clock = _Clock()
    pairs = clock("pairs", lambda: held.keep("pairs", scoring.pairs(given)))
    best = clock("best", lambda: held.fetch(scoring.top(pairs, TOP)))
    lists = clock("lists", lambda: held.keep("lists", scoring.lists(pairs, given)))
    seats, people = made.seats_left(), len(made.candidates.codes)
    found = clock("match", lambda: rounds.match(held, lists, people, seats))
    count = held.fetch(pairs.count().as_table())[0][0].as_py()
    best = best.sort_by([("post", "ascending"), ("place", "ascending")])
    held.drop("lists")
    held.drop("pairs")
    return {**_found(count, best["candidate"].to_numpy(), found.post_of), "times": clock.times}


class _Clock:
    """Seconds of each step."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}

    def __call__(self, name: str, step: Any) -> Any:
        begun = time.perf_counter()
        result = step()
        self.times[name] = round(time.perf_counter() - begun, 3)
        return result


def _found(pairs: int, best: np.ndarray, post_of: np.ndarray) -> dict[str, Any]:
    return {"pairs": int(pairs), "best": _sum(best), "match": _sum(post_of)}


def _sum(numbers: np.ndarray) -> int:
    """What must be equal: every one by its place."""
    return int((numbers.astype(np.int64) * np.arange(1, len(numbers) + 1, dtype=np.int64)).sum())
