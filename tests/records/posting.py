"""A made-up post, and Carla's request to Bruno, for the stories of what is sent."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.records.conftest import BRUNO, OFFICE
from tragitto.gateways.made_up import MadeUpMailbox, MadeUpPost
from tragitto.kernel.actors import Actor
from tragitto.records import actions, ports
from tragitto.records.models import Mailbox, Message, Outgoing, Proof, Trouble
from tragitto.records.vocabulary import Kind
from tragitto_pec.rehearsal import Letter

SYSTEM = Actor.system("task")
ELIF = "elif@pec.partner.example"
DRAFT = actions.Draft((BRUNO,), "Richiesta di integrazione – città", "Gentile Bruno,\nmanca un allegato.\n")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(name="post")
def connected_post(mailboxes) -> Iterator[MadeUpPost]:
    """The office's mailbox, connected to a post that sends nothing."""
    made_up, before = MadeUpPost({OFFICE: MadeUpMailbox()}), ports.post()
    ports.use(made_up)
    yield made_up
    ports.use(before)


@pytest.fixture(name="mailbox")
def office_mailbox(mailboxes) -> Mailbox:
    return Mailbox.objects.get(address=OFFICE)


@pytest.fixture(name="send")
def sending(carla, mailbox, post) -> Callable[..., Outgoing]:
    """Let Carla write a message down to be sent."""

    def sent(draft: actions.Draft = DRAFT, *, key: str = "request C-1", **how) -> Outgoing:
        how = {"actor": carla, "at": NOON, "about": "C-1", **how}
        return actions.send(key=key, mailbox=mailbox, draft=draft, **how)

    return sent


def deliver(outgoing: Outgoing, *, at=NOON) -> Outgoing:
    return actions.deliver(code=outgoing.code, actor=SYSTEM, at=at)


def open_problems() -> list[str]:
    return list(Trouble.objects.filter(solved_at=None).order_by("pk").values_list("problem", flat=True))


@pytest.fixture(name="queued")
def request_written(post, carla) -> Outgoing:
    """A request to Bruno and Elif, not sent yet."""
    draft = actions.Draft((BRUNO, ELIF), "Richiesta di integrazione", "Manca un allegato.")
    mailbox = Mailbox.objects.get(address=OFFICE)
    return actions.send(key="request C-1", mailbox=mailbox, draft=draft, actor=carla, at=NOON, about="C-1")


@pytest.fixture(name="sent")
def request_sent(queued) -> Outgoing:
    return actions.deliver(code=queued.code, actor=SYSTEM, at=NOON)


@pytest.fixture(name="receive")
def receiving(provider, take):
    """Let a receipt about an outgoing message arrive, with changes to what the provider states."""

    def received(kind: Kind, about: Outgoing, *, at=NOON + MINUTE, seal=None, **changes) -> Message:
        letter = Letter(OFFICE, (BRUNO, ELIF), about.message.subject, "")
        stated = provider.statement(kind, letter, NOON)
        changes = {
            "at": at.astimezone(provider.zone),
            "original_message_id": about.message.message_id,
            **changes,
        }
        return take((seal or provider).seal(replace(stated, **changes)), at=at)

    return received


def proof(recipient: str = BRUNO) -> Proof:
    return Proof.objects.get(recipient=recipient)


def problems() -> list[tuple[str, str]]:
    return list(Trouble.objects.filter(solved_at=None).values_list("problem", "detail"))
