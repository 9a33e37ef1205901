"""One thing measured in a process of its own: warm, the middle of several runs, memory over the state before.

`python -m benchmarks.matching.measuring benchmarks.matching.pairs:engine XL` prints one line of JSON;
`measured` starts that and reads it.
"""

import ctypes
import gc
import importlib
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

#: Runs go on until this many seconds are spent, or there are as many as the trial asks for.
_SECONDS = 20.0
_OWN_FOLDER = "TRAGITTO_TRIAL_FOLDER"


class Trial(NamedTuple):
    """What is measured: `run` by the clock, then `answer` of its result, equal for all who answer alike."""

    run: Callable[[], Any]
    answer: Callable[[Any], dict[str, Any]]
    #: Run once before the clock starts: on the same input where that is quick, else on a small one.
    warm: Callable[[], Any] | None = None
    runs: int = 5


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
    with tempfile.TemporaryDirectory(prefix="tragitto-trial-", ignore_cleanup_errors=True) as own:
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(folders), _OWN_FOLDER: own}
        done = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings,
            start_new_session=True,
        )  # fmt: skip
        try:
            said, complained = done.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            # With whatever it started itself.
            os.killpg(done.pid, signal.SIGKILL)
            done.communicate()
            return Measured(trouble=f"not done after {limit:.0f} s")
    if done.returncode:
        last = (complained.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        missing = "ModuleNotFoundError" in last or "ImportError" in last
        return Measured(trouble=f"left out: {last}" if missing else f"failed: {last}")
    try:
        return Measured(**json.loads(said.splitlines()[-1]))
    except (ValueError, IndexError, TypeError):
        return Measured(trouble="failed: it said nothing that can be read")


def own_folder() -> Path:
    """A folder of this trial alone, which is removed when it is over, however it ends."""
    return Path(os.environ[_OWN_FOLDER])


def machine() -> str:
    """The machine and the versions, in one line for the head of a table."""
    import numpy as np

    processors = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    names = ("duckdb", "scipy", "ortools", "ibis-framework", "pyarrow")
    there = [f"{name} {version(name)}" for name in names if _is_there(name)]
    return (
        f"{os.cpu_count()} × {processors[0] if processors else platform.machine()}, load {load()}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, {', '.join(there)}"
    )


def load() -> str:
    """How many processes want to run, over the last minute."""
    return Path("/proc/loadavg").read_text(encoding="ascii").split()[0]


def _is_there(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def middle(run: Callable[[], Any], runs: int = 5) -> tuple[float, int, Any]:
    """The middle of several runs in seconds, how many there were, and what the last gave."""
    took: list[float] = []
    while len(took) < runs and sum(took) < _SECONDS:
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


def give_back() -> None:
    """Let the system have what is free already, so that nobody runs in it uncounted."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


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
    give_back()
    before = memory("VmRSS")
    reset_peak()
    seconds, runs, result = middle(trial.run, trial.runs)
    megabytes = memory("VmHWM") - before
    print(
        json.dumps({"seconds": seconds, "megabytes": megabytes, "runs": runs, "answer": trial.answer(result)})
    )


if __name__ == "__main__":
    main()
