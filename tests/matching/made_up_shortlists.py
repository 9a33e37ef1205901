"""Small made-up posts and people for shortlists, and many of them side by side."""

from typing import Any

import numpy as np

from tragitto_matching.pairs import Pairs


def ints(*numbers: int) -> Any:
    return np.array(numbers, np.int32)


def pairs_of(*rows: dict[int, int], count: int) -> Pairs:
    """Pairs from a row of {candidate: score} for each post."""
    return Pairs(
        ptr=np.cumsum([0, *map(len, rows)]).astype(np.int64),
        candidate=ints(*(candidate for row in rows for candidate in row)),
        score=ints(*(score for row in rows for score in row.values())),
        count=count,
    )


def made_up(chance: np.random.Generator, number: int) -> tuple[Pairs, dict[str, Any]]:
    posts, count = (int(one) for one in chance.integers(1, 7, 2))
    odds = chance.random()
    rows: list[dict[int, int]] = [{} for _ in range(posts)]
    for post, who in np.argwhere(chance.random((posts, count)) < odds).tolist():
        rows[post][who] = int(chance.integers(1, 9))
    rules: dict[str, Any] = {"per_post": chance.integers(0, 4, posts).astype(np.int32)}
    if number % 2:
        rules["looks_before"] = chance.integers(0, 3, count).astype(np.int32)
    if number % 3 == 0:
        rules["most_looks"] = int(chance.integers(1, 4))
    if number % 5 == 0:
        rules["reserved"] = chance.random(count) < 0.2
    if number % 7 == 0:
        rules["order"] = chance.permutation(posts).astype(np.int32)
    return pairs_of(*rows, count=count), rules


def side_by_side(chance: np.random.Generator, number: int, how_many: int) -> tuple[Pairs, dict[str, Any]]:
    """Many small ones as one: their posts and people have nothing to do with each other."""
    parts = [made_up(chance, number) for _ in range(how_many)]
    people = np.cumsum([0, *(pairs.count for pairs, _ in parts)])
    posts = np.cumsum([0, *(pairs.posts for pairs, _ in parts)])
    columns = zip(parts, people, strict=False)
    lengths = np.concatenate([np.diff(pairs.ptr) for pairs, _ in parts])
    whole = Pairs(
        ptr=np.cumsum([0, *lengths]).astype(np.int64),
        candidate=np.concatenate([pairs.candidate + first for (pairs, _), first in columns]).astype(np.int32),
        score=np.concatenate([pairs.score for pairs, _ in parts]),
        count=int(people[-1]),
    )
    rules: dict[str, Any] = {
        name: np.concatenate([part[name] for _, part in parts])
        for name in ("per_post", "looks_before", "reserved")
        if name in parts[0][1]
    }
    if "order" in parts[0][1]:
        turns = zip(parts, posts, strict=False)
        rules["order"] = np.concatenate([part["order"] + first for (_, part), first in turns])
    if "most_looks" in parts[0][1]:
        rules["most_looks"] = parts[0][1]["most_looks"]
    return whole, rules
