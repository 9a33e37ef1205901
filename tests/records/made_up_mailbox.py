"""The office's mailbox on a made-up server, for the stories of what is fetched."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.records.conftest import OFFICE
from tragitto.gateways.made_up import MadeUpFolder, MadeUpMailbox, MadeUpPost
from tragitto.kernel.actors import Actor
from tragitto.records import actions, ports, queries
from tragitto.records.models import Message, Reconciliation

SYSTEM = Actor.system("imap")
DAY = timedelta(days=1)


@pytest.fixture(name="mailbox")
def connected_mailbox(mailboxes) -> Iterator[MadeUpMailbox]:
    """The office's mailbox on a made-up server, connected to the house."""
    made_up = MadeUpMailbox()
    before = ports.post()
    ports.use(MadeUpPost({OFFICE: made_up}))
    yield made_up
    ports.use(before)


@pytest.fixture(name="inbox")
def first_folder(mailbox) -> MadeUpFolder:
    return mailbox.held["INBOX"]


def raw(number: int) -> bytes:
    return b"Subject: %d\r\n\r\nciao\r\n" % number


def fetch(at=NOON, **how) -> actions.Fetching:
    return actions.fetch(address=OFFICE, actor=SYSTEM, at=at, **how)


def reconcile(at=NOON) -> list[Reconciliation]:
    return list(actions.reconcile(address=OFFICE, actor=SYSTEM, at=at))


def kept() -> list[bytes]:
    return [queries.content(message.raw) for message in Message.objects.order_by("pk")]
