"""An instance as tables of whole numbers that data-frame engines join: Arrow in memory, Parquet on disk."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tragitto_matching.instance import CRITERIA, Instance

#: The tables that pairs are made of, by name; the columns are those of `tables`.
NAMES = ("people", "offered", "accepted", "posts", "excluded")


def tables(instance: Instance) -> dict[str, pa.Table]:
    """The tables of an instance: a row for each person, profile offered, region accepted, post, exclusion.

    Candidates and posts are their indices. Masks are 64 bits of a signed number, as Spark knows no other.
    The weights stand in the row of the post. Who is placed is in none: there is nothing left to ask.
    """
    free = np.ones(len(instance.candidates.codes), bool)
    free[instance.placed[:, 0]] = False
    return {
        "people": pa.table(_people(instance)).filter(pa.array(free)),
        "offered": pa.table(_offered(instance, free)),
        "accepted": pa.table(_accepted(instance, free)),
        "posts": pa.table(_posts(instance)),
        "excluded": pa.table(
            {
                "candidate": np.ascontiguousarray(instance.excluded[:, 0]),
                "post": np.ascontiguousarray(instance.excluded[:, 1]),
            }
        ),
    }


def write(instance: Instance, folder: Path) -> None:
    """Write the tables as Parquet, one folder a table, for an engine to read from a store of its own."""
    for name, table in tables(instance).items():
        place = folder / name
        place.mkdir(parents=True)
        pq.write_table(table, place / "part-0.parquet")


def words(columns: Iterable[str], name: str) -> list[str]:
    """The columns that a list was written out in: `must_skills_0`, `must_skills_1` …, in their order."""
    found = [column for column in columns if column.startswith(f"{name}_")]
    return sorted(found, key=lambda column: int(column.rsplit("_", 1)[1]))


def _people(instance: Instance) -> dict[str, Any]:
    people = instance.candidates
    return {
        "candidate": np.arange(len(people.codes), dtype=np.int32),
        **_spread("level", people.levels),
        "schooling": _number(people.schooling),
        **_spread("skills", people.skills),
        "licences": _number(people.licences),
        "available_from": people.available_from,
        "first_region": people.first_region,
        "shifts": _number(people.shifts),
    }


def _offered(instance: Instance, free: npt.NDArray[np.bool_]) -> dict[str, Any]:
    people, profile = _set_bits(np.where(free, instance.candidates.profiles, np.uint64(0)))
    years = instance.candidates.years[people, profile]
    return {"candidate": people, "profile": profile, "years": _number(years)}


def _accepted(instance: Instance, free: npt.NDArray[np.bool_]) -> dict[str, Any]:
    people, region = _set_bits(np.where(free, instance.candidates.regions, np.uint64(0)))
    return {"candidate": people, "region": region}


def _posts(instance: Instance) -> dict[str, Any]:
    posts, weights = instance.posts, instance.weights
    columns: dict[str, Any] = {
        "post": np.arange(len(posts.codes), dtype=np.int32),
        "profile": posts.profile,
        "region": posts.region,
        "seats": instance.seats_left(),
        **_spread("least_level", posts.least_levels),
        "least_schooling": _number(posts.least_schooling),
        "least_years": _number(posts.least_years),
        **_spread("must_skills", posts.must_skills),
        **_spread("wished_skills", posts.wished_skills),
        "must_licences": _number(posts.must_licences),
        "starts_on": posts.starts_on,
        "worked_shifts": _number(posts.shifts),
    }
    for column, criterion in enumerate(CRITERIA):
        columns[f"points_{criterion}"] = weights.points[posts.weights, column]
        columns[f"most_{criterion}"] = weights.most[posts.weights, column]
    return columns


def _set_bits(masks: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The rows and the bits that are set in them, a bit after the other."""
    rows = [np.flatnonzero(masks >> np.uint64(bit) & np.uint64(1)).astype(np.int32) for bit in range(64)]
    bits = np.repeat(np.arange(64, dtype=np.int32), [len(found) for found in rows])
    return np.concatenate(rows), bits


def _spread(name: str, columns: npt.NDArray[Any]) -> dict[str, npt.NDArray[Any]]:
    return {f"{name}_{index}": _number(columns[:, index]) for index in range(columns.shape[1])}


def _number(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Masks keep their 64 bits, small numbers get 16: the narrowest that holds them and that Spark knows."""
    column = np.ascontiguousarray(column)
    return column.view(np.int64) if column.dtype == np.uint64 else column.astype(np.int16)
