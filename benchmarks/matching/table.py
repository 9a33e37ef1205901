"""A table of what was measured: the engine's rows, the peers beside them, the ratio and what was aimed at."""

from dataclasses import dataclass

from benchmarks.matching.measuring import Measured, machine, measured


@dataclass(frozen=True, kw_only=True)
class Rival:
    """A tool measured beside the engine: its name, where its trial is, and the ratio aimed at."""

    name: str
    trial: str
    #: The engine's time over this tool's at most; None = shown for comparison.
    aim: float | None = None
    #: Seconds after which it is given up.
    limit: float = 300


def compare(size: str, ours: str, rivals: list[Rival], *, path: str = "") -> None:
    """Measure the engine and its rivals one after the other and print a row for each."""
    own = measured(ours, size)
    row(size, "tragitto_matching", own, "", f"{_digest(own)}")
    for rival in rivals:
        theirs = measured(rival.trial, size, path=path, limit=rival.limit)
        if theirs.trouble:
            row(size, rival.name, theirs, "", theirs.trouble)
            continue
        same = "same answer" if theirs.answer == own.answer else f"ANOTHER ANSWER: {_digest(theirs)}"
        row(size, rival.name, theirs, aimed(own.seconds / theirs.seconds, rival.aim), same)


def aimed(ratio: float, aim: float | None) -> str:
    """A ratio beside its aim: `0.21 ≤ 0.25` or `0.31 > 0.25`."""
    if aim is None:
        return f"{ratio:.3g}"
    return f"{ratio:.3g} {'≤' if ratio <= aim else '>'} {aim:g}"


def head(title: str) -> None:
    """The title, the machine, and the names of the columns."""
    print(f"\n{title}\n{machine()}", flush=True)
    print(f"{'size':4}  {'tool':28} {'seconds':>10} {'MB':>8}  {'ratio, aim':16}  answer", flush=True)


def row(size: str, name: str, found: Measured, ratio: str, words: str) -> None:
    """One line of the table."""
    print(
        f"{size:4}  {name:28} {found.seconds:10.4f} {found.megabytes:8.0f}  {ratio:16}  {words}", flush=True
    )


def _digest(found: Measured) -> str:
    return found.trouble or ", ".join(f"{key} {value}" for key, value in (found.answer or {}).items())
