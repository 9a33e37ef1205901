"""Measures the registration of many people by an office: a spreadsheet read, tried row by row, entered.

    python benchmarks/roster_import.py [--rows 10000] [--people 20000]

Made-up people in an embedded database of its own that is gone afterwards; `--people` of them are on the
roster before, and every row is compared with them and with every other row. What is measured is the work of
the server from the file to the people on the roster, in this process. Then the same file once more: nothing
may change. The limit: ten thousand rows tried and entered within 30 seconds.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from made_up_people import MadeUp, people
from review_pages import open_house

if TYPE_CHECKING:
    from tragitto.candidates.models import Batch
    from tragitto.kernel.actors import Actor
    from tragitto.schemes.models import Scheme

LIMIT_SECONDS = 30
#: The people of the rows are others than those on the roster.
ON_IT, IN_THE_ROWS = 5, 6
#: After everything that these people have done.
AT = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


def row_of(person: MadeUp) -> dict[str, str]:
    """A made-up person as an office would write them into the list."""
    said = {
        "reference": f"B-{person.key:06d}",
        "surnames": person.surnames,
        "given_names": person.given_names,
        "arabic_surnames": person.arabic_surnames,
        "arabic_given_names": person.arabic_given_names,
        "birth_on": f"{person.birth_on:%d/%m/%Y}",
        "birth_place": person.birth_place,
        "phone": person.phone,
        "email": person.email,
        "language": person.language,
        "town": person.town,
        "skills": "; ".join(f"{each.skill}: {each.mastery}" for each in person.abilities),
        "languages": "; ".join(f"{tongue}: {level}" for tongue, level in person.languages),
        "housing": person.housing,
        "shifts": "; ".join(person.shifts),
    }
    for paper in person.papers[:1]:
        said |= {"document_kind": paper.kind, "document_number": paper.number}
        said |= {"document_state": paper.issuing_state, "personal_number": paper.personal_number}
        said |= {"document_expires_on": f"{paper.expires_on}"}
    for place, profile in enumerate(person.profiles[:3], start=1):
        said |= {f"profile_{place}": profile, f"profile_{place}_years": str(person.years)}
    for place, job in enumerate(person.jobs[:3], start=1):
        said |= {f"experience_{place}_role": job.role, f"experience_{place}_employer": job.employer}
        said |= {f"experience_{place}_from": f"{job.begins_on:%Y-%m}"}
        said |= {f"experience_{place}_to": f"{job.ends_on:%Y-%m}"} if job.ends_on else {}
    return {code: text for code, text in said.items() if text}


class Stopwatch:
    """How long each thing took, told as it is done."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}

    def time[T](self, what: str, act: Callable[[], T]) -> T:
        """Do `act` and note how long it took."""
        begun, used = time.perf_counter(), time.process_time()
        done = act()
        self.took[what] = time.perf_counter() - begun
        print(f"{what:<34} {self.took[what]:7.1f} s, of it this process {time.process_time() - used:5.1f} s")
        return done


def spreadsheet(rows: Iterable[dict[str, str]]) -> bytes:
    """The list as an office sends it."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.candidates.registering_others import xlsx

    return xlsx(list(rows))


def imported(watch: Stopwatch, scheme: Scheme, content: bytes, actor: Actor, at: datetime) -> Batch:
    """The file taken in, tried, entered; and then taken in and tried once more."""
    from tragitto.candidates.actions import applying, batches, checking
    from tragitto.kernel.actors import Actor as Who

    house = Who.system("benchmark")

    def take() -> Batch:
        return batches.take_file(scheme=scheme, name="people.xlsx", content=content, actor=actor, at=at)

    def enter() -> None:
        batches.apply_batch(batch=batch, leaves_out=True, actor=actor, at=at)
        applying.enter_batch(code=batch.code, actor=house, at=at)

    batch = watch.time("read and kept", take)
    watch.time("tried", lambda: checking.check(code=batch.code, actor=house, at=at))
    batch.refresh_from_db()
    print(f"    {batch.counts}")
    watch.time("entered", enter)
    again = watch.time("the same file again, read", take)
    watch.time("the same file again, tried", lambda: checking.check(code=again.code, actor=house, at=at))
    again.refresh_from_db()
    print(f"    {again.counts}")
    batch.refresh_from_db()
    return batch


def measure(rows: int, on_it: int) -> None:
    """Everything, with the figures printed."""
    from roster_rows import write

    from tragitto.candidates.models import Candidate
    from tragitto.kernel.actors import Actor
    from tragitto.schemes.models import RosterDuty
    from tragitto.schemes.vocabulary import RosterDutyKind

    duty = RosterDuty.objects.select_related("scheme", "organisation").get(duty=RosterDutyKind.REGISTERS)
    actor = Actor("U-BENCH", duty.organisation.code, frozenset({"partner"}), "portal")
    watch = Stopwatch()
    watch.time(f"(making {on_it:,} people before)", lambda: write(duty.scheme, people(ON_IT, on_it)))
    content = spreadsheet(map(row_of, people(IN_THE_ROWS, rows)))
    print(
        f"{rows:,} rows, {len(content) / 1e6:.1f} MB; {on_it:,} people before; load {os.getloadavg()[0]:.1f}"
    )

    batch = imported(watch, duty.scheme, content, actor, AT)

    total = sum(watch.took[what] for what in ("read and kept", "tried", "entered"))
    entered = Candidate.objects.filter(registrations__reference__startswith="B-").count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{batch.state}: {entered:,} people in {total:.1f} s (limit {LIMIT_SECONDS} s), peak {peak:.0f} MiB"
    )


def main() -> None:
    """Open a house, measure, close it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=20_000)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        house = open_house(Path(folder))
        try:
            measure(asked.rows, asked.people)
        finally:
            house.close()


if __name__ == "__main__":
    main()
