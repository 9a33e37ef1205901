"""Pairs, the best, the match on DuckDB and on Spark beside the engine: `python -m benchmarks.matching.scale`.

Spark runs on this machine with two threads and is found in FOLDER/pyspark (`--peers FOLDER`); its memory is
another process's and not seen. `--memory` keeps DuckDB within so much: the rest goes to disk.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.matching.made_up import SIZES, of_size
from benchmarks.matching.measuring import Measured, Trial, measured
from benchmarks.matching.table import head, row

from tragitto_matching import stable
from tragitto_matching.instance import Instance
from tragitto_matching.pairs import pairs_and_top
from tragitto_matching.ranking import by_score
from tragitto_matching.scaling import rounds, scoring, tables
from tragitto_matching.scaling.engines import DuckDB, Engine, Spark

TOP = 20
_HERE = "benchmarks.matching.scale"


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


def duckdb(size: str, memory: str = "") -> Trial:
    """DuckDB: the tables as Parquet on disk, what is kept in memory or beside on disk."""
    made = of_size(size)
    kept = _kept(made, size)

    def run() -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "scale.duckdb" if memory else None
            held = DuckDB(file, memory=memory)
            return _chain(held, held.read(kept), made)

    return Trial(run, lambda answer: answer, None)


def spark(size: str) -> Trial:
    """Spark with two threads on this machine; starting it is outside the clock, once through is before it."""
    from pyspark.sql import SparkSession

    made = of_size(size)
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "8g",
        "spark.driver.maxResultSize": "4g",
        "spark.sql.shuffle.partitions": "4",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    held = Spark(session)
    small = of_size("S")
    folder, small_folder = str(_kept(made, size)), str(_kept(small, "S"))
    return Trial(
        lambda: _chain(held, held.read(folder), made),
        lambda answer: answer,
        lambda: _chain(held, held.read(small_folder), small),
    )


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
    """What must be equal: every pair counts, every one of the best and every placement by its place."""
    numbers = np.arange(1, max(len(best), len(post_of)) + 1, dtype=np.int64)
    return {
        "pairs": int(pairs),
        "best": int((best.astype(np.int64) * numbers[: len(best)]).sum()),
        "match": int((post_of.astype(np.int64) * numbers[: len(post_of)]).sum()),
    }


def _kept(made: Instance, size: str) -> Path:
    folder = Path(tempfile.gettempdir()) / f"tragitto-tables-{os.getuid()}-{os.getppid()}-{size}"
    if not folder.exists():
        tables.write(made, folder)
    return folder


@contextmanager
def _tidied(sizes: list[str]) -> Iterator[None]:
    """Take the tables on disk away at the end."""
    import shutil

    try:
        yield
    finally:
        for size in {*sizes, "S"}:
            shutil.rmtree(
                Path(tempfile.gettempdir()) / f"tragitto-tables-{os.getuid()}-{os.getpid()}-{size}",
                ignore_errors=True,
            )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog=f"python -m {_HERE}", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M", "L", "XL"], choices=SIZES, metavar="S M L XL")
    parser.add_argument("--peers", default="", help="a folder with a folder of packages for each peer")
    parser.add_argument("--memory", default="", help="DuckDB's limit, such as 2GB")
    asked = parser.parse_args()
    head("Pairs, the twenty best, both sides' lists and the stable match")
    with _tidied(asked.sizes):
        for size in asked.sizes:
            own = measured(f"{_HERE}:engine", size)
            _shown(size, "tragitto_matching", own, own)
            limit = [asked.memory] if asked.memory else []
            _shown(size, "DuckDB, 5 rounds, tail here", measured(f"{_HERE}:duckdb", size, *limit), own)
            on_spark = measured(f"{_HERE}:spark", size, path=f"{asked.peers}/pyspark", limit=900)
            _shown(size, "Spark, 5 rounds, tail here", on_spark, own)


def _shown(size: str, name: str, found: Measured, own: Measured) -> None:
    if found.trouble or own.trouble:
        row(size, name, found, "", found.trouble)
        return
    answer, expected = dict(found.answer or {}), dict(own.answer or {})
    times, _ = answer.pop("times"), expected.pop("times")
    words = f"{answer}" if found is own else "same answer" if answer == expected else f"ANOTHER: {answer}"
    row(size, name, found, "", f"{words}; {', '.join(f'{step} {took}' for step, took in times.items())}")


if __name__ == "__main__":
    main()
