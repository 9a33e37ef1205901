"""Measures the pages of the review with ten thousand filings under one call.

    python benchmarks/review_pages.py [--filings 10000] [--rounds 15]

Every row is made up here, in an embedded database of its own that is gone afterwards. What is measured is the
server's whole answer to a signed-in reviewer (middleware, permissions, queries, template), in this process:
the way through the network is left out. The limit: the first page of the queue within 150 ms, every page with
as many queries as the first.
"""

from __future__ import annotations

import argparse
import copy
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
if TYPE_CHECKING:
    from django.test import Client

    from tragitto.employers.models import Expression
    from tragitto.schemes.models import Stage, Step

LIMIT_MS = 150
BATCH = 1000


def open_house(var: Path) -> Any:
    """A house with the demonstration's scheme, in a database of its own; what to close at the end."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["TRAGITTO_VAR"] = str(var)
    from tragitto.config import launcher
    from tragitto.config.house import RunningHouse

    launcher.be_demonstration(8000)
    house = RunningHouse()
    house.open()
    from tragitto.config import statics
    from tragitto.demo import actions

    statics.collect()
    actions.prepare(say=lambda _line: None)
    return house


@dataclass
class Ways:
    """The steps from the entry of a journey to its stages, in their order."""

    steps: list[Step]

    def to(self, stage: Stage) -> list[Step]:
        """The shortest way to `stage`, the entry first."""
        seen: dict[int | None, list[Step]] = {None: []}
        waiting: list[int | None] = [None]
        while stage.pk not in seen and waiting:
            source = waiting.pop(0)
            for step in self.steps:
                if step.source_id == source and step.target_id not in seen and not step.awaits:
                    seen[step.target_id] = [*seen[source], step]
                    waiting.append(step.target_id)
        return seen[stage.pk]


class Crowd:
    """Ten thousand employers who file like the one who filed first, at other moments."""

    def __init__(self, pattern: Expression, officers: list[str]) -> None:
        from tragitto.employers.models import Finding
        from tragitto.schemes.models import Step

        self.pattern, self.officers = pattern, officers
        assert pattern.current is not None
        self.version = pattern.current
        self.findings = list(
            Finding.objects.select_related("criterion").filter(version=self.version, run=self.version.run)
        )
        ways = Ways(list(Step.objects.filter(journey=pattern.case.journey_id).select_related("target")))
        stages = {step.target for step in ways.steps}
        self.ends = [ways.to(stage) for stage in sorted(stages, key=lambda stage: stage.position)]

    def come(self, number: int) -> None:
        """All of them, in batches."""
        from django.db import transaction

        for numbers in batched(range(number), BATCH):
            with transaction.atomic():
                self._file(numbers)

    def _file(self, numbers: tuple[int, ...]) -> None:
        from tests.employers.making import company

        from tragitto.cases.models import Case
        from tragitto.employers.models import Employer, Expression, Version

        shift = timedelta(seconds=7)
        first = self.version.instant
        assert first is not None
        employers = Employer.objects.bulk_create(
            Employer(
                code=f"B-BENCH{n}", codice_fiscale=company(3_000_000 + n), name=f"Impresa {n} di Prova srl",
                known_since=first,
            )
            for n in numbers
        )  # fmt: skip
        way = {n: self.ends[n % len(self.ends)] for n in numbers}
        cases = Case.objects.bulk_create(self._case(n, way[n], first + shift * n) for n in numbers)
        self._walk(cases, way, numbers)
        expressions = Expression.objects.bulk_create(
            Expression(code=f"E-BENCH{n}", call=self.pattern.call, employer=employer, case=case)
            for n, employer, case in zip(numbers, employers, cases, strict=True)
        )
        versions = Version.objects.bulk_create(
            self._copy(
                self.version, expression=expression, message=message, number=1, instant=first + shift * n,
                identifier=f"opec.bench{n:06d}@pec.example",
            )
            for n, expression, message in zip(numbers, expressions, self._messages(numbers), strict=True)
        )  # fmt: skip
        for expression, version in zip(expressions, versions, strict=True):
            expression.placed = expression.current = version
            expression.place_instant, expression.place_identifier = version.instant, version.identifier
        named = ["placed", "current", "place_instant", "place_identifier"]
        Expression.objects.bulk_update(expressions, named)
        self._judge(numbers, versions)

    def _case(self, n: int, way: list[Step], at: Any) -> Any:
        from tragitto.cases.models import Case

        end = way[-1].target
        return Case(
            code=f"C-BENCH{n}", call=self.pattern.call, journey_id=self.pattern.case.journey_id, stage=end,
            moves_made=len(way), filed_at=at, opened_at=at, outcome=end.outcome,
            closed_at=at if end.outcome else None,
        )  # fmt: skip

    def _walk(self, cases: list[Any], way: dict[int, list[Step]], numbers: tuple[int, ...]) -> None:
        from tragitto.agenda.models import Deadline
        from tragitto.cases.models import ConflictStatement, Move, Responsibility

        pairs = list(zip(numbers, cases, strict=True))
        Move.objects.bulk_create(
            Move(
                case=case, number=number, step=step, source_id=step.source_id, target_id=step.target_id,
                actor="system", happened_at=case.filed_at, reason="Benchmark." if number > 2 else "",
            )
            for n, case in pairs for number, step in enumerate(way[n], start=1)
        )  # fmt: skip
        Responsibility.objects.bulk_create(
            Responsibility(
                case=case, number=1, officer=self.officers[n % len(self.officers)], given_by="system",
                organisation=self.pattern.call.publisher.code, given_at=case.opened_at,
            )
            for n, case in pairs if n % 3
        )  # fmt: skip
        ConflictStatement.objects.bulk_create(
            ConflictStatement(
                case=case, officer=officer, number=1, has_conflict=False, stated_at=case.opened_at
            )
            for n, case in pairs for officer in self.officers if n % 2
        )  # fmt: skip
        known = list(Deadline.objects.filter(subject=self.pattern.case.code))
        Deadline.objects.bulk_create(
            self._copy(
                deadline, subject=case.code, code=f"T-BENCH{n}-{place}",
                met_at=case.closed_at, met_by="system" if case.closed_at else "",
            )
            for n, case in pairs for place, deadline in enumerate(known)
        )  # fmt: skip

    def _messages(self, numbers: tuple[int, ...]) -> list[Any]:
        from tragitto.records.models import Document, Message

        digests = [sha256(f"benchmark {n}".encode()).hexdigest() for n in numbers]
        message = self.version.message
        raws = Document.objects.bulk_create(
            self._copy(message.raw, code=f"D-BENCH{n}", sha256=digest)
            for n, digest in zip(numbers, digests, strict=True)
        )
        return Message.objects.bulk_create(
            self._copy(
                message, code=f"M-BENCH{n}", raw=raw, sha256=raw.sha256, subject=f"Invio {n}",
                identifier=f"opec.bench{n:06d}@pec.example", message_id=f"<bench{n}@pec.example>",
                sender=f"impresa{n}@pec.example",
            )
            for n, raw in zip(numbers, raws, strict=True)
        )  # fmt: skip

    def _judge(self, numbers: tuple[int, ...], versions: list[Any]) -> None:
        from tragitto.employers.criteria import TIMELINESS
        from tragitto.employers.models import Finding, Judgement

        late = next(place for place, each in enumerate(self.findings) if each.criterion.judge == TIMELINESS)
        findings = Finding.objects.bulk_create(
            self._copy(
                finding, version=version, code=f"F-BENCH{n}-{place}",
                state="unmet" if place == late and n % 40 == 0 else finding.state,
            )
            for n, version in zip(numbers, versions, strict=True)
            for place, finding in enumerate(self.findings)
        )  # fmt: skip
        Judgement.objects.bulk_create(
            Judgement(
                finding=finding, number=1, verdict="confirmed", state=finding.state,
                reviewer=self.officers[0], judged_at=finding.found_at,
            )
            for place, finding in enumerate(findings) if place % 3 == 0
        )  # fmt: skip

    def _copy(self, row: Any, **changes: Any) -> Any:
        """The same row once more, unsaved, with these changes."""
        another = copy.copy(row)
        another._state = copy.copy(row._state)
        another._state.adding, another.pk = True, None
        for name, value in changes.items():
            setattr(another, name, value)
        return another


@dataclass(frozen=True)
class Measured:
    """One page: its name, the middle and the slowest answer in milliseconds, how many queries.

    `own` is the time of this process alone: it tells a slow page from a busy machine; the rest of the answer
    is the database's.
    """

    name: str
    middle: float
    slowest: float
    own: float
    queries: int

    def __str__(self) -> str:
        times = f"{self.middle:>8.0f} ms {self.slowest:>8.0f} ms {self.own:>7.0f} ms"
        return f"{self.name:<32}{times} {self.queries:>5} queries"


def measured(client: Client, name: str, address: str, rounds: int) -> Measured:
    """The page read once to warm up, then as often as asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    taken, own = [], []
    for _round in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        taken.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - worked) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return Measured(name, statistics.median(taken), max(taken), statistics.median(own), len(asked))


def pages(call: str, expression: str) -> Iterator[tuple[str, str]]:
    """What is measured: names and addresses."""
    from django.urls import reverse

    queue = reverse("office:call_queue", args=[call])
    yield "queue, first page", queue
    yield "queue, page 200", f"{queue}?page=200"
    yield "queue, last page", f"{queue}?page=100000"
    for show in ("to_review", "waiting", "admitted", "refused", "late", "mine", "nobodys"):
        yield f"queue, {show}", f"{queue}?show={show}"
    yield "one filing", reverse("office:expression", args=[expression])
    for name in ("home", "calls", "agenda"):
        yield name, reverse(f"office:{name}")


def measure(filings: int, rounds: int) -> None:
    """Fill a house, sign a reviewer in, read the pages."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from tests.web.office.world import enter

    from tragitto.accounts.models import User
    from tragitto.employers.models import ARRIVAL, Expression

    settings.ALLOWED_HOSTS.append("testserver")
    open_ones = Expression.objects.filter(case__closed_at=None, current__instant__isnull=False)
    whole = open_ones.select_related("call__publisher", "case", "current__message__raw")
    pattern = whole.order_by(*ARRIVAL)[0]
    office = pattern.call.publisher
    people = User.objects.filter(memberships__organisation=office).order_by("code")
    reviewer = people.filter(memberships__roles__contains=["reviewer"])[0]
    began = time.monotonic()
    Crowd(pattern, list(people.values_list("code", flat=True))).come(filings)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{filings} filings made in {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )

    reviewer.acts_for = office
    reviewer.save(update_fields=["acts_for"])
    client = enter(Client(), reviewer)
    print(f"{'page':<32}{'middle':>8}    {'slowest':>8}   {'own':>7}")
    found = [
        measured(client, name, address, rounds) for name, address in pages(pattern.call.code, pattern.code)
    ]
    for each in found:
        print(each, flush=True)
    first = found[0]
    said = "kept" if first.middle <= LIMIT_MS else "MISSED"
    print(f"first page within {LIMIT_MS} ms: {said} ({first.middle:.0f} ms); load {os.getloadavg()[0]:.1f}")


def main() -> None:
    """One run in a house of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--filings", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="tragitto-bench-") as name:
        Path(name).chmod(0o755)
        house = open_house(Path(name))
        try:
            measure(asked.filings, asked.rounds)
        finally:
            house.close()


if __name__ == "__main__":
    main()
