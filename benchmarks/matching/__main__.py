"""Every part measured beside the tools others take: `python -m benchmarks.matching --peers FOLDER`.

Each trial runs in a process of its own. One that fails, is not done in time or has no package to run with
gets a line that says so, and the rest goes on. FOLDER holds a folder of packages for each peer
(`pip install --target FOLDER/polars polars` …). A short run: `--parts pairs stable --sizes S M`.
"""

import argparse
import os
import sys
import time
from typing import Any

from benchmarks.matching.made_up import SIZES
from benchmarks.matching.measuring import Measured, load, machine, measured
from benchmarks.matching.plan import PARTS, Ours
from benchmarks.matching.table import Rival, row, said, verdict

#: Too little time left to begin anything.
_TOO_LITTLE = 3.0


class Run:
    """What is left of the time, and what came of each aim."""

    def __init__(self, peers: str, minutes: float) -> None:
        self.peers = peers
        self.end = time.monotonic() + 60 * minutes
        self.aims: list[tuple[str, bool | None]] = []

    def measured(
        self, trial: str, size: str, arguments: tuple[str, ...], limit: float, path: str = ""
    ) -> Measured:
        """A trial in a process of its own, given up when its time or all time is up."""
        left = self.end - time.monotonic()
        if left < _TOO_LITTLE:
            return Measured(trouble="not measured: the time of the whole run was up")
        return measured(trial, size, *arguments, limit=min(limit, left), path=path)

    def aim(self, what: str, value: float, limit: float) -> str:
        """`0.21 ≤ 0.25 met`, kept for the end."""
        met = value <= limit if value == value else None
        self.aims.append((f"{what}: {value:.3g}, aim ≤ {limit:g}", met))
        return verdict(value, limit)

    def compared(self, ours: Ours) -> None:
        """The engine's row, its own aims, and a row for each rival."""
        own = self.measured(ours.trial, ours.size, ours.arguments, ours.limit)
        row(ours.size, ours.name, own, " ".join(self._own_aims(ours, own)), said(own))
        for rival in ours.rivals:
            if not own.trouble:
                self._beside(ours, own, rival)
            else:
                row(ours.size, f"  {rival.name}", Measured(), "", "not measured, as the engine was not")

    def _own_aims(self, ours: Ours, own: Measured) -> list[str]:
        what, aims = f"{ours.part} {ours.size}, {ours.name}", []
        if ours.seconds is not None:
            aims.append(f"{self.aim(f'{what}, s', own.seconds, ours.seconds)} s")
        if ours.megabytes is not None:
            aims.append(f"{self.aim(f'{what}, MB', own.megabytes, ours.megabytes)} MB")
        if ours.figure is not None:
            name, value_of, is_enough = ours.figure
            value = value_of(own.answer) if own.answer else None
            met = None if value is None else is_enough(value)
            self.aims.append((f"{what}, {name}: {value}", met))
            aims.append(f"{name} {value} {_word(met)}")
        return aims

    def _beside(self, ours: Ours, own: Measured, rival: Rival) -> None:
        path = os.pathsep.join(f"{self.peers}/{name}" for name in rival.peers) if self.peers else ""
        theirs = self.measured(rival.trial, ours.size, rival.arguments, rival.limit, path)
        what = f"{ours.part} {ours.size}, {ours.name} : {rival.name}"
        if theirs.trouble:
            if rival.aim is not None:
                self.aims.append((f"{what}: {theirs.trouble}", None))
            row(ours.size, f"  {rival.name}", theirs, "", theirs.trouble)
            return
        ratio, words = own.seconds / theirs.seconds, []
        words.append(self.aim(what, ratio, rival.aim) if rival.aim is not None else f"{ratio:.3g}")
        if rival.seconds is not None:
            words.append(f"{self.aim(f'{what}, s', theirs.seconds, rival.seconds)} s")
        if rival.memory is not None:
            share = own.megabytes / theirs.megabytes
            words.append(f"{self.aim(f'{what}, memory', share, rival.memory)} of its MB")
        if rival.same:
            same = _same(own.answer or {}, theirs.answer or {})
            self.aims.append((f"{what}: {'same answer' if same else 'ANOTHER ANSWER'}", same))
            tail = "same answer" if same else f"ANOTHER ANSWER: {said(theirs)}"
        else:
            tail = said(theirs)
        row(ours.size, f"  {rival.name}", theirs, ", ".join(words), f"{tail}{_times(theirs)}")


def _same(own: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether all that a rival answers is what the engine answers."""
    found = {key: value for key, value in theirs.items() if key != "times"}
    return bool(found) and all(own.get(key) == value for key, value in found.items())


def _times(found: Measured) -> str:
    times = (found.answer or {}).get("times")
    return "; " + ", ".join(f"{step} {took}" for step, took in times.items()) if times else ""


def _word(met: bool | None) -> str:
    return "not known" if met is None else "met" if met else "MISSED"


def main() -> int:
    """Measure what was asked for; how many aims were missed or are not known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--parts", nargs="+", default=list(PARTS), choices=PARTS)
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), choices=SIZES)
    parser.add_argument("--peers", default="", help="a folder with a folder of packages for each peer")
    parser.add_argument("--minutes", type=float, default=20, help="after so many no trial is begun any more")
    asked = parser.parse_args()
    begun, run = time.monotonic(), Run(asked.peers, asked.minutes)
    print(machine(), flush=True)
    for part in asked.parts:
        print(f"\n{part}, load {load()}, after {(time.monotonic() - begun) / 60:.1f} min", flush=True)
        print(f"{'size':4}  {'tool':32} {'seconds':>10} {'MB':>8} {'runs':>4}  aims; answer", flush=True)
        for ours in PARTS[part]():
            if ours.size in asked.sizes:
                run.compared(ours)
    print(f"\nAims, after {(time.monotonic() - begun) / 60:.1f} min, load {load()}")
    for what, met in run.aims:
        print(f"{_word(met):9}  {what}", flush=True)
    missed = sum(not met for _, met in run.aims)
    print(f"{len(run.aims) - missed} of {len(run.aims)} met")
    return min(missed, 100)


if __name__ == "__main__":
    sys.exit(main())
