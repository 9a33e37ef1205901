"""Background work on mailboxes: one look at a time, and what is sent leaves by itself."""

import asyncio

import pytest
from django.core import mail
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.records.conftest import OFFICE
from tests.records.made_up_mailbox import connected_mailbox, first_folder, raw  # noqa: F401
from tests.records.posting import DRAFT
from tragitto.gateways.made_up import MadeUpMailbox
from tragitto.kernel import clock
from tragitto.records import actions, jobs, ports, tasks
from tragitto.records.models import Mailbox, Message, Outgoing, Reconciliation, Trouble
from tragitto.records.vocabulary import MessageState, OutgoingState, Problem

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_jobs(monkeypatch) -> None:
    """The tables of jobs are not Django's: they are emptied by hand; threads leave nothing open."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def waiting(queue: str = jobs.POST) -> list[tuple[str, dict]]:
    rows = ProcrastinateJob.objects.filter(status="todo", queue_name=queue).order_by("id")
    return [(job.task_name, job.args) for job in rows]


def work() -> None:
    """A worker that does everything there is to do in this room, and stops."""
    worker_app = app.with_connector(app.connector.get_worker_connector())

    async def run() -> None:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                wait=False,
                install_signal_handlers=False,
                listen_notify=False,
                queues=[jobs.QUEUE, jobs.POST],
            )

    asyncio.run(run())


def test_every_connected_mailbox_is_looked_at_once_however_often_it_is_time(mailbox):
    for minute in range(3):
        tasks.look_at_mailboxes(minute)

    assert waiting() == [(jobs.FETCHING, {"address": OFFICE})]


def test_a_mailbox_of_nobody_is_not_looked_at(mailbox):
    ports.post().mailboxes["altra@pec.ufficio.example"] = MadeUpMailbox()

    tasks.look_at_mailboxes(0)

    assert waiting() == [(jobs.FETCHING, {"address": OFFICE})]


def test_a_worker_carries_a_mailbox_to_the_desk(inbox):
    inbox.put(raw(1))
    tasks.look_at_mailboxes(0)

    work()

    assert Message.objects.get().state == MessageState.SORTING
    assert waiting() == []


def test_what_is_left_follows_in_a_job_of_its_own(inbox, monkeypatch):
    for number in range(3):
        inbox.put(raw(number))
    taken = actions.fetch

    monkeypatch.setattr(actions, "fetch", lambda **passed: taken(**passed, at_once=2))
    tasks.fetch_mailbox(OFFICE)

    assert (Message.objects.count(), waiting()) == (2, [(jobs.FETCHING, {"address": OFFICE})])


def test_every_night_each_mailbox_is_compared(inbox):
    inbox.put(raw(1))
    tasks.reconcile_mailboxes(0)

    work()

    assert Reconciliation.objects.get().taken == 1


def test_a_night_without_a_server_is_noted_and_the_job_does_not_fail(mailbox, inbox):
    mailbox.breaks_at = {inbox.put(raw(1))}
    tasks.reconcile_mailboxes(0)

    work()

    assert Trouble.objects.get(solved_at=None).problem == Problem.MAILBOX_UNREACHABLE
    assert not ProcrastinateJob.objects.filter(queue_name=jobs.POST, status="failed").exists()


def test_a_message_written_down_leaves_by_itself(mailbox, carla):
    office = Mailbox.objects.get(address=OFFICE)
    actions.send(key="request", mailbox=office, draft=DRAFT, actor=carla, at=clock.now())

    work()

    assert Outgoing.objects.get().state == OutgoingState.SENT
    assert len(ports.post().sent) == 1


def test_what_could_not_leave_is_taken_up_by_the_look_out(mailbox, carla):
    office = Mailbox.objects.get(address=OFFICE)
    ports.post().fault = ports.SendingPostponed("Connection refused")
    actions.send(key="request", mailbox=office, draft=DRAFT, actor=carla, at=clock.now())
    work()
    early = tasks.follow_outgoing(0) or waiting()
    Outgoing.objects.update(next_try_at=clock.now())

    tasks.follow_outgoing(0)
    work()

    assert early == []
    assert Outgoing.objects.get().state == OutgoingState.SENT


def test_no_digest_leaves_where_no_mail_may(mailbox, inbox, settings):
    settings.CAN_SEND_MAIL = False
    mailbox.withholds = {inbox.put(raw(1))}
    tasks.fetch_mailbox(OFFICE)

    tasks.send_digests(0)

    assert mail.outbox == []
