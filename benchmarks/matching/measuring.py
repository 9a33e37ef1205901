"""One thing measured in a process of its own: warm, the middle of several runs, memory over the state before.

`python -m benchmarks.matching.measuring benchmarks.matching.pairs:engine XL` prints one line of JSON;
`measured` starts that and reads it.
"""

import importlib
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

#: Runs go on until there are this many or this many seconds are spent.
_RUNS, _SECONDS = 5, 20.0


class Trial(NamedTuple):
    """What is measured: `run` by the clock, then `answer` of its result, equal for all who answer alike."""

    run: Callable[[], Any]
    answer: Callable[[Any], dict[str, Any]]
    #: Run once before the clock starts: on the same input where that is quick, else on a small one.
    warm: Callable[[], Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came out of a process: the middle of its runs, or why there is none."""

    seconds: float = float("nan")
    #: The highest memory during the runs, over that before them.
    megabytes: float = float("nan")
    runs: int = 0
    answer: dict[str, Any] | None = None
    trouble: str = ""


def measured(where: str, *arguments: str, limit: float = 300, path: str = "") -> Measured:
    """Measure `module:function` called with the arguments, which returns a `Trial`, in a new process.

    `path` is a folder of packages that are not of this project: a peer and what it needs.
    """
    command = [sys.executable, "-m", "benchmarks.matching.measuring", where, *arguments]
    folders = [str(Path("src").resolve()), *([path] if path else [])]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=limit, check=False, env=surroundings
        )
    except subprocess.TimeoutExpired:
        return Measured(trouble=f"not done after {limit:.0f} s")
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no word"]
        missing = "ModuleNotFoundError" in said[-1] or "ImportError" in said[-1]
        return Measured(trouble=f"left out: {said[-1]}" if missing else f"failed: {said[-1]}")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def machine() -> str:
    """The machine and the versions, in one line for the head of a table."""
    import numpy as np

    processors = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    load = Path("/proc/loadavg").read_text(encoding="ascii").split()[0]
    return (
        f"{os.cpu_count()} × {processors[0] if processors else platform.machine()}, load {load}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}"
    )


def middle(run: Callable[[], Any]) -> tuple[float, int, Any]:
    """The middle of several runs in seconds, how many there were, and what the last gave."""
    took: list[float] = []
    while len(took) < _RUNS and sum(took) < _SECONDS:
        result = None  # what the last run holds is let go before the next
        begun = time.perf_counter()
        result = run()
        took.append(time.perf_counter() - begun)
    return statistics.median(took), len(took), result


def memory(name: str) -> float:
    """`VmRSS` (memory held now) or `VmHWM` (the most since it was last reset) of this process, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1000
    raise LookupError(name)


def reset_peak() -> None:
    """Let `VmHWM` begin anew from what is held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def main() -> None:
    """Measure what the arguments name and print it as JSON."""
    from tragitto_matching.kernels.building import build

    build()
    where, *arguments = sys.argv[1:]
    module, function = where.split(":")
    trial: Trial = getattr(importlib.import_module(module), function)(*arguments)
    if trial.warm:
        trial.warm()
    before = memory("VmRSS")
    reset_peak()
    seconds, runs, result = middle(trial.run)
    megabytes = memory("VmHWM") - before
    print(
        json.dumps({"seconds": seconds, "megabytes": megabytes, "runs": runs, "answer": trial.answer(result)})
    )


if __name__ == "__main__":
    main()
