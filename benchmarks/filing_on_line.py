"""Measures how many filings a second can be sent on line, acknowledged and durable, through the real server.

    python benchmarks/filing_on_line.py [--filings 6000] [--people 48] [--web 2] [--workers 0]

The database is an embedded one of its own, with real flushes to the disk; the web server is started as
`serve` starts it. Each filing is another person's, signed in, with a complete draft; each presses "Send"
once, `people` of them at a time. The load comes from this same machine: what it costs is said. The limit
is the click day of 2 December 2023: 50,576 filings in four minutes, 211 a second. The call used has closed:
late filings take the same way.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT / "src"), str(ROOT)]
CLICK_DAY = 211
TOKEN = "a" * 32
NUMBERS = ("enterprise_codice_fiscale", "partita_iva")


@dataclass(frozen=True)
class Press:
    """One person at the button: the draft to send, and the cookie that says who it is."""

    draft: str
    session: str


@dataclass
class Seen:
    """What the people saw: how each request ended, and how long it took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    whole: float = 0.0

    def quantile(self, share: float) -> float:
        """The time within which this share of the answers came, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def open_house(var: Path) -> object:
    """A house with the shipped scheme as a rehearsal, published, in a database of its own."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["TRAGITTO_VAR"] = str(var)
    from tragitto.config.house import RunningHouse

    house = RunningHouse()
    house.open()
    from tragitto.kernel.actors import Actor
    from tragitto.law.actions import load_holidays, load_pack
    from tragitto.law.rules import read_pack as read_law
    from tragitto.schemes.actions import load, publish
    from tragitto.schemes.models import Call
    from tragitto.schemes.pack import read_pack

    cli, early = Actor.system("cli"), datetime(2024, 6, 1, tzinfo=UTC)
    load_pack(pack=read_law(), actor=cli, at=early)
    load_holidays(years=range(2024, 2030), actor=cli, at=early)
    for folder in (ROOT / "src" / "tragitto_packs" / "schemes").iterdir():
        load(pack=read_pack(folder), actor=cli, at=early, rehearsal=True)
    call = Call.objects.select_related("publisher").get(region__code="emilia-romagna")
    publisher = Actor("U-P", call.publisher.code, frozenset({"publisher"}), "office")
    publish(call=call, actor=publisher, at=early)
    return house


def prepare(number: int) -> list[Press]:
    """So many people, each signed in, each with a complete draft of an enterprise of its own."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from tests.employers.making import company
    from tests.employers.sending import answered

    from tragitto.accounts.models import User
    from tragitto.employers.models import FilingDraft
    from tragitto.schemes.models import Call
    from tragitto.schemes.vocabulary import FormRole

    now = datetime.now(UTC)
    call = Call.objects.select_related("scheme", "region").get(region__code="emilia-romagna")
    main, answers = call.forms.get(role=FormRole.MAIN).code, answered(call)
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    made: list[Press] = []
    for start in range(0, number, 1000):
        numbers = range(start, min(start + 1000, number))
        users = User.objects.bulk_create(
            User(code=f"U-{each}", email=f"p{each}@example.it", password="!", joined_at=now)
            for each in numbers
        )
        FilingDraft.objects.bulk_create(
            FilingDraft(
                code=f"DR-{each}",
                call=call,
                account=f"U-{each}",
                language="it",
                answers={main: {**answers, **dict.fromkeys(NUMBERS, company(1 + each))}},
                started_at=now,
                saved_at=now,
            )
            for each in numbers
        )
        rows = []
        for each, user in zip(numbers, users, strict=True):
            told = {
                SESSION_KEY: str(user.pk),
                BACKEND_SESSION_KEY: backend,
                HASH_SESSION_KEY: user.get_session_auth_hash(),
                "signed_in_at": int(time.time()),
                "seen_at": int(time.time()),
            }
            key = f"{each:032d}"
            said = SessionStore().encode(told)
            rows.append(Session(session_key=key, session_data=said, expire_date=now + timedelta(hours=8)))
            made.append(Press(f"DR-{each}", key))
        Session.objects.bulk_create(rows)
    return made


def request(press: Press, port: int) -> bytes:
    """The form that the button sends, as a browser sends it."""
    body = f"csrfmiddlewaretoken={TOKEN}&language=it".encode()
    lines = [
        f"POST /portal/drafts/{press.draft}/send/ HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        "Accept: text/html",
        "Accept-Language: it",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"Cookie: sessionid={press.session}; csrftoken={TOKEN}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def person(presses: list[Press], port: int, seen: Seen) -> None:
    """Presses the button for one after the other, on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while presses:
        sent = request(presses.pop(), port)
        began = time.perf_counter()
        writer.write(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split(maxsplit=1)[0]))
        seen.seconds.append(time.perf_counter() - began)
        seen.statuses[int(head[9:12])] += 1
    writer.close()


async def crowd(presses: list[Press], people: int, port: int) -> Seen:
    """All of them, `people` at a time."""
    seen, waiting = Seen(), list(reversed(presses))
    began = time.perf_counter()
    await asyncio.gather(*(person(waiting, port, seen) for _each in range(people)))
    seen.whole = time.perf_counter() - began
    return seen


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """A process of the house, in a group of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path[:2])}
    environment["DJANGO_SETTINGS_MODULE"] = "tragitto.config.settings"
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, process_group=0)


def answers(port: int) -> None:
    """Wait until the pages answer."""
    for _try in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The web server did not start.")


def busy_seconds(pid: int) -> float:
    """The processor time that a process and its children have used so far."""
    ticks = (Path(f"/proc/{pid}/stat")).read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    # Fields 14 to 17 of proc(5): its own, and of children that have ended.
    own = sum(int(each) for each in ticks[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(busy_seconds(int(child)) for child in children)


def postmaster(folder: Path) -> int:
    """The process of the embedded server."""
    (file,) = folder.rglob("postmaster.pid")
    return int(file.read_text().split()[0])


def measure(filings: int, people: int, web: int, workers: int) -> None:
    """One run, and its figures."""
    with TemporaryDirectory(prefix="tragitto-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        port = free_port()
        os.environ["TRAGITTO_ADDRESS"] = f"http://127.0.0.1:{port}"
        os.environ["TRAGITTO_WEB_PROCESSES"] = str(web)
        house = open_house(folder)
        children: list[subprocess.Popen[bytes]] = []
        try:
            from tragitto.config import launcher, statics
            from tragitto.employers.models import Submission
            from tragitto.employers.queries import submissions as queries

            statics.collect()
            presses = prepare(filings + 200)
            children.append(start(launcher._web("127.0.0.1", port)))  # exactly as `serve` does
            for _each in range(workers):
                command = "from tragitto.config import worker; worker.main()"
                children.append(start([sys.executable, "-c", command]))
            answers(port)
            asyncio.run(crowd(presses[filings:], people, port))  # the first requests load the pages' code
            ours = {"web": children[0].pid, "database": postmaster(folder)}
            before, began = {word: busy_seconds(pid) for word, pid in ours.items()}, time.process_time()
            seen = asyncio.run(crowd(presses[:filings], people, port))
            used = {word: busy_seconds(pid) - before[word] for word, pid in ours.items()}
            used["load"] = time.process_time() - began
            kept = Submission.objects.count() - 200
            rate = kept / seen.whole
            print(
                f"{kept} of {filings} filings in {seen.whole:.1f} s = {rate:.0f} a second"
                f" ({rate / CLICK_DAY:.2f} of the click day); p50 {seen.quantile(0.5):.0f} ms,"
                f" p95 {seen.quantile(0.95):.0f} ms, p99 {seen.quantile(0.99):.0f} ms, longest"
                f" {seen.quantile(1):.0f} ms; answers {dict(seen.statuses)}; {people} at a time,"
                f" {web} web processes, {workers} workers, {len(queries.waiting_to_be_taken_in())} wait for"
                " their number"
            )
            each = ", ".join(f"{word} {1000 * seconds / kept:.1f} ms" for word, seconds in used.items())
            print(f"processor time for each filing: {each}; one minute's load {os.getloadavg()[0]:.1f}")
        finally:
            for child in children:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            house.close()  # type: ignore[attr-defined]


def main() -> None:
    """One run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--filings", type=int, default=6000)
    parser.add_argument("--people", type=int, default=48)
    parser.add_argument("--web", type=int, default=2)
    parser.add_argument("--workers", type=int, default=0)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # so that nothing is left running
    measure(asked.filings, asked.people, asked.web, asked.workers)


if __name__ == "__main__":
    main()
