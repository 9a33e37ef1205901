"""A real Dovecot fetched to the last message, whatever its staff and the network do meanwhile."""

import os
import random
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.gateways.conftest import dovecot  # noqa: F401
from tests.gateways.dovecot import PASSWORD, Dovecot
from tests.gateways.line import Line
from tests.records.conftest import OFFICE, letter
from tragitto.gateways.post import ConfiguredPost
from tragitto.kernel.actors import Actor
from tragitto.records import actions, ports, queries
from tragitto.records.models import Fetched, Message, RegisterEntry, Watermark
from tragitto.records.vocabulary import MessageState, Verdict

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system("imap")
CONNECTION = """\
[[mailbox]]
address = "{address}"
folders = {folders}
[mailbox.imap]
host = "127.0.0.1"
port = {port}
security = "none"
user = "{user}"
password_variable = "PEC_PASSWORD"
"""


class Connected:
    """The office's mailbox on the server, and the file that connects it."""

    def __init__(self, server: Dovecot, file: Path) -> None:
        self.server, self.file = server, file
        self.user = f"user-{secrets.token_hex(4)}"
        self.connect()

    def connect(self, *, port: int = 0, folders: str = '["INBOX"]') -> None:
        port = port or self.server.port
        text = CONNECTION.format(address=OFFICE, port=port, user=self.user, folders=folders)
        self.file.write_text(text)

    def put(self, *messages: bytes, folder: str = "INBOX") -> None:
        self.server.put(self.user, *messages, folder=folder)


@pytest.fixture
def mailbox(request, mailboxes, tmp_path, monkeypatch):
    server = request.getfixturevalue("dovecot")
    monkeypatch.setenv("PEC_PASSWORD", PASSWORD)
    connected = Connected(server, tmp_path / "mailboxes.toml")
    before = ports.post()
    ports.use(ConfiguredPost(lambda: str(connected.file)))
    yield connected
    ports.use(before)


def raw(number: int, size: int = 0) -> bytes:
    return b"Subject: %d\r\n\r\nciao\r\n" % number + b"x" * 70 * (size // 70) + b"\r\n"


def fetch() -> actions.Fetching:
    return actions.fetch(address=OFFICE, actor=SYSTEM, at=NOON)


def kept() -> list[bytes]:
    return [queries.content(message.raw) for message in Message.objects.order_by("pk")]


def test_a_certified_message_goes_from_the_mailbox_to_the_desk(mailbox, submission):
    mailbox.put(submission)

    fetch()
    message = actions.carry_through(message=Message.objects.get(), actor=SYSTEM, at=NOON)

    assert (message.verdict, message.state, message.office) == (Verdict.VALID, MessageState.SORTING, "office")
    assert queries.content(message.raw) == submission
    assert b"Seen" not in mailbox.server.flags(mailbox.user)[0]


def test_a_line_that_is_cut_again_and_again_loses_and_doubles_nothing(mailbox):
    messages = [raw(number, 200_000) for number in range(6)]
    mailbox.put(*messages)
    failures = 0

    for cut_after in (50, 300, 1_000, 150_000, 450_000, 700_000):
        with Line(mailbox.server.port, cut_after=cut_after) as line:
            mailbox.connect(port=line.port)
            failures += bool(fetch().failure)
    mailbox.connect()
    fetch()

    assert failures >= 5
    assert kept() == messages
    assert Fetched.objects.count() == len(messages)


def test_a_message_moved_by_the_staff_is_one_message(mailbox):
    mailbox.put(raw(1), raw(2))
    fetch()
    mailbox.server.move(mailbox.user, 1, to="Archivio")
    mailbox.connect(folders='["*"]')

    found = fetch()
    rows = actions.reconcile(address=OFFICE, actor=SYSTEM, at=NOON)

    assert (found.taken, found.known, kept()) == (0, 1, [raw(1), raw(2)])
    counts = {row.folder: (row.on_server, row.missing, row.gone) for row in rows}
    assert counts == {"Archivio": (1, 0, 0), "INBOX": (1, 0, 1)}


def test_the_same_mail_in_two_folders_is_one_message(mailbox):
    mailbox.put(raw(1))
    mailbox.put(raw(1), folder="Archivio")
    mailbox.connect(folders='["INBOX", "Archivio"]')

    found = fetch()

    assert (found.taken, found.known, Message.objects.count()) == (1, 1, 1)


def test_a_server_that_numbers_anew_brings_nothing_twice(mailbox):
    mailbox.put(raw(1), raw(2))
    fetch()
    before = Watermark.objects.get().uid_validity
    time.sleep(1.1)  # a UIDVALIDITY is the second in which the mailbox was made
    mailbox.server.renumber(mailbox.user)
    mailbox.put(raw(3))

    found = fetch()

    assert (found.taken, found.known) == (1, 2)
    assert Watermark.objects.get().uid_validity > before
    assert sorted(kept()) == [raw(1), raw(2), raw(3)]


FETCHER = """
import sys
from datetime import datetime
from pathlib import Path
import django
from django.conf import settings

django.setup()
settings.IS_DEMONSTRATION, settings.VAR, settings.DOCUMENTS = True, Path(sys.argv[1]), sys.argv[2]
from tragitto.gateways.post import ConfiguredPost
from tragitto.kernel.actors import Actor
from tragitto.records import actions, ports
from tragitto.records.models import Message

ports.use(ConfiguredPost(lambda: sys.argv[3]))
actor, at = Actor.system("imap"), datetime.fromisoformat(sys.argv[4])
print("ready", flush=True)
actions.fetch(address=sys.argv[5], actor=actor, at=at)
for message in Message.objects.order_by("pk"):
    actions.carry_through(message=message, actor=actor, at=at)
"""
MESSAGES = 24


def run_and_kill(arguments: list[str], *, after: float) -> None:
    """Start a fetcher and end it with SIGKILL `after` seconds of work."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tragitto.config.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    command = [sys.executable, "-c", FETCHER, *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as fetcher:
        assert fetcher.stdout.readline() == b"ready\n"
        time.sleep(after)
        fetcher.kill()


@pytest.mark.slow
def test_a_fetcher_killed_several_times_loses_nothing_and_doubles_nothing(mailbox, settings, provider):
    messages = [provider.envelope(letter(f"message {number}"), at=NOON) for number in range(MESSAGES)]
    mailbox.put(*messages)
    arguments = [str(settings.VAR), settings.DOCUMENTS, str(mailbox.file), NOON.isoformat(), OFFICE]
    chance = random.Random(11)

    left = []
    for _killed in range(5):
        run_and_kill(arguments, after=chance.uniform(0.02, 0.25))
        left.append(Fetched.objects.count())
    fetch()
    for message in Message.objects.order_by("pk"):
        actions.carry_through(message=message, actor=SYSTEM, at=NOON)
    (row,) = actions.reconcile(address=OFFICE, actor=SYSTEM, at=NOON)

    print(f"fetched when killed: {left}")
    assert left[0] < MESSAGES
    assert sorted(kept()) == sorted(messages)
    assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == list(range(1, MESSAGES + 1))
    assert (row.on_server, row.fetched, row.missing, row.gone) == (MESSAGES, MESSAGES, 0, 0)
    assert [*queries.verify_register(), *queries.verify_documents()] == []
