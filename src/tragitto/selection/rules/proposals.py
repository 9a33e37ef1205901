"""What a run of shortlists proposes, read from its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Proposal:
    """A person for a post, in the order of the list, with the score and what it is made of."""

    post: str
    candidate: str
    place: int
    score: int
    contributions: tuple[tuple[str, int, int, int], ...]


def proposals(result: Mapping[str, Any], *, waiting: bool = False) -> list[Proposal]:
    """The people on the lists of all posts, in order; with `waiting`, those who come next instead."""
    return [
        Proposal(
            post=post["post"],
            candidate=each["candidate"],
            place=place,
            score=each["score"],
            contributions=tuple(tuple(line) for line in each["contributions"]),
        )
        for post in result["posts"]
        for place, each in enumerate(post["waiting" if waiting else "candidates"], start=1)
    ]
