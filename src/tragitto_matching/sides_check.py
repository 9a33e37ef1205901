"""Checks an assignment with side conditions, by counting, apart from what made it."""

import numpy as np

from tragitto_matching.instance import Ints
from tragitto_matching.pairs import Pairs
from tragitto_matching.sides import Sides


def faults(pairs: Pairs, seats: Ints, sides: Sides, post_of: Ints) -> tuple[str, ...]:
    """Every condition that the assignment breaks, in words."""
    found = []
    eligible = {
        (int(who), post)
        for post in range(pairs.posts)
        for who in pairs.candidate[pairs.ptr[post] : pairs.ptr[post + 1]]
    }
    for who in np.flatnonzero(post_of >= 0).tolist():
        if (who, int(post_of[who])) not in eligible:
            found.append(f"candidate {who} is not eligible for post {post_of[who]}")
    taken = np.bincount(post_of[post_of >= 0], minlength=pairs.posts).astype(np.int32)
    found += [f"post {post} has more people than seats" for post in np.flatnonzero(taken > seats).tolist()]
    for number, cap in enumerate(sides.caps):
        size = _sizes(taken, cap.label, len(cap.most))
        found += [
            f"label {one} of cap {number} has too many" for one in np.flatnonzero(size > cap.most).tolist()
        ]
    if sides.classes is not None:
        classes = sides.classes
        size = _sizes(taken, classes.label, len(classes.most))
        found += [f"class {one} has too many" for one in np.flatnonzero(size > classes.most).tolist()]
        few = (size > 0) & (size < classes.least)
        found += [f"class {one} has too few" for one in np.flatnonzero(few).tolist()]
    return tuple(found)


def _sizes(taken: Ints, label: Ints, count: int) -> Ints:
    """How many people are in all posts of each label."""
    return np.bincount(label[label >= 0], taken[label >= 0], minlength=count).astype(np.int32)
