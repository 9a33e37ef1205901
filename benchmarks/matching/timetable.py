"""The timetable of a fair with eight slots, and of one with barred slots: the engine and rustworkx.

`python -m benchmarks.matching.timetable XL --peers FOLDER`. Each post meets the best of its pairs, at
tables of eight meetings; nobody has more than eight. With barred slots (15 % of the candidates', 5 % of the
tables', ten slots) the share of what a maximum flow allows at most is shown, worked out by OR-Tools.
"""

import argparse
from typing import Any, NamedTuple

import numpy as np
from benchmarks.matching.made_up import SIZES, of_size, scored
from benchmarks.matching.measuring import Trial, measured
from benchmarks.matching.table import Rival, compare, head, row

from tragitto_matching.instance import Ints

SLOTS, BARRED_SLOTS = 8, 10
_PER_SEAT = 12


class Fair(NamedTuple):
    """Who meets at which table."""

    meetings: Ints
    candidates: int
    tables: int


def fair(size: str) -> Fair:
    """Meetings of the best pairs, at most eight for anybody."""
    pairs, made = scored(size), of_size(size)
    post = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr))
    best = np.lexsort((pairs.candidate, -pairs.score, post))
    best = best[_place(post[best]) < _PER_SEAT * made.posts.seats[post[best]]]
    by_person = best[np.argsort(pairs.candidate[best], kind="stable")]
    kept = by_person[_place(pairs.candidate[by_person]) < SLOTS]
    post, candidate = post[kept], pairs.candidate[kept]
    order = np.lexsort((candidate, post))
    post, candidate = post[order], candidate[order]
    tables = -(-np.bincount(post, minlength=pairs.posts) // SLOTS)
    table = np.cumsum(tables)[post] - tables[post] + _place(post) // SLOTS
    meetings = np.column_stack([candidate, table]).astype(np.int32)
    return Fair(meetings=meetings, candidates=pairs.count, tables=int(tables.sum()))


def _place(group: Any) -> Any:
    """The place of each row within its group; groups stand together."""
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    return np.arange(len(group)) - np.repeat(begins, np.diff(np.append(begins, len(group))))


def barred(given: Fair) -> dict[str, Any]:
    """Slots that people and tables cannot use."""
    chance = np.random.default_rng(15)
    return {
        "barred_candidates": chance.random((given.candidates, BARRED_SLOTS)) < 0.15,
        "barred_panels": chance.random((given.tables, BARRED_SLOTS)) < 0.05,
    }


def engine(size: str) -> Trial:
    """The engine of this project."""
    from tragitto_matching import timetable

    given, small = fair(size), fair("S")
    return Trial(
        lambda: timetable.arrange(given.meetings, SLOTS),
        lambda made: answer(given, made.slot_of),
        lambda: timetable.arrange(small.meetings, SLOTS),
    )


def rustworkx(size: str) -> Trial:
    """The edge colouring of bipartite graphs of rustworkx, its graph made before the clock starts."""
    import rustworkx as library

    def graph(given: Fair) -> Any:
        made = library.PyGraph(multigraph=False)
        made.add_nodes_from([None] * (given.candidates + given.tables))
        ends = given.meetings + np.array([0, given.candidates])
        made.add_edges_from_no_data(list(map(tuple, ends.tolist())))
        return made

    given = fair(size)
    made, small = graph(given), graph(fair("S"))

    def read(colours: Any) -> dict[str, Any]:
        return answer(given, np.array([colours[meeting] for meeting in range(len(given.meetings))], np.int32))

    return Trial(
        lambda: library.graph_bipartite_edge_color(made),
        read,
        lambda: library.graph_bipartite_edge_color(small),
    )


def engine_barred(size: str, how: str = "") -> Trial:
    """The engine with barred slots; with `bound`, beside the most that a maximum flow allows."""
    from tragitto_matching import timetable, timetable_check

    given = fair(size)
    rules = barred(given)

    def read(made: Any) -> dict[str, Any]:
        clashes = timetable_check.clashes(given.meetings, made.slot_of, BARRED_SLOTS, **rules)
        placed = len(given.meetings) - made.waiting
        found = {"placed": placed, "of": len(given.meetings), "clashes": len(clashes)}
        if how == "bound":
            most = most_by_flow(given, rules)
            found |= {"bound": most, "share": round(placed / most, 6)}
        return found

    return Trial(lambda: timetable.arrange(given.meetings, BARRED_SLOTS, **rules), read)


def most_by_flow(given: Fair, rules: dict[str, Any]) -> int:
    """What `timetable_check.bound` says, sooner at four million meetings: the maximum flow of OR-Tools."""
    from ortools.graph.python import max_flow

    people, tables = ~rules["barred_candidates"], ~rules["barred_panels"]
    candidate, table = given.meetings.T
    possible = np.zeros(len(candidate), np.bool_)
    for slot in range(BARRED_SLOTS):
        possible |= people[candidate, slot] & tables[table, slot]
    source, sink = given.candidates + given.tables, given.candidates + given.tables + 1
    everyone, every_table = np.arange(given.candidates), given.candidates + np.arange(given.tables)
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.concatenate([np.full(given.candidates, source), candidate[possible], every_table]),
        np.concatenate([everyone, given.candidates + table[possible], np.full(given.tables, sink)]),
        np.concatenate([people.sum(1), np.ones(int(possible.sum()), np.int64), tables.sum(1)]),
    )
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise RuntimeError("The flow was not found.")
    return int(solver.optimal_flow())


def answer(given: Fair, slot_of: Ints) -> dict[str, Any]:
    """What must be equal: the meetings that have a slot, the slots used, and no clash."""
    from tragitto_matching import timetable_check

    used = int(slot_of.max()) + 1
    clashes = timetable_check.clashes(given.meetings, slot_of, used)
    return {"placed": int(np.count_nonzero(slot_of >= 0)), "slots": used, "clashes": len(clashes)}


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.timetable", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=list(SIZES), choices=SIZES, metavar="S M L XL")
    parser.add_argument("--peers", default="", help="a folder with a folder of packages for each peer")
    parser.add_argument("--bound", action="store_true", help="work out the bound of the flow too")
    asked = parser.parse_args()
    here = "benchmarks.matching.timetable"
    head("Timetable: eight slots, the fewest that there can be")
    for size in asked.sizes:
        rivals = [Rival(name="rustworkx bipartite", trial=f"{here}:rustworkx", aim=0.03)]
        compare(size, f"{here}:engine", rivals, path=f"{asked.peers}/rustworkx")
    head("Timetable: ten slots, 15 % and 5 % of them barred")
    for size in asked.sizes:
        found = measured(f"{here}:engine_barred", size, *(["bound"] if asked.bound else []), limit=900)
        words = found.trouble or ", ".join(f"{key} {value}" for key, value in (found.answer or {}).items())
        row(size, "tragitto_matching", found, "", words)


if __name__ == "__main__":
    main()
