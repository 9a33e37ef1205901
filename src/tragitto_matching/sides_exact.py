"""The assignment with side conditions as a mixed-integer programme, by HiGHS as SciPy ships it."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.pairs import Pairs
from tragitto_matching.sides_problem import Sides

#: Branches after which HiGHS ends with what it has: a count and no time, so that it ends alike everywhere.
_MOST_NODES = 1_000


@dataclass(frozen=True, kw_only=True)
class Found:
    """An assignment, its score, and what no assignment of the pairs kept can exceed."""

    post_of: Ints
    value: int
    bound: int


def solve(pairs: Pairs, seats: Ints, sides: Sides, kept: Longs) -> Found | None:
    """The best assignment of the pairs kept that HiGHS finds, or None if it finds none."""
    if not len(kept):
        return Found(post_of=np.full(pairs.count, -1, np.int32), value=0, bound=0)
    post = np.repeat(np.arange(pairs.posts, dtype=np.int32), np.diff(pairs.ptr))[kept]
    candidate, score = pairs.candidate[kept], pairs.score[kept]
    classes = 0 if sides.classes is None else len(sides.classes.most)
    rows: list[tuple[Ints, Ints]] = [(candidate, np.ones(pairs.count, np.int32)), (post, seats)]
    rows += [(cap.label[post], cap.most) for cap in sides.caps]
    matrix = [_sums(label, len(most), classes) for label, most in rows]
    upper = [np.asarray(most, float) for _, most in rows]
    if sides.classes is not None:
        label = sides.classes.label[post]
        matrix += [_sizes(label, sides.classes.most), -1 * _sizes(label, sides.classes.least)]
        upper += [np.zeros(classes), np.zeros(classes)]
    columns, conditions = len(kept) + classes, vstack(matrix, format="csr")
    most = np.concatenate(upper)
    done = milp(
        np.concatenate([-score.astype(float), np.zeros(classes)]),
        integrality=np.ones(columns, np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(conditions, ub=most),
        options={"node_limit": _MOST_NODES, "mip_rel_gap": 0.0},
    )
    # What it found is a proposal: rounded, it has to keep every condition in whole numbers.
    if done.x is None or (conditions @ np.rint(done.x) > most).any():
        return None
    made = np.rint(done.x[: len(kept)]) > 0
    post_of = np.full(pairs.count, -1, np.int32)
    post_of[candidate[made]] = post[made]
    # Scores are whole, so that the bound is, too; HiGHS reckons in floating point.
    bound = int(np.floor(-done.mip_dual_bound + 1e-5))
    return Found(post_of=post_of, value=int(score[made].sum()), bound=bound)


def _sums(label: Ints, count: int, classes: int) -> csr_array:
    """One row for each label, with the pairs that count in it."""
    counted = np.flatnonzero(label >= 0)
    shape = (count, len(label) + classes)
    return coo_array((np.ones(len(counted)), (label[counted], counted)), shape=shape).tocsr()


def _sizes(label: Ints, limit: Ints) -> csr_array:
    """One row for each class: its people less `limit`, if it takes place."""
    people = _sums(label, len(limit), len(limit)).tocoo()
    numbers = np.arange(len(limit))
    data = np.concatenate([people.data, -limit.astype(float)])
    row = np.concatenate([people.coords[0], numbers])
    column = np.concatenate([people.coords[1], len(label) + numbers])
    return coo_array((data, (row, column)), shape=people.shape).tocsr()
