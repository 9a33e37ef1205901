"""The same request made twice at the same moment is one message; another one under its key is refused."""

from dataclasses import replace

import pytest

from tests.conftest import NOON
from tests.records.conftest import ANOTHER
from tests.records.posting import (  # noqa: F401
    DRAFT,
    connected_post,
    office_mailbox,
    problems,
    sending,
)
from tests.records.test_register import in_threads
from tragitto.kernel.refusals import Blocked
from tragitto.records import actions
from tragitto.records.models import Mailbox, Message, Outgoing, RegisterEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("_time", range(3))
def test_who_comes_second_gets_the_message_that_is_there(send, _time):
    results = in_threads(lambda _subject: send(), ["a", "b", "c"])

    outgoing = Outgoing.objects.get()
    assert results == [outgoing] * 3
    assert (Message.objects.count(), RegisterEntry.objects.get().number) == (1, 1)


def test_of_two_messages_under_one_key_the_second_is_refused(send):
    results = in_threads(lambda subject: send(replace(DRAFT, subject=subject)), ["a", "b"])

    refused = [result for result in results if isinstance(result, Blocked)]
    assert [one.findings[0].code for one in refused] == ["records.key_used"]
    assert Outgoing.objects.count() == 1


def test_so_it_is_between_the_mailboxes_of_two_offices(send, carla, carla_elsewhere):
    elsewhere = Mailbox.objects.get(address=ANOTHER)
    by_office = {
        "here": send,
        "there": lambda: actions.send(
            key="request C-1", mailbox=elsewhere, draft=DRAFT, actor=carla_elsewhere, at=NOON
        ),
    }

    results = in_threads(lambda office: by_office[office](), list(by_office))

    assert sum(isinstance(result, Blocked) for result in results) == 1
    assert Outgoing.objects.count() == 1
