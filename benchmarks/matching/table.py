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
    #: This tool's memory over the engine's at least; None = not aimed at.
    leaner: float | None = None
    #: Seconds after which it is given up.
    limit: float = 300
    arguments: tuple[str, ...] = ()
    #: Folders of packages that it needs.
    peers: tuple[str, ...] = ()
    #: The engine's memory over this tool's at most.
    memory: float | None = None
    #: What it should take itself at most, where it is our own code on another engine.
    seconds: float | None = None
    #: Whether it must answer as the engine does.
    same: bool = True


def compare(size: str, ours: str, rivals: list[Rival], *, path: str = "") -> None:
    """Measure the engine and its rivals one after the other and print a row for each."""
    own = measured(ours, size)
    row(size, "tragitto_matching", own, "", f"{said(own)}")
    for rival in rivals:
        theirs = measured(rival.trial, size, path=path, limit=rival.limit)
        if theirs.trouble:
            row(size, rival.name, theirs, "", theirs.trouble)
            continue
        same = "same answer" if theirs.answer == own.answer else f"ANOTHER ANSWER: {said(theirs)}"
        if rival.leaner is not None:
            times = theirs.megabytes / own.megabytes
            same += f", memory {times:.0f} times {'≥' if times >= rival.leaner else '<'} {rival.leaner:g}"
        row(size, rival.name, theirs, aimed(own.seconds / theirs.seconds, rival.aim), same)


def aimed(ratio: float, aim: float | None) -> str:
    """A ratio beside its aim: `0.21 ≤ 0.25` or `0.31 > 0.25`."""
    if aim is None:
        return f"{ratio:.3g}"
    return f"{ratio:.3g} {'≤' if ratio <= aim else '>'} {aim:g}"


def head(title: str) -> None:
    """The title, the machine, and the names of the columns."""
    print(f"\n{title}\n{machine()}", flush=True)
    print(f"{'size':4}  {'tool':32} {'seconds':>10} {'MB':>8} {'runs':>4}  ratio, aim; answer", flush=True)


def row(size: str, name: str, found: Measured, ratio: str, words: str) -> None:
    """One line of the table."""
    measured = f"{found.seconds:10.4f} {found.megabytes:8.0f} {found.runs:4}"
    print(f"{size:4}  {name:32} {measured}  {'; '.join(filter(None, (ratio, words)))}", flush=True)


def verdict(value: float, limit: float) -> str:
    """A figure beside its aim: `0.21 ≤ 0.25 met`."""
    if value != value:
        return f"aim ≤ {limit:g} not known"
    return f"{value:.3g} ≤ {limit:g} met" if value <= limit else f"{value:.3g} > {limit:g} MISSED"


def said(found: Measured) -> str:
    """What came out, in words."""
    answer = {key: value for key, value in (found.answer or {}).items() if key != "times"}
    return found.trouble or ", ".join(f"{key} {value}" for key, value in answer.items())
