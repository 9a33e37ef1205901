"""Measures certified messages from a mailbox to registered filings, while workers are killed.

    python benchmarks/mail_throughput.py [--messages 10000] [--workers 1 2] [--kills 5]

Needs Dovecot on this machine; the database is an embedded one of its own, with real flushes to the disk.
Every message is made up here. The limit it is measured against is the call itself: whoever posts in the last
hour must be registered before the office opens.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

WORKER = """
import os, sys
from django.conf import settings
import django
django.setup()
settings.MAILBOXES = sys.argv[1]
from tragitto.config import worker
worker.main()
"""
DOVECOT = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/base
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {internal}
default_login_user = {login}
mail_location = maildir:{folder}/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
passdb {{
  driver = static
  args = password=segreta
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Mailbox:
    """A running Dovecot with one mailbox."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, folder: Path) -> Mailbox:
        """Start it; the mail belongs to whoever may own it here."""
        program = shutil.which("dovecot") or "/usr/sbin/dovecot"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        is_root = os.getuid() == 0
        me = os.environ.get("USER") or subprocess.check_output(["id", "-un"], text=True).strip()
        owner, group = ("nobody", "nogroup") if is_root else (me, me)
        for name in ("cur", "new", "tmp"):
            (folder / "mail" / name).mkdir(parents=True)
        (folder / "dovecot.conf").write_text(
            DOVECOT.format(
                folder=folder, port=port, user=owner, group=group,
                internal="dovecot" if is_root else me, login="dovenull" if is_root else me,
            )
        )  # fmt: skip
        if is_root:
            folder.chmod(0o755)
            subprocess.run(["chown", "-R", f"{owner}:{group}", str(folder / "mail")], check=True)
        process = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return cls(folder, port, process)
            time.sleep(0.05)
        raise SystemExit("Dovecot did not start: " + (folder / "log").read_text()[-500:])

    def put(self, number: int, raw: bytes) -> None:
        """A message arrives."""
        file = self.folder / "mail" / "new" / f"{1_700_000_000 + number}.{number}.bench"
        file.write_bytes(raw)
        file.chmod(0o644)

    def connections(self, address: str) -> Path:
        """The file of connections that reads this mailbox."""
        (self.folder / "password").write_text("segreta\n")
        file = self.folder / "mailboxes.toml"
        file.write_text(
            f'[[mailbox]]\naddress = "{address}"\n[mailbox.imap]\nhost = "127.0.0.1"\nport = {self.port}\n'
            f'security = "none"\nuser = "ufficio"\npassword_file = "{self.folder / "password"}"\n'
        )
        return file


@dataclass
class Crew:
    """The workers, with what they use."""

    mailboxes: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def hire(self, number: int = 1) -> None:
        """Start workers as `serve` would."""
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tragitto.config.settings"}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path[:2])
        for _each in range(number):
            command = [sys.executable, "-c", WORKER, str(self.mailboxes)]
            self.processes.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))

    def lose_one(self, chance: random.Random) -> None:
        """One worker is ended by force, and another takes its place."""
        lost = self.processes.pop(chance.randrange(len(self.processes)))
        lost.kill()
        lost.wait()
        self.hire()

    def memory_mib(self) -> float:
        """What the workers and their confined children hold, together."""
        return sum(_resident(pid) for process in self.processes for pid in _family(process.pid)) / 1024

    def dismiss(self) -> None:
        """Ask all to stop, and wait."""
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=60)
        self.processes.clear()


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)


def open_house(var: Path) -> object:
    """A house with the demonstration's scheme, in a database of its own; what to close at the end."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["TRAGITTO_VAR"] = str(var)
    from tragitto.config import launcher
    from tragitto.config.house import RunningHouse

    launcher.be_demonstration(8000)
    house = RunningHouse()
    house.open()
    from tragitto.demo import actions

    actions.prepare(say=lambda _line: None)
    return house


def fill(mailbox: Mailbox, number: int) -> str:
    """Certified messages with the signed form of a call, each of another enterprise; the call's mailbox."""
    from django.conf import settings
    from tests.employers.making import company

    from tragitto.demo import story
    from tragitto.demo.mail import PostOffice
    from tragitto.demo.mail import fill as filled
    from tragitto.schemes import blanks, queries
    from tragitto.schemes.models import Call
    from tragitto_pec.rehearsal import Authority, Enclosure, Letter
    from tragitto_pec.rehearsal.signing import Signatory

    told = story.told()
    office = PostOffice.open(Path(settings.VAR))
    filing = next(each for each in told.filings if not each.delegation)
    call = Call.objects.get(code=filing.call)
    words, start = told.words_of(filing), told.moment(filing.at)
    spec = queries.form_spec(call.forms.get(role="main"))
    blank = blanks.blank_form(call_code=call.code, call_title="Benchmark", form=spec, language="it")
    form, known = filled(blank, spec, words), words["enterprise_codice_fiscale"].encode()
    if known not in form:
        raise SystemExit("The form does not hold the codice fiscale in clear: fill each form instead.")
    authority = Authority.create(
        valid_from=start - timedelta(days=99), valid_until=start + timedelta(days=999), seed="benchmark"
    )
    signatory = Signatory(words["signatory_name"], words["signatory_codice_fiscale"], authority)
    for each in range(number):
        mine = form.replace(known, company(2_000_000 + each).encode())
        paper = Enclosure("modulo.pdf.p7m", signatory.p7m(mine, at=start))
        letter = Letter(f"impresa{each}@pec.example", (call.mailbox,), f"Invio {each}", "testo", (paper,))
        mailbox.put(each, office.provider.envelope(letter, at=start + timedelta(seconds=each % 600)))
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", "nobody:nogroup", str(mailbox.folder / "mail")], check=True)
    return call.mailbox


def measure(messages: int, workers: int, kills: int, *, seed: int = 7) -> None:
    """One run from an empty house to the last filing, and its figures."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="tragitto-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        house = open_house(folder / "var" if (folder / "var").mkdir() is None else folder)
        mailbox = Mailbox.start(folder / "dovecot" if (folder / "dovecot").mkdir() is None else folder)
        crew: Crew | None = None
        try:
            from tragitto.employers.models import Version
            from tragitto.records import queries
            from tragitto.records.models import Message, RegisterEntry

            address = fill(mailbox, messages)
            before = Version.objects.count(), Message.objects.count()
            crew = Crew(mailbox.connections(address))
            began = time.monotonic()
            crew.hire(workers)
            chance, lost, memory = random.Random(seed), 0, []
            while Message.objects.count() == before[1]:  # the mailbox is looked at once a minute
                time.sleep(0.5)
            began = time.monotonic()
            while (done := Version.objects.count() - before[0]) < messages:
                time.sleep(2)
                memory.append(crew.memory_mib())
                if lost < kills and done > messages * (lost + 1) / (kills + 2):
                    crew.lose_one(chance)
                    lost += 1
                if time.monotonic() - began > 3 * 3600:
                    raise SystemExit(f"gave up after three hours with {done} of {messages}")
            seconds = time.monotonic() - began
            crew.dismiss()
            kept = Message.objects.count() - before[1]
            gaps = list(queries.verify_register())
            twice = RegisterEntry.objects.count() - RegisterEntry.objects.values("message").distinct().count()
            third = len(memory) // 3 or 1
            print(
                f"{workers} worker(s), {lost} killed: {messages} messages in {seconds:.0f} s = "
                f"{messages / seconds:.1f} a second; kept {kept}, filings {done}, registered twice {twice}, "
                f"gaps {len(gaps)}; memory {max(memory[:third]):.0f} MiB in the first third, "
                f"{max(memory[-third:]):.0f} MiB in the last",
                flush=True,
            )
        finally:
            if crew:
                for process in crew.processes:
                    process.kill()
            mailbox.process.terminate()
            mailbox.process.wait(timeout=10)
            house.close()  # type: ignore[attr-defined]


def main() -> None:
    """One run for each number of workers, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kills", type=int, default=5)
    asked = parser.parse_args()
    if len(asked.workers) == 1:
        measure(asked.messages, asked.workers[0], asked.kills)
        return
    for workers in asked.workers:
        command = [sys.executable, __file__, "--messages", str(asked.messages), "--workers", str(workers)]
        subprocess.run([*command, "--kills", str(asked.kills)], check=True)


if __name__ == "__main__":
    main()
