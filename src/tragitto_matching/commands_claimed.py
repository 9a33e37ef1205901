"""Takes a printed result apart before it is judged: every name of its form, and numbers that are numbers."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Instance, Ints, Longs
from tragitto_matching.judging import is_whole

_SHORTLISTS = ("lists", "looks", "levels", "prices")

#: What a result of each kind says, and what it was asked with.
FORMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pairs": (("pairs",), ()),
    "shortlists": (_SHORTLISTS, ("per_seat",)),
    "assign": (("post_of", "value", "is_finished", "scale", "prices"), ()),
    "match": (("post_of", "cutoffs", "first"), ("proposing", "ties", "seed")),
    "timetable": (("slots", "fewest", "waiting", "employers", *_SHORTLISTS), ("slots", "per_seat")),
}
FRAME = ("engine", "instance", "kind", "arguments", "result")
_INT, _LONG = 2**31 - 1, 2**63 - 1


class Misformed(ValueError):
    """A result that does not have the form of its kind; the sentence says where."""


@dataclass(frozen=True)
class Claimed:
    """What a result says, field by field; whatever is not as its form wants raises `Misformed`."""

    instance: Instance
    said: dict[str, Any]
    arguments: dict[str, Any]
    people: dict[str, int] = field(init=False)
    posts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        for name, part in (("people", self.instance.candidates), ("posts", self.instance.posts)):
            object.__setattr__(self, name, {code: at for at, code in enumerate(part.codes.tolist())})

    def asked(self, name: str, most: int) -> int:
        """A whole number among the arguments, from 0 on."""
        return whole(self.arguments[name], f"arguments.{name}", 0, most)

    def number(self, name: str, least: int = 0, most: int = _INT) -> int:
        """A whole number."""
        return whole(self.said[name], name, least, most)

    def column(self, name: str, codes: dict[str, int], value: object, *, is_signed: bool = False) -> Longs:
        """A whole number for each code."""
        least, most = (-_LONG, _LONG) if is_signed else (0, _INT)
        told = named(value, codes, name)
        return np.array([whole(told[code], f"{name}.{code}", least, most) for code in codes], np.int64)

    def post_of(self) -> Ints:
        """The post of each candidate, -1 = none."""
        said = self.said["post_of"]
        found = np.full(len(self.people), -1, dtype=np.int32)
        if not isinstance(said, dict):
            raise Misformed("post_of must be an object")
        for who, post in said.items():
            found[self.person(who, "post_of")] = self._place(post, self.posts, "post_of")
        return found

    def lists(self) -> Ints:
        """The list of each post, -1 beyond its end."""
        said = named(self.said["lists"], self.posts, "lists")
        rows = [self.group(said[post], f"lists.{post}") for post in self.posts]
        found = np.full((len(rows), max(map(len, rows), default=0)), -1, dtype=np.int32)
        for post, row in enumerate(rows):
            found[post, : len(row)] = row
        return found

    def slots(self, employers: Collection[str]) -> dict[tuple[int, str], int]:
        """The slot of each candidate with each of these employers, -1 = they wait."""
        found = {}
        for panel, row in named(self.said["employers"], employers, "employers").items():
            where = f"employers.{panel}"
            if not isinstance(row, dict):
                raise Misformed(f"{where} must be an object")
            for code, slot in row.items():
                at = -1 if slot is None else whole(slot, where, 0, _INT)
                found[self.person(code, where), panel] = at
        return found

    def group(self, value: object, where: str) -> list[int]:
        """Some candidates, by their codes."""
        if not isinstance(value, list):
            raise Misformed(f"{where} must be a list of candidates")
        return [self.person(code, where) for code in value]

    def person(self, code: object, where: str) -> int:
        """A candidate of the instance, by the code."""
        return self._place(code, self.people, where)

    def _place(self, code: object, codes: dict[str, int], where: str) -> int:
        if not isinstance(code, str) or code not in codes:
            raise Misformed(f"{where} names {str(code)[:40]}, which is not in the instance")
        return codes[code]


def claimed(instance: Instance, answer: dict[str, Any]) -> Claimed:
    """The result, if it has every name of its kind and no other. Raises `Misformed`."""
    names, asked = FORMS[answer["kind"]]
    named(answer, (*FRAME, *names), "the result")
    return Claimed(instance, answer, named(answer["arguments"], asked, "arguments"))


def named(value: object, names: Collection[str], where: str) -> dict[str, Any]:
    """An object with exactly these names."""
    if not isinstance(value, dict):
        raise Misformed(f"{where} must be an object")
    if wrong := sorted(set(names) ^ set(value)):
        verb = "lacks" if wrong[0] in names else "has"
        raise Misformed(f"{where} {verb} {wrong[0][:40]}")
    return value


def whole(value: Any, where: str, least: int, most: int) -> int:
    """A whole number within its range."""
    if not is_whole(value) or not least <= value <= most:
        raise Misformed(f"{where} must be a whole number between {least} and {most}")
    return int(value)


def prices(told: Claimed) -> tuple[Longs, Longs, int]:
    """The prices of shortlists: of posts, of candidates, and of a look that somebody goes without."""
    said = named(told.said["prices"], ("candidates", "posts", "nobody"), "prices")
    return (
        told.column("prices.posts", told.posts, said["posts"], is_signed=True),
        told.column("prices.candidates", told.people, said["candidates"], is_signed=True),
        whole(said["nobody"], "prices.nobody", -_LONG, _LONG),
    )


def levels(told: Claimed) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The levels of shortlists: of candidates and of posts."""
    said = named(told.said["levels"], ("candidates", "posts"), "levels")
    return (
        told.column("levels.candidates", told.people, said["candidates"]).astype(np.int32),
        told.column("levels.posts", told.posts, said["posts"]).astype(np.int32),
    )
