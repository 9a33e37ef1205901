"""A process ended by force at any moment: what was acknowledged is not lost, nothing is there twice."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.records.conftest import form, letter
from tragitto.kernel.actors import Actor
from tragitto.records import actions, queries
from tragitto.records.models import Attachment, Message, RegisterEntry
from tragitto.records.vocabulary import MessageState
from tragitto_pec.rehearsal import Enclosure

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SYSTEM = Actor.system("folder")
MESSAGES = 24
WORKER = """
import sys
from datetime import datetime
from pathlib import Path
import django
from django.conf import settings

django.setup()
settings.IS_DEMONSTRATION, settings.VAR, settings.DOCUMENTS = True, Path(sys.argv[1]), sys.argv[2]
from tragitto.kernel.actors import Actor
from tragitto.records import actions
from tragitto.records.models import Message

actor, at = Actor.system("folder"), datetime.fromisoformat(sys.argv[4])
print("ready", flush=True)
for message in Message.objects.order_by("pk"):
    actions.carry_through(message=message, actor=actor, at=at)
for kept in actions.take_from_folder(Path(sys.argv[3]), actor=actor, at=at):
    actions.carry_through(message=kept.message, actor=actor, at=at)
"""


def run_and_kill(arguments: list[str], *, after: float) -> None:
    """Start a worker and end it with SIGKILL `after` seconds of work."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tragitto.config.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    command = [sys.executable, "-c", WORKER, *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as worker:
        assert worker.stdout.readline() == b"ready\n"
        time.sleep(after)
        worker.kill()


def test_a_killed_worker_loses_nothing_and_doubles_nothing(settings, tmp_path, provider):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(MESSAGES):
        enclosure = Enclosure("modulo.pdf", form(name=f"Bruno {number}"))
        put(inbox / f"{number}.eml", provider.envelope(letter(f"message {number}", enclosure), at=NOON))
    arguments = [str(settings.VAR), settings.DOCUMENTS, str(inbox), NOON.isoformat()]

    chance = random.Random(7)
    for _killed in range(4):
        run_and_kill(arguments, after=chance.uniform(0.05, 0.6))
    half_done = Message.objects.exclude(state=MessageState.SORTING).count()
    actions.take_from_folder(inbox, actor=SYSTEM, at=NOON)
    for message in Message.objects.order_by("pk"):
        actions.carry_through(message=message, actor=SYSTEM, at=NOON)

    print(f"left half done by the kills: {half_done}")
    assert Message.objects.filter(state=MessageState.SORTING).count() == Message.objects.count() == MESSAGES
    assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == list(range(1, MESSAGES + 1))
    assert Attachment.objects.count() == MESSAGES
    assert [*queries.verify_register(), *queries.verify_documents()] == []


def put(file: Path, raw: bytes) -> None:
    file.write_bytes(raw)
    os.utime(file, (time.time() - 60,) * 2)
