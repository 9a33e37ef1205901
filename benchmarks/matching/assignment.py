"""The assignment of the greatest score, plain and with course seats, beside exact solvers.

`python -m benchmarks.matching.assignment L --peers FOLDER`. A course is for a profile in a region and has
seats for 80 % of those of its posts: for the solvers of flows one layer more. Memory is the highest over the
state with the instance in memory: for the engine the pairs by post, 8 bytes each, which it turns round by the
clock where they lie and puts back; for the others their arcs, 24 bytes each.
"""

import argparse
from typing import Any, NamedTuple

import numpy as np
from benchmarks.matching.made_up import SIZES, of_size, scored
from benchmarks.matching.measuring import Trial
from benchmarks.matching.table import Rival, compare, head

from tragitto_matching.instance import Ints
from tragitto_matching.pairs import Pairs


class Given(NamedTuple):
    """What is assigned; without courses each post is a course of its own that is never full."""

    pairs: Pairs
    seats: Ints
    course: Ints | None
    course_seats: Ints | None


def plain(size: str) -> Given:
    """Pairs and seats alone."""
    return Given(scored(size), of_size(size).posts.seats, None, None)


def with_courses(size: str) -> Given:
    """Pairs, seats, and the seats of courses."""
    posts = of_size(size).posts
    course = np.unique(posts.profile * 20 + posts.region, return_inverse=True)[1].astype(np.int32)
    course_seats = (np.bincount(course, posts.seats) * 0.8).astype(np.int32)
    return Given(scored(size), posts.seats, course, course_seats)


def engine(size: str) -> Trial:
    """The engine of this project."""
    return _engine(plain(size))


def engine_with_courses(size: str) -> Trial:
    """The engine of this project, with course seats."""
    return _engine(with_courses(size))


def _engine(given: Given) -> Trial:
    from tragitto_matching.assignment import assign
    from tragitto_matching.certificate import check

    courses = {"group": given.course, "group_seats": given.course_seats}

    def answer(made: Any) -> dict[str, Any]:
        proof = check(given.pairs, given.seats, made, **courses)
        assert proof.proves_optimum
        return {"score": proof.value}

    small = plain("S")
    return Trial(
        lambda: assign(given.pairs, given.seats, **courses, in_place=True),
        answer,
        lambda: assign(small.pairs, small.seats, in_place=True),
    )


class Flow(NamedTuple):
    """The assignment as a flow: arcs from candidates to posts, from there to courses, and to the end."""

    tail: Ints
    head: Ints
    seats: Any
    cost: Any
    supply: Any


def flow(given: Given) -> Flow:
    """A unit from each candidate, who may also go to the end at no cost."""
    pairs, n, m = given.pairs, given.pairs.count, given.pairs.posts
    course = np.full(m, -1) if given.course is None else given.course
    course_seats = np.empty(0) if given.course_seats is None else given.course_seats
    end = n + m + len(course_seats)
    posts, courses = np.arange(n, n + m), np.arange(n + m, end)
    ends = [
        (pairs.candidate, np.repeat(posts, np.diff(pairs.ptr)), np.ones(len(pairs.score)), -pairs.score),
        (posts, np.where(course < 0, end, n + m + course), given.seats, np.zeros(m)),
        (courses, np.full(len(courses), end), course_seats, np.zeros(len(courses))),
        (np.arange(n), np.full(n, end), np.ones(n), np.zeros(n)),
    ]
    tail, tip, seats, cost = (np.concatenate(column) for column in zip(*ends, strict=True))
    supply = np.zeros(end + 1, np.int64)
    supply[:n], supply[end] = 1, -n
    whole = tail.astype(np.int32), tip.astype(np.int32), seats.astype(np.int64), cost.astype(np.int64)
    return Flow(*whole, supply)


def ortools(size: str) -> Trial:
    """OR-Tools' minimum-cost flow (cost scaling)."""
    return _ortools(flow(plain(size)))


def ortools_with_courses(size: str) -> Trial:
    """OR-Tools' minimum-cost flow, with one layer more."""
    return _ortools(flow(with_courses(size)))


def _ortools(arcs: Flow) -> Trial:
    from ortools.graph.python import min_cost_flow

    def run() -> int:
        solver = min_cost_flow.SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(arcs.tail, arcs.head, arcs.seats, arcs.cost)
        solver.set_nodes_supplies(np.arange(len(arcs.supply), dtype=np.int32), arcs.supply)
        assert solver.solve() == solver.OPTIMAL
        return -int(solver.optimal_cost())

    return Trial(run, lambda score: {"score": score})


def pylmcf(size: str) -> Trial:
    """LEMON's network simplex, as the package pylmcf has it."""
    import pylmcf as lemon

    arcs = flow(plain(size))
    order = np.lexsort((arcs.head, arcs.tail))
    tail, tip = arcs.tail[order].astype(np.int64), arcs.head[order].astype(np.int64)
    # It takes no cost below 0: everybody's one unit costs so much more on whichever arc it leaves by.
    people, top = int(arcs.supply.clip(0).sum()), -int(arcs.cost.min())
    seats, cost = arcs.seats[order], arcs.cost[order] + top * (tail < people)

    def run() -> int:
        # Anew each time: one that was solved before begins from its last answer.
        graph = lemon.Graph(len(arcs.supply), tail, tip)
        graph.set_node_supply(arcs.supply)
        graph.set_edge_capacities(seats)
        graph.set_edge_costs(cost)
        graph.solve()
        return people * top - int(graph.total_cost())

    return Trial(run, lambda score: {"score": score})


def scipy(size: str) -> Trial:
    """SciPy's sparse assignment: each seat a column, and a column of nothing for each candidate."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    pairs, seats = plain(size)[:2]
    first = np.cumsum(seats) - seats
    degree = np.diff(pairs.ptr)
    times = np.repeat(seats, degree)
    begins = np.cumsum(times) - times
    column = np.repeat(np.repeat(first, degree) - begins, times) + np.arange(times.sum())
    people = np.arange(pairs.count)
    rows = np.concatenate([np.repeat(pairs.candidate, times), people])
    columns = np.concatenate([column, seats.sum() + people])
    # Nothing explicit may weigh 0: all weigh one point more, and each candidate takes exactly one.
    weights = np.concatenate([np.repeat(pairs.score, times) + 1, np.ones(pairs.count)]).astype(float)
    table = csr_array((weights, (rows, columns)))

    def run() -> int:
        row, taken = min_weight_full_bipartite_matching(table, maximize=True)
        return int(table[row, taken].sum()) - pairs.count

    return Trial(run, lambda score: {"score": score})


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M", "L"], choices=SIZES)
    parser.add_argument("--peers", default="", help="a folder with a folder of packages for each peer")
    asked = parser.parse_args()
    here = "benchmarks.matching.assignment"
    large = {"L", "XL"}
    head("The assignment of the greatest score")
    for size in asked.sizes:
        aim, leaner = (0.15, 50) if size in large else (None, None)
        rivals = [Rival(name="OR-Tools min-cost flow", trial=f"{here}:ortools", aim=aim, leaner=leaner)]
        if size != "XL":
            rivals += [Rival(name="pylmcf (LEMON)", trial=f"{here}:pylmcf", limit=120)]
            rivals += [Rival(name="SciPy sparse assignment", trial=f"{here}:scipy", limit=120)]
        compare(size, f"{here}:engine", rivals, path=f"{asked.peers}/pylmcf")
    head("With course seats")
    for size in asked.sizes:
        layer = Rival(
            name="OR-Tools, one layer more",
            trial=f"{here}:ortools_with_courses",
            aim=0.33 if size in large else None,
        )
        compare(size, f"{here}:engine_with_courses", [layer])


if __name__ == "__main__":
    main()
