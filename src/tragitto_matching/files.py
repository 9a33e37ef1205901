"""An instance as a file: JSON that people can read, or Parquet for many.

The form is described by `schema.json` and in docs/matching.md. Whatever a file names that the form does not
know is refused: no column can be smuggled in.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from tragitto_matching import files_parquet
from tragitto_matching.explaining import LEVELS
from tragitto_matching.files_reading import (
    NO_DAY,
    Row,
    Unreadable,
    lists_of,
    parsed,
    row_of,
    rows_of,
    told_of,
)
from tragitto_matching.instance import CRITERIA, Bits, Candidates, Instance, Ints, Posts, Weights
from tragitto_matching.instance_checks import words

__all__ = ["Unreadable", "read", "read_result", "write", "write_parquet"]

HERE = Path(__file__).parent
FORM = "tragitto-matching-instance"
VERSION = 1
KINDS = ("profiles", "languages", "skills", "licences", "regions", "shifts")
write_parquet = files_parquet.write


def read(source: Path | str | bytes) -> Instance:
    """The instance in a JSON file, in a folder of Parquet files, or in JSON that is at hand as bytes.

    Raises `Unreadable` (a `ValueError`) with a sentence that says which file is wrong, and where.
    """
    if isinstance(source, bytes):
        return _instance(parsed(source))
    path = Path(source)
    with told_of(path):
        return files_parquet.read(path) if path.is_dir() else _instance(parsed(path.read_bytes()))


def read_result(path: Path) -> Any:
    """A result as a command has printed it, whatever is in it. Raises `Unreadable`."""
    with told_of(path):
        return parsed(path.read_bytes())


def _instance(document: object) -> Instance:
    top = row_of("the file", document)
    if top.take("form") != FORM or top.take("version") != VERSION:
        raise Unreadable(f'The file must say "form": "{FORM}" and "version": {VERSION}.')
    names: dict[str, Any] = {kind: tuple(top.texts(kind)) for kind in KINDS}
    weights = rows_of("weights", top.take("weights"))
    candidates = rows_of("candidates", top.take("candidates"))
    posts = rows_of("posts", top.take("posts"))
    couples: dict[str, Any] = {kind: top.take(kind, []) for kind in ("excluded", "placed")}
    top.end()
    try:
        people, asked = _candidates(candidates, names), _posts(posts, names)
        listed: dict[str, Any] = {kind: _couples(kind, rows, people, asked) for kind, rows in couples.items()}
        return Instance(
            candidates=people,
            posts=asked,
            weights=_weights(weights),
            **names,
            **listed,
        )
    except OverflowError as wrong:
        raise Unreadable(f"A number is out of range: {wrong}.") from wrong
    except ValueError as wrong:
        raise wrong if isinstance(wrong, Unreadable) else Unreadable(str(wrong)) from wrong


def write(instance: Instance) -> bytes:
    """The instance as JSON: `read` gives an instance with the same hash back."""
    document = {
        "form": FORM,
        "version": VERSION,
        **{kind: list(getattr(instance, kind)) for kind in KINDS},
        "weights": [
            {
                name: {"points": int(points), "most": int(most)}
                for name, points, most in zip(
                    CRITERIA, instance.weights.points[at], instance.weights.most[at], strict=True
                )
            }
            for at in range(len(instance.weights.points))
        ],
        "candidates": [_candidate(instance, at) for at in range(len(instance.candidates.codes))],
        "posts": [_post(instance, at) for at in range(len(instance.posts.codes))],
        **{
            kind: [
                [str(instance.candidates.codes[c]), str(instance.posts.codes[p])]
                for c, p in getattr(instance, kind)
            ]
            for kind in ("excluded", "placed")
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _candidates(rows: list[Row], names: dict[str, tuple[str, ...]]) -> Candidates:
    taken = [
        {
            "codes": row.text("code"),
            "profiles": row.mask("profiles", names["profiles"]),
            "years": row.numbers("years", names["profiles"], 255),
            "levels": row.levels("levels", names["languages"], LEVELS),
            "schooling": row.number("schooling", 0, 255),
            "skills": row.mask("skills", names["skills"]),
            "licences": row.mask("licences", names["licences"]),
            "available_from": row.day("available_from"),
            "regions": row.mask("regions", names["regions"]),
            "first_region": row.index("first_region", names["regions"], -1),
            "shifts": row.mask("shifts", names["shifts"]),
        }
        for row in rows
    ]
    _end(rows)
    at = lists_of(taken, Candidates)
    return Candidates(
        codes=_codes(at["codes"]),
        profiles=_bits(at["profiles"]),
        years=_table(at["years"], len(names["profiles"])),
        levels=_table(at["levels"], len(names["languages"])),
        schooling=np.array(at["schooling"], dtype=np.uint8),
        skills=_words(at["skills"], len(names["skills"])),
        licences=_bits(at["licences"]),
        available_from=_ints(at["available_from"]),
        regions=_bits(at["regions"]),
        first_region=_ints(at["first_region"]),
        shifts=_bits(at["shifts"]),
    )


def _posts(rows: list[Row], names: dict[str, tuple[str, ...]]) -> Posts:
    taken = [
        {
            "codes": row.text("code"),
            "employer": row.number("employer", None, 2**31 - 1),
            "profile": row.index("profile", names["profiles"], None),
            "seats": row.number("seats", None, 2**31 - 1),
            "weights": row.number("weights", 0, 2**31 - 1),
            "least_levels": row.levels("levels", names["languages"], LEVELS),
            "least_schooling": row.number("schooling", 0, 255),
            "least_years": row.number("years", 0, 255),
            "must_skills": row.mask("must_skills", names["skills"]),
            "wished_skills": row.mask("wished_skills", names["skills"]),
            "must_licences": row.mask("must_licences", names["licences"]),
            "starts_on": row.day("starts_on"),
            "region": row.index("region", names["regions"], None),
            "shifts": row.mask("shifts", names["shifts"]),
        }
        for row in rows
    ]
    _end(rows)
    at = lists_of(taken, Posts)
    whole = {
        name: _ints(at[name]) for name in ("employer", "profile", "seats", "weights", "starts_on", "region")
    }
    return Posts(
        codes=_codes(at["codes"]),
        **whole,
        least_levels=_table(at["least_levels"], len(names["languages"])),
        least_schooling=np.array(at["least_schooling"], dtype=np.uint8),
        least_years=np.array(at["least_years"], dtype=np.uint8),
        must_skills=_words(at["must_skills"], len(names["skills"])),
        wished_skills=_words(at["wished_skills"], len(names["skills"])),
        must_licences=_bits(at["must_licences"]),
        shifts=_bits(at["shifts"]),
    )


def _weights(rows: list[Row]) -> Weights:
    taken = []
    for row in rows:
        parts = [row_of(f"{row.where}.{name}", row.take(name, {})) for name in CRITERIA]
        taken.append([[part.number(what, 0, 2**31 - 1) for part in parts] for what in ("points", "most")])
        _end([*parts, row])
    both = np.array(taken, dtype=np.int32).reshape(-1, 2, len(CRITERIA))
    return Weights(points=np.ascontiguousarray(both[:, 0]), most=np.ascontiguousarray(both[:, 1]))


def _couples(kind: str, rows: object, people: Candidates, posts: Posts) -> Ints:
    known = tuple({str(code): at for at, code in enumerate(part.codes)} for part in (people, posts))
    if not isinstance(rows, list):
        raise Unreadable(f"{kind} must be a list of pairs.")
    found = []
    for row in rows:
        if not isinstance(row, list) or len(row) != 2 or not all(isinstance(code, str) for code in row):
            raise Unreadable(f"{kind} must be pairs of the codes of a candidate and of a post.")
        if row[0] not in known[0] or row[1] not in known[1]:
            raise Unreadable(f"{kind} names {row[0]} and {row[1]}, which are not both in the file.")
        found.append((known[0][row[0]], known[1][row[1]]))
    return np.array(found, dtype=np.int32).reshape(-1, 2)


def _end(rows: Iterable[Row]) -> None:
    for row in rows:
        row.end()


def _codes(texts: Sequence[str]) -> Any:
    return np.array(texts, dtype=np.str_)


def _bits(masks: Sequence[int]) -> Bits:
    return np.array(masks, dtype=np.uint64)


def _ints(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, dtype=np.int32)


def _table(rows: Sequence[Sequence[int]], width: int) -> Any:
    return np.array(rows, dtype=np.uint8).reshape(len(rows), width)


def _words(masks: Sequence[int], skills: int) -> Bits:
    count = words(skills)
    split = [[mask >> 64 * word & (2**64 - 1) for word in range(count)] for mask in masks]
    return np.array(split, dtype=np.uint64).reshape(len(masks), count)


def _names(mask: Any, names: Sequence[str]) -> list[str]:
    whole = sum(int(word) << 64 * at for at, word in enumerate(np.atleast_1d(mask)))
    return [name for bit, name in enumerate(names) if whole >> bit & 1]


def _day(days: Any) -> str | None:
    return None if not days else (NO_DAY + timedelta(days=int(days))).isoformat()


def _spoken(levels: Any, languages: Sequence[str]) -> dict[str, str]:
    return {name: LEVELS[level] for name, level in zip(languages, levels, strict=True) if level}


def _candidate(instance: Instance, at: int) -> dict[str, Any]:
    held = instance.candidates
    first = int(held.first_region[at])
    return {
        "code": str(held.codes[at]),
        "profiles": _names(held.profiles[at], instance.profiles),
        "years": {
            name: int(years) for name, years in zip(instance.profiles, held.years[at], strict=True) if years
        },
        "levels": _spoken(held.levels[at], instance.languages),
        "schooling": int(held.schooling[at]),
        "skills": _names(held.skills[at], instance.skills),
        "licences": _names(held.licences[at], instance.licences),
        "available_from": _day(held.available_from[at]),
        "regions": _names(held.regions[at], instance.regions),
        "first_region": None if first < 0 else instance.regions[first],
        "shifts": _names(held.shifts[at], instance.shifts),
    }


def _post(instance: Instance, at: int) -> dict[str, Any]:
    asked = instance.posts
    return {
        "code": str(asked.codes[at]),
        "employer": int(asked.employer[at]),
        "profile": instance.profiles[asked.profile[at]],
        "seats": int(asked.seats[at]),
        "weights": int(asked.weights[at]),
        "levels": _spoken(asked.least_levels[at], instance.languages),
        "schooling": int(asked.least_schooling[at]),
        "years": int(asked.least_years[at]),
        "must_skills": _names(asked.must_skills[at], instance.skills),
        "wished_skills": _names(asked.wished_skills[at], instance.skills),
        "must_licences": _names(asked.must_licences[at], instance.licences),
        "starts_on": _day(asked.starts_on[at]),
        "region": instance.regions[asked.region[at]],
        "shifts": _names(asked.shifts[at], instance.shifts),
    }
