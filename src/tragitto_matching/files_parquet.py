"""An instance as a folder of Parquet files, for many people: needs `pyarrow`, which is no part of the engine.

`candidates.parquet` and `posts.parquet` hold the columns of `Instance` as they are; a column of several is
split (`levels.it`, `years.cook`, `skills.0`). `instance.json` holds the names, weights and couples.
"""

import json
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from tragitto_matching.files_reading import Row, Unreadable, parsed, row_of
from tragitto_matching.instance import Candidates, Instance, Posts, Weights
from tragitto_matching.instance_checks import words

FORM = "tragitto-matching-columns"
_NAMES = ("profiles", "languages", "skills", "licences", "regions", "shifts")
_SPLIT = {
    "years": "profiles",
    "levels": "languages",
    "least_levels": "languages",
    "skills": "words",
    "must_skills": "words",
    "wished_skills": "words",
}


def write(instance: Instance, folder: Path) -> None:
    """Write the instance into `folder`, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    arrow, parquet = _arrow()
    names = _split_names({kind: list(getattr(instance, kind)) for kind in _NAMES})
    for part in ("candidates", "posts"):
        columns: dict[str, Any] = {}
        held = getattr(instance, part)
        for field in fields(held):
            column = getattr(held, field.name)
            if field.name in _SPLIT:
                of = names[_SPLIT[field.name]]
                columns |= {f"{field.name}.{name}": column[:, at] for at, name in enumerate(of)}
            else:
                columns[field.name] = column.tolist() if field.name == "codes" else column
        parquet.write_table(arrow.table(columns), folder / f"{part}.parquet")
    document = {
        "form": FORM,
        "version": 1,
        **{kind: list(getattr(instance, kind)) for kind in _NAMES},
        "points": instance.weights.points.tolist(),
        "most": instance.weights.most.tolist(),
        "excluded": instance.excluded.tolist(),
        "placed": instance.placed.tolist(),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (folder / "instance.json").write_text(text, encoding="utf-8")


def read(folder: Path) -> Instance:
    """The instance in `folder`. Raises `Unreadable` for a column or a name that the form does not know."""
    top = row_of("instance.json", parsed((folder / "instance.json").read_bytes()))
    if top.take("form") != FORM or top.take("version") != 1:
        raise Unreadable(f'instance.json must say "form": "{FORM}" and "version": 1.')
    known: dict[str, Any] = {kind: top.texts(kind) for kind in _NAMES}
    names = _split_names(known)
    tables = {kind: _table(top, kind) for kind in ("points", "most", "excluded", "placed")}
    top.end()
    try:
        return Instance(
            candidates=Candidates(**_part(folder, "candidates", Candidates, names)),
            posts=Posts(**_part(folder, "posts", Posts, names)),
            weights=Weights(points=tables["points"].reshape(-1, 5), most=tables["most"].reshape(-1, 5)),
            **{kind: tuple(listed) for kind, listed in known.items()},
            excluded=tables["excluded"].reshape(-1, 2),
            placed=tables["placed"].reshape(-1, 2),
        )
    except ValueError as wrong:
        raise wrong if isinstance(wrong, Unreadable) else Unreadable(str(wrong)) from wrong


def _arrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError as missing:
        raise Unreadable("Parquet needs the package pyarrow, which is not installed.") from missing


def _split_names(names: dict[str, list[str]]) -> dict[str, list[str]]:
    return {**names, "words": [str(word) for word in range(words(len(names["skills"])))]}


def _table(top: Row, name: str) -> Any:
    try:
        table = np.array(top.take(name))
        if table.size and table.dtype.kind not in "iu":
            raise ValueError
        return table.astype(np.int32)
    except (ValueError, OverflowError) as wrong:
        raise Unreadable(f"instance.json: {name} must be rows of whole numbers.") from wrong


def _part(folder: Path, part: str, kind: type, names: dict[str, list[str]]) -> dict[str, Any]:
    _, parquet = _arrow()
    try:
        read_in = parquet.read_table(folder / f"{part}.parquet")
    except (ValueError, RuntimeError, TypeError, KeyError) as wrong:
        raise Unreadable(f"{part}.parquet is no file of Parquet that can be read: write it anew.") from wrong
    left = {name: read_in.column(name) for name in read_in.column_names}

    def taken(name: str) -> Any:
        if name not in left:
            raise Unreadable(f"{part}.parquet must have the column {name}.")
        column = left.pop(name)
        if column.null_count:
            raise Unreadable(f"{part}.parquet has empty places in the column {name}.")
        return np.array(column.to_pylist(), dtype=np.str_) if name == "codes" else column.to_numpy()

    columns: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in _SPLIT:
            parts = [taken(f"{field.name}.{name}") for name in names[_SPLIT[field.name]]]
            kept = np.uint64 if _SPLIT[field.name] == "words" else np.uint8
            columns[field.name] = (
                np.stack(parts, axis=1) if parts else np.empty((read_in.num_rows, 0), dtype=kept)
            )
        else:
            columns[field.name] = np.ascontiguousarray(taken(field.name))
    if left:
        raise Unreadable(f"{part}.parquet has {', '.join(sorted(left))}, which the form does not know.")
    return columns
