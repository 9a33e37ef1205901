"""What makes an instance right: types, shapes and ranges, each refused with a sentence."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tragitto_matching.instance import Instance

type _Array = npt.NDArray[Any]

#: Scores are 32 bits wide; no set of weights may leave them.
MOST_SCORE = 2**31 - 1
MOST_LEVEL = 6
MOST_SCHOOLING = 8
MOST_SKILLS = 3840


def words(skills: int) -> int:
    """How many masks of 64 bits hold so many skills."""
    return max(1, -(-skills // 64))


def check(instance: "Instance") -> None:
    """Raise `ValueError` if anything in the instance is not what its docstring says."""
    _check_names(instance)
    _check_candidates(instance)
    _check_posts(instance)
    _check_weights(instance)
    _check_couples(instance)


def freeze(part: object) -> None:
    """Put a view that cannot be written to in the place of each column."""
    for field in fields(part):  # type: ignore[arg-type]
        value = getattr(part, field.name)
        if isinstance(value, np.ndarray) and value.flags.writeable:
            kept = value.view()
            kept.flags.writeable = False
            object.__setattr__(part, field.name, kept)


def _column(name: str, value: object, kind: Any, shape: tuple[int, ...]) -> None:
    if not isinstance(value, np.ndarray) or value.dtype != np.dtype(kind):
        raise ValueError(f"{name} must be an array of {np.dtype(kind).name}.")
    if value.shape != shape:
        raise ValueError(f"{name} must have the shape {shape}, and has {value.shape}.")
    if not value.flags.c_contiguous:
        raise ValueError(f"{name} must lie in one piece (numpy.ascontiguousarray).")


def _between(name: str, value: _Array, least: int, most: int) -> None:
    if value.size and (value.min() < least or value.max() > most):
        raise ValueError(f"{name} must lie between {least} and {most}.")


def _mask(name: str, value: _Array, count: int) -> None:
    if count < 64 and value.size and np.bitwise_or.reduce(value, axis=None) >> np.uint64(count):
        raise ValueError(f"{name} has a bit that stands for nothing: there are {count} names.")


def _skills(name: str, value: _Array, count: int) -> None:
    for word in range(value.shape[1]):
        _mask(name, value[:, word], min(64, count - 64 * word) if count > 64 * word else 0)


def _codes(name: str, value: _Array) -> None:
    if not isinstance(value, np.ndarray) or value.dtype.kind != "U" or value.ndim != 1:
        raise ValueError(f"{name} must be a list of texts.")
    known = value.tolist()
    if len(set(known)) != len(known):
        raise ValueError(f"{name} must be different from each other.")
    if "" in known or any(mark in "".join(known) for mark in "\n\r\0"):
        raise ValueError(f"{name} must be texts of one line that are not empty.")


def _check_names(instance: "Instance") -> None:
    for kind in ("profiles", "languages", "skills", "licences", "regions", "shifts"):
        names = getattr(instance, kind)
        if not isinstance(names, tuple):
            raise ValueError(f"{kind} must be a tuple of names.")
        _codes(kind, np.array(names, dtype=np.str_).reshape(-1))
        most = MOST_SKILLS if kind == "skills" else 64
        if len(names) > most:
            raise ValueError(f"{kind} may be {most} at most, and are {len(names)}.")


def _check_candidates(instance: "Instance") -> None:
    held = instance.candidates
    _codes("codes of the candidates", held.codes)
    count = len(held.codes)
    for name in ("profiles", "licences", "regions", "shifts"):
        _column(f"{name} of the candidates", getattr(held, name), np.uint64, (count,))
        _mask(f"{name} of the candidates", getattr(held, name), len(getattr(instance, name)))
    _column("skills of the candidates", held.skills, np.uint64, (count, words(len(instance.skills))))
    _skills("skills of the candidates", held.skills, len(instance.skills))
    _column("years", held.years, np.uint8, (count, len(instance.profiles)))
    _column("levels", held.levels, np.uint8, (count, len(instance.languages)))
    _between("levels", held.levels, 0, MOST_LEVEL)
    _column("schooling", held.schooling, np.uint8, (count,))
    _between("schooling", held.schooling, 0, MOST_SCHOOLING)
    _column("available_from", held.available_from, np.int32, (count,))
    _between("available_from", held.available_from, 0, MOST_SCORE)
    _column("first_region", held.first_region, np.int32, (count,))
    _between("first_region", held.first_region, -1, len(instance.regions) - 1)


def _check_posts(instance: "Instance") -> None:
    asked = instance.posts
    _codes("codes of the posts", asked.codes)
    count = len(asked.codes)
    for name, most in (
        ("employer", MOST_SCORE),
        ("profile", len(instance.profiles) - 1),
        ("seats", MOST_SCORE),
        ("weights", len(instance.weights.points) - 1),
        ("starts_on", MOST_SCORE),
        ("region", len(instance.regions) - 1),
    ):
        _column(f"{name} of the posts", getattr(asked, name), np.int32, (count,))
        _between(f"{name} of the posts", getattr(asked, name), 0, most)
    _column("least_levels", asked.least_levels, np.uint8, (count, len(instance.languages)))
    _between("least_levels", asked.least_levels, 0, MOST_LEVEL)
    _column("least_schooling", asked.least_schooling, np.uint8, (count,))
    _between("least_schooling", asked.least_schooling, 0, MOST_SCHOOLING)
    _column("least_years", asked.least_years, np.uint8, (count,))
    for name in ("must_skills", "wished_skills"):
        _column(name, getattr(asked, name), np.uint64, (count, words(len(instance.skills))))
        _skills(name, getattr(asked, name), len(instance.skills))
    for name, known in (("must_licences", instance.licences), ("shifts", instance.shifts)):
        _column(f"{name} of the posts", getattr(asked, name), np.uint64, (count,))
        _mask(f"{name} of the posts", getattr(asked, name), len(known))


def _check_weights(instance: "Instance") -> None:
    weights = instance.weights
    shape = (len(weights.points), 5)
    _column("points", weights.points, np.int32, shape)
    _column("most", weights.most, np.int32, shape)
    _between("points", weights.points, 0, MOST_SCORE)
    _between("most", weights.most, 0, MOST_SCORE)
    # No unit is counted further than there can be units: then no sum leaves 32 bits.
    reach = [MOST_LEVEL * len(instance.languages), 255, MOST_SCHOOLING, len(instance.skills), 1]
    sums = 1 + (weights.points.astype(object) * np.minimum(weights.most, np.array(reach, object))).sum(axis=1)
    if len(sums) and max(sums) > MOST_SCORE:
        raise ValueError("points are so high that a score would leave 32 bits.")


def _check_couples(instance: "Instance") -> None:
    people, posts = len(instance.candidates.codes), len(instance.posts.codes)
    for name in ("excluded", "placed"):
        couples = getattr(instance, name)
        if not isinstance(couples, np.ndarray) or couples.ndim != 2:
            raise ValueError(f"{name} must be pairs (candidate, post).")
        _column(name, couples, np.int32, (len(couples), 2))
        _between(f"candidates in {name}", couples[:, 0], 0, people - 1)
        _between(f"posts in {name}", couples[:, 1], 0, posts - 1)
    placed = instance.placed
    if len(np.unique(placed[:, 0])) != len(placed):
        raise ValueError("placed names a candidate twice.")
    if (np.bincount(placed[:, 1], minlength=posts) > instance.posts.seats).any():
        raise ValueError("placed fills a post beyond its seats.")
