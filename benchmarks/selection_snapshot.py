"""Measures the snapshot of a round of 10,000 people and 2,000 positions, and the shortlists proposed from it.

    python benchmarks/selection_snapshot.py [--people 10000] [--posts 2000] [--rounds 5] [--profile]

Every person and every firm is made up, in an embedded database of its own that is gone afterwards. Snapshot:
what the engine is given, read from the database, in this process. Proposal: what the desk asks for with
“Propose shortlists”: the snapshot, the engine, the check of its result, and all of it stored. The limit of
the snapshot is 3 s. The hash of the instance is printed: it stays the same from one version of this house to
the next. `--profile` says in which functions a snapshot spends its time.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "benchmarks")]
if TYPE_CHECKING:
    from tragitto.kernel.actors import Actor
    from tragitto.schemes.models import Scheme
    from tragitto.selection.models import Round

LIMIT_S = 3.0
#: The moment of everything that is made up, so that the same comes out on every day.
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
#: Positions of one firm, and one person in twenty who is not on the roster (`roster_rows.py`).
OF_A_FIRM, ON_ROSTER = 4, 0.95
SHIFTS = ("day", "two_shifts", "three_shifts", "night")


def fill(scheme: Scheme, people: int, posts: int) -> Round:
    """So many people who consent to be shown, and a round with so many positions of made-up firms."""
    from django.db.models import F
    from made_up_people import people as made_up
    from roster_rows import write

    from tragitto.candidates.models import Candidate, Consent
    from tragitto.candidates.queries.disclosure import consent_codes
    from tragitto.schemes.vocabulary import ConsentEffect

    # The demonstration's own people have codes drawn by lot: without them the instance stays the same.
    Consent.objects.filter(withdrawn_at=None).update(withdrawn_at=F("given_at"))
    write(scheme, made_up(5, round(people / ON_ROSTER)))
    (code, *_rest) = consent_codes(scheme.pk, ConsentEffect.EMPLOYERS_SEE_ANONYMOUS)
    given: dict[str, Any] = {"code": code, "roster_version": 1, "language": "fr", "given_at": NOW}
    keys = Candidate.objects.filter(code__startswith="C-B").order_by("pk").values_list("pk", flat=True)
    Consent.objects.bulk_create((Consent(candidate_id=key, **given) for key in keys), batch_size=5_000)
    return _round(scheme, posts)


def _round(scheme: Scheme, posts: int) -> Round:
    from tragitto.schemes.queries import selection_of
    from tragitto.selection.models import Round, RoundPost

    made = Round.objects.create(
        code="RD-BENCH",
        scheme=scheme,
        number=99,
        rules=selection_of(scheme),
        seed="5eed" * 16,
        drafted_at=NOW - timedelta(days=2),
        drafted_by="U-BENCH1",
        published_at=NOW - timedelta(days=1),
        published_by="U-BENCH2",
    )
    chance, demands = random.Random(7), []
    for number, position in enumerate(_positions(scheme, posts, chance)):
        asked = _asked(scheme, position.profile.code, chance)
        demands.append(
            RoundPost(code=f"P-B{number:05d}", round=made, position=position, seats=position.seats, **asked)
        )
    RoundPost.objects.bulk_create(demands)
    return made


def _positions(scheme: Scheme, count: int, chance: random.Random) -> list[Any]:
    """Open positions, in the order in which they were opened."""
    from tests.selection.making import make_position

    from tragitto.employers.models import Position
    from tragitto.schemes.models import Call

    calls, profiles = list(Call.objects.filter(scheme=scheme).order_by("pk")), list(scheme.profiles.all())
    found: list[Any] = []
    while len(found) < count:
        firm = len(found) // OF_A_FIRM
        filed_at = NOW - timedelta(days=30) + timedelta(minutes=firm)
        first = make_position(calls[firm % len(calls)], at=filed_at, profile=chance.choice(profiles))
        rest = [
            Position(
                code=f"J-B{firm:05d}{number}",
                expression=first.expression,
                profile=chance.choice(profiles),
                number=number,
                seats=chance.choice((1, 1, 2, 3)),
                opened_at=first.opened_at,
            )
            for number in range(2, OF_A_FIRM + 1)
        ]
        found += [first, *Position.objects.bulk_create(rest)]
    return found[:count]


def _asked(scheme: Scheme, profile: str, chance: random.Random) -> dict[str, Any]:
    """What a position asks for."""
    from tragitto.schemes.queries import roster_of

    skills = [each.code for each in roster_of(scheme).skills if profile in each.profiles]
    drawn = chance.sample(skills, min(len(skills), 3))
    return {
        "least_levels": {"it": chance.choice(("A1", "A2", "B1"))} if chance.random() < 0.6 else {},
        "least_schooling": chance.choice((0, 0, 3, 4)),
        "least_years": chance.choice((0, 0, 1, 2)),
        "must_skills": drawn[:1] if chance.random() < 0.3 else [],
        "wished_skills": drawn[1:],
        "starts_on": date(2027, chance.randrange(1, 7), 1),
        "shifts": chance.sample(SHIFTS, 2),
        "stated_by": "U-BENCH1",
        "stated_at": NOW - timedelta(days=1),
    }


def measure(round: Round, actor: Actor, rounds: int) -> None:
    """The snapshot as often as asked, then one proposal."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tragitto.selection.actions.running import propose
    from tragitto.selection.queries.snapshots import snapshot
    from tragitto_matching.hashing import instance_hash

    with CaptureQueriesContext(connection) as asked:
        taken = snapshot(round, on=NOW.date())
    print(f"{len(taken.candidates)} people, {len(taken.posts)} positions: {len(asked)} queries")
    print(f"the instance is {instance_hash(taken.instance)[:16]}")
    seconds, own = list[float](), list[float]()
    for _number in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        snapshot(round, on=NOW.date())
        seconds.append(time.perf_counter() - began)
        own.append(time.process_time() - worked)
    middle = statistics.median(seconds)
    said = "kept" if middle <= LIMIT_S else "MISSED"
    print(
        f"snapshot: middle {middle:.2f} s, slowest {max(seconds):.2f} s; of it in this process: middle "
        f"{statistics.median(own):.2f} s; {said}; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    began = time.perf_counter()
    run = propose(round=round, actor=actor, at=NOW)
    took, people = time.perf_counter() - began, sum(len(each["candidates"]) for each in run.result["posts"])
    print(f"proposal, {people} places on lists: {took:.2f} s; load {os.getloadavg()[0]:.1f}", flush=True)


def profiled(round: Round) -> None:
    """In which functions a snapshot spends its time."""
    from tragitto.selection.queries.snapshots import snapshot

    watch = cProfile.Profile()
    watch.runcall(snapshot, round, on=NOW.date())
    pstats.Stats(watch).sort_stats("tottime").print_stats(25)


def main() -> None:
    """One run in a house of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    from roster_desk import open_house

    with TemporaryDirectory(prefix="tragitto-bench-") as name:
        Path(name).chmod(0o755)
        house = open_house(Path(name))
        try:
            owner = os.environ["DATABASE_OWNER_URL"]  # what the tests bring along points elsewhere
            import psycopg
            from tests.selection.making import TINA, make_desk

            from tragitto.schemes.queries import schemes_with_roster

            (scheme, *_rest) = schemes_with_roster()
            make_desk(scheme)
            began = time.monotonic()
            made = fill(scheme, asked.people, asked.posts)
            # What the database's own housekeeping does within minutes of so many new rows.
            with psycopg.connect(owner, autocommit=True) as kept:
                kept.execute("VACUUM ANALYZE")
            print(f"made up and written in {time.monotonic() - began:.0f} s", flush=True)
            measure(made, TINA, asked.rounds)
            if asked.profile:
                profiled(made)
        finally:
            house.close()


if __name__ == "__main__":
    main()
