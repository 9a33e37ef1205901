"""Pairs, the best and the match past one memory: the same numbers as the engine, on DuckDB and on Spark."""

import gc
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.matching.made_up import instance as made_up

from tragitto_matching import stable
from tragitto_matching.instance import Instance
from tragitto_matching.kernels import numpy_only
from tragitto_matching.pairs import eligible_pairs, top
from tragitto_matching.ranking import by_score

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

import pyarrow as pa

from tragitto_matching.scaling import rounds, scoring, tables
from tragitto_matching.scaling.engines import DuckDB, Engine, Spark, put_all

# Ibis 12 asks DuckDB 2 for columns by a name of before.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

SIZES = [(40, 12), (500, 150), (3000, 300)]


@pytest.fixture(params=SIZES, ids=str)
def instance(request: pytest.FixtureRequest) -> Instance:
    """A made-up scheme in which some are excluded and some have a place."""
    return with_exclusions(made_up(*request.param, seed=7))


@pytest.fixture
def duckdb() -> DuckDB:
    return DuckDB(threads=2)


def with_exclusions(made: Instance) -> Instance:
    pairs = eligible_pairs(made)
    post = np.repeat(np.arange(pairs.posts, dtype=np.int32), np.diff(pairs.ptr))
    excluded = np.stack([pairs.candidate, post], axis=1)[::7]
    most_seats = int(made.posts.seats.argmax())
    placed = np.array([[int(pairs.candidate[1]), most_seats]], np.int32)
    return replace(made, excluded=np.ascontiguousarray(excluded), placed=placed)


def same_pairs(engine: Engine, scored, made: Instance) -> None:
    own = eligible_pairs(made)
    found = engine.fetch(scored).sort_by([("post", "ascending"), ("candidate", "ascending")])
    post = np.repeat(np.arange(own.posts), np.diff(own.ptr))
    assert found["post"].to_pylist() == post.tolist()
    assert found["candidate"].to_pylist() == own.candidate.tolist()
    assert found["score"].to_pylist() == own.score.tolist()


def best_rows(engine: Engine, scored, posts: int, k: int) -> list[list[int]]:
    found = engine.fetch(scoring.top(scored, k))
    rows = np.full((posts, k), -1)
    rows[found["post"].to_numpy(), found["place"].to_numpy()] = found["candidate"].to_numpy()
    return rows.tolist()


def test_pairs_are_those_of_the_engine(instance: Instance, duckdb: DuckDB) -> None:
    scored = duckdb.keep("pairs", scoring.pairs(put_all(duckdb, tables.tables(instance))))
    same_pairs(duckdb, scored, instance)


def test_the_best_are_those_of_the_engine(instance: Instance, duckdb: DuckDB) -> None:
    scored = duckdb.keep("pairs", scoring.pairs(put_all(duckdb, tables.tables(instance))))
    own = top(eligible_pairs(instance), 5)
    assert best_rows(duckdb, scored, len(own), 5) == own.tolist()


def test_lists_are_those_of_the_engine(instance: Instance, duckdb: DuckDB) -> None:
    held = put_all(duckdb, tables.tables(instance))
    lists = scoring.lists(duckdb.keep("pairs", scoring.pairs(held)), held)
    found = duckdb.fetch(lists).sort_by([("candidate", "ascending"), ("wish", "ascending")])
    own = by_score(eligible_pairs(instance), instance=instance)
    assert found["post"].to_pylist() == own.post.tolist()
    assert found["place"].to_pylist() == own.place.tolist()


@pytest.mark.parametrize("limit", [0, 1, 3, 60])
def test_the_match_is_that_of_the_engine_after_any_number_of_rounds(
    instance: Instance, duckdb: DuckDB, limit: int
) -> None:
    held = put_all(duckdb, tables.tables(instance))
    lists = duckdb.keep("lists", scoring.lists(scoring.pairs(held), held))
    seats, people = instance.seats_left(), len(instance.candidates.codes)
    found = rounds.match(duckdb, lists, people, seats, rounds=limit)
    own = stable.match(by_score(eligible_pairs(instance), instance=instance), seats)
    assert found.post_of.tolist() == own.post_of.tolist()


def test_what_does_not_fit_goes_to_a_folder_that_is_removed_and_not_to_where_one_stands(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "aside"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    (tmp_path / "aside").mkdir()
    held = DuckDB(memory="40MB", threads=1)
    many = pa.table({"number": np.random.default_rng(1).permutation(8_000_000)})

    held.keep("kept", held.put("many", many).order_by("number"))

    assert [path.name for path in tmp_path.iterdir()] == ["aside"]
    assert sum(path.stat().st_size for path in (tmp_path / "aside").glob("*/*")) > 1_000_000
    del held
    gc.collect()
    assert list((tmp_path / "aside").iterdir()) == []


@pytest.mark.parametrize(("wrong", "why"), [({"candidate": 9}, "not there"), ({"place": -1}, "from 0")])
def test_lists_that_are_none_are_refused(duckdb: DuckDB, wrong, why) -> None:
    row = {"candidate": 0, "post": 0, "wish": 0, "place": 0} | wrong
    lists = duckdb.put("lists", pa.table({name: pa.array([each], "int32") for name, each in row.items()}))

    with pytest.raises(ValueError, match=why):
        rounds.match(duckdb, lists, 1, np.array([1], np.int32), rounds=0)


def test_rounds_stop_when_nothing_changes(duckdb: DuckDB) -> None:
    made = made_up(500, 150, seed=7)
    held = put_all(duckdb, tables.tables(made))
    lists = duckdb.keep("lists", scoring.lists(scoring.pairs(held), held))
    found = rounds.match(duckdb, lists, 500, made.posts.seats, rounds=60)
    assert found.rounds < 60
    # Nobody has to go on: everybody's first that they reach has a seat.
    assert found.left < len(eligible_pairs(made).candidate)


def test_without_kernels_the_match_is_the_same(duckdb: DuckDB) -> None:
    made = made_up(500, 150, seed=7)
    held = put_all(duckdb, tables.tables(made))
    lists = duckdb.keep("lists", scoring.lists(scoring.pairs(held), held))
    with numpy_only():
        plain = rounds.match(duckdb, lists, 500, made.posts.seats)
    assert plain.post_of.tolist() == rounds.match(duckdb, lists, 500, made.posts.seats).post_of.tolist()


def test_more_skills_than_a_mask_holds(duckdb: DuckDB) -> None:
    made = made_up(500, 150, seed=7)
    must = made.posts.must_skills
    # Wished ones count in the second mask too, 64 names on.
    more = replace(
        made,
        skills=(*made.skills, *(f"more-{number}" for number in range(128 - len(made.skills)))),
        candidates=replace(made.candidates, skills=np.repeat(made.candidates.skills, 2, axis=1)),
        posts=replace(
            made.posts,
            must_skills=np.concatenate([must, np.zeros_like(must)], axis=1),
            wished_skills=np.concatenate([made.posts.wished_skills, made.posts.wished_skills], axis=1),
        ),
    )
    same_pairs(duckdb, scoring.pairs(put_all(duckdb, tables.tables(more))), more)


def test_the_highest_bit_of_a_mask_counts(duckdb: DuckDB) -> None:
    made = made_up(40, 12, seed=7)
    high = np.full((12, 1), np.uint64(1) << np.uint64(63))
    more = replace(
        made,
        skills=tuple(f"skill-{number}" for number in range(64)),
        candidates=replace(made.candidates, skills=np.full((40, 1), np.uint64(2**64 - 1))),
        posts=replace(made.posts, must_skills=high, wished_skills=high),
    )
    same_pairs(duckdb, scoring.pairs(put_all(duckdb, tables.tables(more))), more)


def test_tables_on_disk_give_the_same(tmp_path: Path, duckdb: DuckDB) -> None:
    made = with_exclusions(made_up(500, 150, seed=7))
    tables.write(made, tmp_path)
    same_pairs(duckdb, scoring.pairs(duckdb.read(tmp_path)), made)


def test_what_is_dropped_is_gone(duckdb: DuckDB) -> None:
    made = made_up(40, 12, seed=7)
    kept = duckdb.keep("pairs", scoring.pairs(put_all(duckdb, tables.tables(made))))
    duckdb.drop("pairs")
    with pytest.raises(Exception, match="pairs"):
        duckdb.fetch(kept)


def test_a_wrong_pair_would_be_seen(duckdb: DuckDB) -> None:
    made = made_up(500, 150, seed=7)
    scored = scoring.pairs(put_all(duckdb, tables.tables(made)))
    planted = (scored.candidate == int(eligible_pairs(made).candidate[0])).cast("int32")
    with pytest.raises(AssertionError):
        same_pairs(duckdb, scored.mutate(score=scored.score + planted), made)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    pyspark = pytest.importorskip("pyspark.sql")
    session = (
        pyspark.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    yield Spark(session)
    session.stop()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same(spark: Spark, tmp_path: Path) -> None:
    made = with_exclusions(made_up(500, 150, seed=7))
    tables.write(made, tmp_path)
    held = spark.read(str(tmp_path))
    scored = spark.keep("pairs", scoring.pairs(held))
    same_pairs(spark, scored, made)
    assert best_rows(spark, scored, 150, 5) == top(eligible_pairs(made), 5).tolist()
    lists = spark.keep("lists", scoring.lists(scored, held))
    found = rounds.match(spark, lists, 500, made.seats_left(), rounds=2)
    own = stable.match(by_score(eligible_pairs(made), instance=made), made.seats_left())
    assert found.post_of.tolist() == own.post_of.tolist()
    spark.drop("pairs")
