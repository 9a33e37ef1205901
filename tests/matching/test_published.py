"""The examples that the packages `matching` and `algmatch` publish, with the answers they publish.

Instances and answers alone, from the README, tutorials and tests of matching 1.4.3 and the example notebook
of algmatch 1.5.2, both under the MIT licence.
"""

from typing import NamedTuple

import numpy as np
import pytest

from tragitto_matching.kernels import numpy_only
from tragitto_matching.ranking import from_lists
from tragitto_matching.stable import match
from tragitto_matching.stable_check import blocking_pairs


class Published(NamedTuple):
    """Lists by name, best first; seats of all posts or of each; who has whom when each side proposes."""

    people: dict[str, str]
    posts: dict[str, str]
    seats: int | dict[str, int]
    best_for_people: dict[str, str] | None = None
    best_for_posts: dict[str, str] | None = None


EXAMPLES = {
    "matching: README, stable marriage": Published(
        {"A": "D E F", "B": "D F E", "C": "F D E"},
        {"D": "B C A", "E": "A C B", "F": "C B A"},
        1,
        {"A": "E", "B": "D", "C": "F"},
    ),
    "matching: tutorial, Pride and Prejudice": Published(
        {
            "Bingley": "Jane Elizabeth Lydia Charlotte",
            "Collins": "Elizabeth Jane Lydia Charlotte",
            "Darcy": "Elizabeth Jane Charlotte Lydia",
            "Wickham": "Lydia Jane Elizabeth Charlotte",
        },
        {
            "Charlotte": "Collins Darcy Bingley Wickham",
            "Elizabeth": "Wickham Darcy Bingley Collins",
            "Jane": "Bingley Wickham Darcy Collins",
            "Lydia": "Wickham Bingley Darcy Collins",
        },
        1,
        {"Bingley": "Jane", "Collins": "Charlotte", "Darcy": "Elizabeth", "Wickham": "Lydia"},
    ),
    "matching: tests, Pride and Prejudice": Published(
        {
            "Bingley": "Jane Elizabeth Lydia Charlotte",
            "Collins": "Jane Elizabeth Lydia Charlotte",
            "Darcy": "Elizabeth Jane Charlotte Lydia",
            "Wickham": "Lydia Jane Elizabeth Charlotte",
        },
        {
            "Charlotte": "Bingley Darcy Collins Wickham",
            "Elizabeth": "Wickham Darcy Bingley Collins",
            "Jane": "Bingley Wickham Darcy Collins",
            "Lydia": "Bingley Wickham Darcy Collins",
        },
        1,
        {"Bingley": "Jane", "Collins": "Charlotte", "Darcy": "Elizabeth", "Wickham": "Lydia"},
    ),
    "matching: README, hospitals and residents": Published(
        {"A": "C", "S": "C M", "D": "C M G", "J": "C G M", "L": "M C G"},
        {"M": "D L S J", "C": "D A S L J", "G": "D J L"},
        2,
        {"A": "C", "S": "M", "D": "C", "J": "G", "L": "M"},
        # The documentation says of this example that one match is best for both sides.
        {"A": "C", "S": "M", "D": "C", "J": "G", "L": "M"},
    ),
    "matching: issue 67": Published(
        {"one": "property privacy", "two": "privacy fairness", "three": "privacy social"},
        {"fairness": "two", "property": "one", "privacy": "three two one", "social": "three"},
        2,
        {"one": "property", "two": "privacy", "three": "privacy"},
    ),
    "matching: tests, a resident without a hospital": Published(
        {"A": "X", "B": "X Y"}, {"X": "B A", "Y": "B"}, 1, {"A": "", "B": "X"}
    ),
    "algmatch: hospitals and residents": Published(
        {"r1": "h1 h2", "r2": "h2 h1", "r3": "h1"},
        {"h1": "r3 r2 r1", "h2": "r1 r2"},
        {"h1": 2, "h2": 1},
        {"r1": "h1", "r2": "h2", "r3": "h1"},
        {"r1": "h2", "r2": "h1", "r3": "h1"},
    ),
    "algmatch: stable marriage": Published(
        {"m1": "w2 w4 w1 w3", "m2": "w3 w1 w4 w2", "m3": "w2 w3 w1 w4", "m4": "w4 w1 w3 w2"},
        {"w1": "m2 m1 m4 m3", "w2": "m4 m3 m1 m2", "w3": "m1 m4 m3 m2", "w4": "m2 m1 m4 m3"},
        1,
        {"m1": "w4", "m2": "w3", "m3": "w2", "m4": "w1"},
        {"m1": "w4", "m2": "w1", "m3": "w2", "m4": "w3"},
    ),
}
CASES = [
    pytest.param(example, side, answer, id=f"{name}, {side} propose")
    for name, example in EXAMPLES.items()
    for side, answer in (("candidates", example.best_for_people), ("posts", example.best_for_posts))
    if answer is not None
]


@pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "numpy"])
@pytest.mark.parametrize(("example", "side", "answer"), CASES)
def test_the_published_answer(example, side, answer, compiled):
    people, posts = list(example.people), list(example.posts)
    lists = from_lists(
        [[posts.index(name) for name in listed.split()] for listed in example.people.values()],
        [[people.index(name) for name in listed.split()] for listed in example.posts.values()],
    )
    each = example.seats if isinstance(example.seats, dict) else dict.fromkeys(posts, example.seats)
    seats = np.array([each[name] for name in posts], np.int32)

    if compiled:
        made = match(lists, seats, proposing=side)
    else:
        with numpy_only():
            made = match(lists, seats, proposing=side)

    named = {name: posts[post] if post >= 0 else "" for name, post in zip(people, made.post_of, strict=True)}
    assert named == answer
    assert blocking_pairs(lists, seats, made.post_of) == []
