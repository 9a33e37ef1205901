"""The whole chain at the size of the real scheme: warm, as a page waits for it, and from a cold process.

Pairs, the reasons of one, even shortlists, the assignment with its certificate, rankings, the stable match
with its check, the timetable of the lists with its check."""

import subprocess
import sys
from typing import Any

import numpy as np
from benchmarks.matching.made_up import of_size
from benchmarks.matching.measuring import Trial, own_folder

from tragitto_matching.instance import Instance


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


def cold(size: str) -> Trial:
    """A process that reads the instance from a file and goes through the chain: the whole process."""
    command = [sys.executable, "-c", f"from benchmarks.matching.chain import once; once({size!r})"]

    def run() -> dict[str, Any]:
        subprocess.run(command, check=True)
        return {}

    def write() -> None:
        from tragitto_matching import files

        (own_folder() / f"{size}.json").write_bytes(files.write(of_size(size)))
        run()

    return Trial(run, lambda answer: answer, write)


def once(size: str) -> None:
    """Read what was kept and go through the chain: what a cold process does."""
    from tragitto_matching import files

    chain(files.read(own_folder() / f"{size}.json"))
