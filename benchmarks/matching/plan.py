"""What is measured in one go: the engine's trials, the tools beside them, and what was aimed at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.matching.table import Rival

#: An answer's own figure: its name, where it is in the answer, and whether it is good enough.
type Figure = tuple[str, Callable[[dict[str, Any]], float], Callable[[float], bool]]


@dataclass(frozen=True, kw_only=True)
class Ours:
    """One of the engine's trials at one size."""

    part: str
    size: str
    name: str
    trial: str
    arguments: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    #: Seconds and megabytes aimed at.
    seconds: float | None = None
    megabytes: float | None = None
    figure: Figure | None = None
    limit: float = 120


def _gap(answer: dict[str, Any]) -> float:
    return float(str(answer["gap"]).rstrip("%")) / 100


def _pairs() -> list[Ours]:
    here = "benchmarks.matching.pairs"
    rivals = (
        Rival(name="DuckDB", trial=f"{here}:duckdb", aim=0.25),
        Rival(name="Polars, streaming", trial=f"{here}:polars", aim=0.25, peers=("polars",)),
        Rival(name="NumPy", trial=f"{here}:numpy"),
    )
    return [
        Ours(
            part="pairs", size=size, name="eligible pairs, scores, 20 best", trial=f"{here}:engine",
            rivals=rivals, megabytes=500 if size == "XL" else None,
        )
        for size in ("S", "M", "L", "XL")
    ]  # fmt: skip


def _assignment() -> list[Ours]:
    here = "benchmarks.matching.assignment"
    made = []
    for size in ("S", "M", "L", "XL"):
        large = size in ("L", "XL")
        ortools = Rival(
            name="OR-Tools min-cost flow", trial=f"{here}:ortools", limit=200,
            aim=0.15 if large else None, memory=0.02 if large else None,
        )  # fmt: skip
        others = (
            Rival(name="pylmcf (LEMON)", trial=f"{here}:pylmcf", peers=("pylmcf",), limit=60),
            Rival(name="SciPy sparse assignment", trial=f"{here}:scipy", limit=100),
        )
        both = (ortools,) if size == "XL" else (ortools, *others)
        name = "assignment, optimal and proved"
        made.append(Ours(part="assignment", size=size, name=name, trial=f"{here}:engine", rivals=both))
    layer = Rival(name="OR-Tools, one layer more", trial=f"{here}:ortools_with_courses", aim=0.33)
    courses = f"{here}:engine_with_courses"
    made.append(Ours(part="assignment", size="L", name="with course seats", trial=courses, rivals=(layer,)))
    return made


def _sides() -> list[Ours]:
    here = "benchmarks.matching.sides"
    aims = {"S": (1.5, 0.0), "M": (2.0, 0.001), "L": (10.0, 0.001)}
    highs = Rival(name="HiGHS alone", trial=f"{here}:highs", limit=60, same=False)
    return [
        Ours(
            part="sides", size=size, name="crossing limits, class sizes", trial=f"{here}:engine",
            seconds=seconds, figure=("gap", _gap, lambda gap, most=share: gap <= most),  # type: ignore[misc]
            rivals=() if size == "L" else (highs,),
        )
        for size, (seconds, share) in aims.items()
    ]  # fmt: skip


def _stable() -> list[Ours]:
    here = "benchmarks.matching.stable"
    plain = Rival(name="NumPy, the engine's own", trial=f"{here}:numpy", limit=60)
    named = {"matching": 0.0001, "algmatch": None, "socialchoicekit": None}
    made = []
    for size in ("S", "M", "L", "XL"):
        packages = [
            Rival(
                name=name, trial=f"{here}:{name}", aim=aim if size == "M" else None, peers=(name,), limit=150
            )
            for name, aim in named.items()
        ]  # fmt: skip
        few = packages if size in ("S", "M") else []
        is_xl = size == "XL"
        made += [
            Ours(
                part="stable", size=size, name="ranked lists", trial=f"{here}:ranked",
                seconds=1.0 if is_xl else None,
            ),
            Ours(
                part="stable", size=size, name="stable match and its check", trial=f"{here}:engine",
                seconds=0.7 if is_xl else None, rivals=(*few, plain),
            ),
            Ours(
                part="stable", size=size, name="largest (second chance)", trial=f"{here}:engine",
                arguments=("candidates", "largest"),
            ),
        ]  # fmt: skip
    cold = Ours(part="stable", size="XL", name="ranked lists, first time", trial=f"{here}:ranked_cold")
    return [*made, cold]


def _timetable() -> list[Ours]:
    here = "benchmarks.matching.timetable"
    share: Figure = ("share of the bound", lambda answer: answer["share"], lambda share: share >= 0.999)
    made = []
    for size in ("S", "M", "L", "XL"):
        is_xl = size == "XL"
        other = Rival(
            name="rustworkx bipartite", trial=f"{here}:rustworkx", aim=0.03 if is_xl else None,
            peers=("rustworkx",), limit=150,
        )  # fmt: skip
        made.append(
            Ours(part="timetable", size=size, name="fewest slots", trial=f"{here}:engine", rivals=(other,))
        )
        made.append(
            Ours(
                part="timetable", size=size, name="barred slots", trial=f"{here}:engine_barred",
                arguments=("bound",), seconds=1.5 if is_xl else None, figure=share, limit=200,
            )
        )  # fmt: skip
    return made


def _chain() -> list[Ours]:
    here = "benchmarks.matching.chain"
    return [
        Ours(part="chain", size="S", name="whole chain, warm", trial=f"{here}:warm", seconds=0.05),
        Ours(part="chain", size="S", name="whole chain, cold process", trial=f"{here}:cold", seconds=0.5),
        Ours(part="chain", size="M", name="whole chain, warm", trial=f"{here}:warm"),
    ]


def _scale() -> list[Ours]:
    here = "benchmarks.matching.scale"
    duckdb = Rival(name="DuckDB, rounds and tail", trial=f"{here}:duckdb")
    match = Rival(name="DuckDB, match alone", trial=f"{here}:duckdb_match", seconds=3.1)
    spark = Rival(name="Spark, two threads", trial=f"{here}:spark", peers=("pyspark",), limit=100)
    spark_match = Rival(
        name="Spark, match alone", trial=f"{here}:spark_match", peers=("pyspark",), limit=180, seconds=20.2
    )
    rivals = {"S": (duckdb, spark), "L": (duckdb, spark), "XL": (duckdb, match, spark_match)}
    return [
        Ours(
            part="scale", size=size, name="pairs, best, lists, match", trial=f"{here}:engine", rivals=each
        )
        for size, each in rivals.items()
    ]  # fmt: skip


def _shortlists() -> list[Ours]:
    here = "benchmarks.matching.shortlists"
    return [
        Ours(
            part="shortlists", size=size, name="three a seat, even looks", trial=f"{here}:engine", limit=300,
            figure=("faults", lambda answer: answer["faults"], lambda faults: faults == 0),
        )
        for size in ("S", "M", "L", "XL")
    ]  # fmt: skip


#: What waits longest comes last, in case the time is up.
PARTS: dict[str, Callable[[], list[Ours]]] = {
    "pairs": _pairs,
    "stable": _stable,
    "timetable": _timetable,
    "chain": _chain,
    "sides": _sides,
    "assignment": _assignment,
    "scale": _scale,
    "shortlists": _shortlists,
}
