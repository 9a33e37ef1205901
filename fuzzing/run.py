"""Fuzzes the readers, each target in a process of its own, and prints what came of it.

python -m fuzzing.run [--seconds 600] [--targets mail p7m …] [--groups mail …] [--jobs 2]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fuzzing.targets import TARGETS, Target

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "fuzzing"
#: What was found and mended; part of the suite.
FOUND = ROOT / "tests" / "pec" / "found"
#: To load everything and to end, on a machine that has much else to do.
_GRACE = 180
_LEAST = 3
_COVERAGE = re.compile(r"cov: (\d+) .*?corp: (\d+)/")
_EXECUTIONS = re.compile(r"(?:^#|number_of_executed_units: +|\"executions\": )(\d+)", re.MULTILINE)
_SAMPLES = {"mail": "pec", "mime": "pec", "letter": "pec", "p7m": "p7m", "signed-pdf": "pdf", "paper": "pdf"}


@dataclass(frozen=True, slots=True)
class Tally:
    """What one target did in its time."""

    name: str
    seconds: float
    executions: int
    edges: str
    corpus: str
    crashes: int


def main() -> int:
    """Share the seconds among the targets, fuzz, print a table; 1 when something was found."""
    asked = _arguments().parse_args()
    chosen = [
        target
        for target in TARGETS.values()
        if target.name in asked.targets or target.group in asked.groups or not (asked.targets or asked.groups)
    ]
    for target in chosen:
        _sown(target)
    each = max(_LEAST, asked.seconds * asked.jobs // len(chosen))
    print(_ROW.format("target", "seconds", "executions", "a second", "edges", "corpus", "crashes"))
    with ThreadPoolExecutor(asked.jobs) as pool:
        tallies = list(pool.map(lambda target: _fuzzed(target, each, blind=asked.blind), chosen))
    total = sum(tally.executions for tally in tallies)
    crashes = sum(tally.crashes for tally in tallies)
    print(f"{total} executions, {crashes} crashes; what crashed lies in {FOLDER / 'crashes'}")
    return 1 if crashes else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzzing.run", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    parser.add_argument("--targets", nargs="*", default=[], choices=[*TARGETS])
    parser.add_argument("--groups", nargs="*", default=[], choices=["mail", "signatures", "pdf"])
    parser.add_argument("--jobs", type=int, default=2, help="so many at once")
    parser.add_argument("--blind", action="store_true", help="without coverage, as where atheris is missing")
    return parser


_ROW = "{:<14}{:>9}{:>12}{:>10}{:>9}{:>9}{:>9}"


def _sown(target: Target) -> None:
    """Put the seeds, what was found before, and the samples at hand into the working corpus."""
    from fuzzing.seeds import seeds_of

    corpus = FOLDER / "corpus" / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    found = [path.read_bytes() for path in sorted((FOUND / target.name).glob("*"))]
    samples = os.environ.get("TRAGITTO_SAMPLES")
    if samples and target.name in _SAMPLES:
        found += [path.read_bytes() for path in sorted((Path(samples) / _SAMPLES[target.name]).iterdir())]
    for raw in (*seeds_of(target.name), *found):
        if len(raw) <= target.most_bytes:
            (corpus / hashlib.sha1(raw, usedforsecurity=False).hexdigest()).write_bytes(raw)


def _fuzzed(target: Target, seconds: int, *, blind: bool) -> Tally:
    """Fuzz until the time is over, beginning anew whenever a native crash or a hang ends the process."""
    crashes = FOLDER / "crashes" / target.name
    before = _counted(crashes)
    begin, executions, edges, corpus = time.monotonic(), 0, "-", "-"
    while (left := seconds - int(time.monotonic() - begin)) >= _LEAST:
        log = _worked(target, left, blind=blind)
        executions += max(map(int, _EXECUTIONS.findall(log)), default=0)
        if seen := _COVERAGE.findall(log):
            edges, corpus = seen[-1]
    spent = time.monotonic() - begin
    tally = Tally(target.name, spent, executions, edges, corpus, _counted(crashes) - before)
    speed = f"{executions / spent:.0f}"
    row = _ROW.format(tally.name, f"{spent:.0f}", executions, speed, edges, corpus, tally.crashes)
    print(row, flush=True)
    return tally


def _worked(target: Target, seconds: int, *, blind: bool) -> str:
    """One process's work; what it said."""
    command = [sys.executable, "-m", "fuzzing.worker", target.name, str(FOLDER), "--group", target.group]
    command += ["--seconds", str(seconds), *(["--blind"] if blind else [])]
    log = FOLDER / f"{target.name}.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=ROOT, stdout=stream, stderr=stream)  # noqa: S603  our own
        try:
            process.wait(seconds + _GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return log.read_text(errors="replace")


def _counted(crashes: Path) -> int:
    """How many findings a folder holds."""
    return len([path for path in crashes.glob("*") if path.suffix != ".txt"])


if __name__ == "__main__":
    raise SystemExit(main())
