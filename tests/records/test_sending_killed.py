"""A process ended by force at the moment in which a message leaves: it leaves once, or a person is asked."""

import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from tests.conftest import NOON
from tests.gateways.sink import Server, Sink
from tests.records.conftest import BRUNO, OFFICE
from tests.records.posting import DRAFT, HOUR, SYSTEM, deliver, open_problems
from tragitto.gateways.post import ConfiguredPost
from tragitto.records import actions, ports, queries
from tragitto.records.models import Mailbox, Outgoing, Proof
from tragitto.records.vocabulary import Kind, OutgoingState, Problem
from tragitto_pec.rehearsal import Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SENDER = """
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

ports.use(ConfiguredPost(lambda: sys.argv[3]))
actions.deliver(code=sys.argv[5], actor=Actor.system("task"), at=datetime.fromisoformat(sys.argv[4]))
"""
CONNECTION = """\
[[mailbox]]
address = "{address}"
[mailbox.smtp]
host = "127.0.0.1"
port = {port}
security = "none"
"""


class Slow(Sink):
    """Says nothing for a while at one moment of the conversation, so that somebody can be killed there."""

    at = ""
    reached = False

    async def _wait(self, moment: str) -> None:
        import asyncio

        if moment == self.at:
            self.reached = True
            await asyncio.sleep(20)

    async def handle_RCPT(self, server, session, envelope, address, options):
        await self._wait("recipient")
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        await self._wait("content")
        return answer


@pytest.fixture
def sink(tmp_path, mailboxes):
    made = Slow()
    server = Server(made)
    (tmp_path / "mailboxes.toml").write_text(CONNECTION.format(address=OFFICE, port=made.port))
    server.start()
    before = ports.post()
    ports.use(ConfiguredPost(lambda: str(tmp_path / "mailboxes.toml")))
    yield made
    ports.use(before)
    server.stop()


@pytest.fixture
def outgoing(sink, carla) -> Outgoing:
    mailbox = Mailbox.objects.get(address=OFFICE)
    return actions.send(key="request C-1", mailbox=mailbox, draft=DRAFT, actor=carla, at=NOON)


@pytest.fixture
def killed(sink, outgoing, settings, tmp_path):
    """Let a process send the message, and end it with SIGKILL at a moment of the conversation."""

    def kill(moment: str) -> Outgoing:
        sink.at = moment
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tragitto.config.settings"}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        connections = str(tmp_path / "mailboxes.toml")
        arguments = [str(settings.VAR), settings.DOCUMENTS, connections, NOON.isoformat(), outgoing.code]
        with subprocess.Popen([sys.executable, "-c", SENDER, *arguments], env=environment) as sender:
            for _try in range(1200):
                if sink.reached:
                    break
                time.sleep(0.05)
            assert sink.reached
            sender.kill()
        sink.at = ""
        return Outgoing.objects.get()

    return kill


def test_killed_before_anything_could_leave_it_is_sent_by_the_next(killed, sink):
    outgoing = killed("recipient")

    assert outgoing.state == OutgoingState.QUEUED
    assert deliver(outgoing).state == OutgoingState.SENT
    assert [envelope.original_content for envelope in sink.arrived] == [queries.content(outgoing.message.raw)]


def test_killed_after_it_was_accepted_it_is_never_sent_again_by_itself(killed, sink):
    outgoing = killed("content")
    assert outgoing.state == OutgoingState.SENDING

    for hours in range(3):
        deliver(outgoing, at=NOON + HOUR * hours)
        actions.follow_outgoing(actor=SYSTEM, at=NOON + HOUR * hours)

    assert Outgoing.objects.get().state == OutgoingState.UNCERTAIN
    assert (len(sink.arrived), open_problems()) == (1, [Problem.SENDING_UNCERTAIN])


def test_the_acceptance_tells_what_the_killed_process_could_not(killed, sink, provider, take):
    outgoing = killed("content")
    deliver(outgoing)
    letter = Letter(OFFICE, (BRUNO,), outgoing.message.subject, "")
    stated = provider.statement(Kind.ACCETTAZIONE, letter, NOON)

    take(provider.seal(replace(stated, original_message_id=outgoing.message.message_id)))

    assert (Outgoing.objects.get().state, len(sink.arrived), open_problems()) == (OutgoingState.SENT, 1, [])
    assert Proof.objects.get().accepted_at == NOON
