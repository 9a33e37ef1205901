"""The whole chain at the size of the real scheme: warm, as a page waits for it, and from a cold process.

Pairs, the reasons of one, even shortlists, the assignment with its certificate, rankings, the stable match
with its check, the timetable of the lists with its check. `python -m benchmarks.matching.chain [S M …]`.
"""

import argparse
import subprocess
import sys
import time
from typing import Any

import numpy as np
from benchmarks.matching.made_up import SIZES, of_size
from benchmarks.matching.measuring import Measured, Trial, measured, middle
from benchmarks.matching.table import aimed, head, row

from tragitto_matching.instance import Instance

#: Seconds: warm, and from a cold process with Python and NumPy starting.
_WARM, _COLD = 0.05, 0.5


def warm(size: str, path: str = "") -> Trial:
    """The chain over an instance that is there; with `numpy`, without compiled kernels."""
    from tragitto_matching.kernels import numpy_only

    made = of_size(size)

    def run() -> dict[str, Any]:
        if path != "numpy":
            return chain(made)
        with numpy_only():
            return chain(made)

    return Trial(run, lambda answer: answer, run)


def chain(made: Instance) -> dict[str, Any]:
    """Every step once, with its check; what the steps found."""
    from tragitto_matching import (
        assignment,
        certificate,
        explaining,
        ranking,
        shortlists,
        stable,
        stable_check,
    )
    from tragitto_matching.pairs import pairs_and_top

    seats = made.seats_left()
    pairs, best = pairs_and_top(made, 20)
    explaining.contributions(made, int(pairs.candidate[0]), int(np.flatnonzero(np.diff(pairs.ptr))[0]))
    short = shortlists.shortlist(pairs, shortlists.list_lengths(seats))
    assigned = assignment.assign(pairs, seats)
    proof = certificate.check(pairs, seats, assigned)
    rankings = ranking.by_score(pairs, instance=made)
    match = stable.match(rankings, seats)
    unhappy = len(stable_check.blocking_pairs(match.rankings, seats, match.post_of))
    return {
        "pairs": len(pairs.candidate),
        "best": int(best.sum()),
        "fewest looks": int(short.looks.min()),
        "value": int(proof.value),
        "gap": float(proof.gap),
        "placed": int((match.post_of >= 0).sum()),
        "blocking": unhappy,
        **_timetable(made, short.candidate),
    }


def _timetable(made: Instance, lists: np.ndarray) -> dict[str, Any]:
    """The meetings of the shortlists: one table an employer, as few slots as there can be."""
    from tragitto_matching import timetable, timetable_check

    post, place = np.nonzero(lists >= 0)
    both = np.stack([lists[post, place], made.posts.employer[post]], axis=1)
    meetings = np.unique(both, axis=0).astype(np.int32)
    slots = timetable.fewest_slots(meetings)
    day = timetable.arrange(meetings, slots)
    clashes = timetable_check.clashes(meetings, day.slot_of, slots)
    return {"meetings": len(meetings), "slots": slots, "waiting": day.waiting, "clashes": len(clashes)}


def cold(size: str) -> Measured:
    """A new Python that reads the instance from a file and goes through the chain: the whole process."""
    command = [sys.executable, "-c", f"from benchmarks.matching.chain import once; once({size!r})"]

    def run() -> None:
        subprocess.run(command, check=True)

    once(size)
    begun = time.perf_counter()
    run()
    first = time.perf_counter() - begun
    seconds, runs, _ = middle(run)
    return Measured(seconds=seconds, runs=runs, answer={"first": round(first, 3)})


def once(size: str) -> None:
    """Read what was kept and go through the chain: what a cold process does."""
    import os
    import tempfile
    from pathlib import Path

    from tragitto_matching import files

    kept = Path(tempfile.gettempdir()) / f"tragitto-instance-{os.getuid()}-{size}.json"
    if not kept.exists():
        kept.write_bytes(files.write(of_size(size)))
    chain(files.read(kept))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.chain", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S"], choices=SIZES, metavar="S M L XL")
    parser.add_argument("--peers", default="", help="not used: nobody else has the whole chain")
    head("The whole chain: pairs, shortlists, assignment, stable match, timetable, each with its check")
    for size in parser.parse_args().sizes:
        own = measured("benchmarks.matching.chain:warm", size)
        small = size == "S"
        row(size, "warm", own, _within(own, _WARM) if small else "", str(own.answer or own.trouble))
        if own.trouble:
            continue
        plain = measured("benchmarks.matching.chain:warm", size, "numpy")
        same = "same answer" if plain.answer == own.answer else f"{plain.answer or plain.trouble}"
        row(size, "warm, without kernels", plain, "", same)
        if small:
            whole = cold(size)
            row(size, "cold process, with its file", whole, _within(whole, _COLD), str(whole.answer))


def _within(found: Measured, aim: float) -> str:
    return f"{aimed(found.seconds, aim)} s"


if __name__ == "__main__":
    main()
