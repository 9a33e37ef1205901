"""A process ended by force while it looks into files and has them checked: nothing half, nothing twice."""

import os
import random
import subprocess
import sys
import time

import pytest

from tests.conftest import NOON
from tests.records.conftest import form, letter
from tests.records.files_stage import EICAR, zipped
from tests.records.test_killed import WORKER
from tragitto.gateways.clamd import scanner_at
from tragitto.kernel.actors import Actor
from tragitto.records import actions, queries, scanner
from tragitto.records.models import Attachment, Message, VirusCheck
from tragitto.records.vocabulary import MessageState
from tragitto_pec.rehearsal import Enclosure

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SYSTEM = Actor.system("folder")
MESSAGES = 12
#: Of each message: an archive, the form in it, and a file with a virus.
FILES = 3
CHECKED = """
from tragitto.gateways.clamd import scanner_at
from tragitto.records import scanner
scanner.use(scanner_at(sys.argv[5]))
"""


def archive(number: int) -> bytes:
    return zipped({"modulo.pdf": form(name=f"Bruno {number}")})


def run_and_kill(arguments: list[str], *, after: float) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tragitto.config.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    work = WORKER.replace("print(", f"{CHECKED}\nprint(", 1)
    command = [sys.executable, "-c", work, *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as worker:
        assert worker.stdout.readline() == b"ready\n"
        time.sleep(after)
        worker.kill()


def test_a_killed_worker_leaves_no_file_half_looked_into(settings, tmp_path, provider, clamd):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(MESSAGES):
        enclosures = Enclosure("domanda.zip", archive(number)), Enclosure("virus.com", EICAR)
        raw = provider.envelope(letter(f"message {number}", *enclosures), at=NOON)
        actions.keep(raw, door="cli", actor=SYSTEM, at=NOON)
    arguments = [str(settings.VAR), settings.DOCUMENTS, str(inbox), NOON.isoformat(), clamd]

    chance = random.Random(11)
    for _killed in range(4):
        run_and_kill(arguments, after=chance.uniform(0.2, 1.0))
    half_done = Message.objects.exclude(state=MessageState.SORTING).count()
    scanner.use(scanner_at(clamd))
    for message in Message.objects.order_by("pk"):
        actions.carry_through(message=message, actor=SYSTEM, at=NOON)
    scanner.use(None)

    print(f"left half done by the kills: {half_done}")
    assert Message.objects.filter(state=MessageState.SORTING).count() == MESSAGES
    assert Attachment.objects.count() == MESSAGES * FILES
    assert (
        Attachment.objects.filter(within__name="domanda.zip", form__fields__name__startswith="Bruno").count()
        == MESSAGES
    )
    assert VirusCheck.objects.count() == MESSAGES * (FILES + 1)
    assert list(queries.verify_documents()) == []
