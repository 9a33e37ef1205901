"""Background work: each job does one step of one message; the look-out finds what got stuck."""

from contextlib import suppress
from pathlib import Path

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.records import actions, jobs, ports
from tragitto.records.vocabulary import Step

#: Then the look-out takes over, with longer pauses.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=3)

#: Machines are restarted now and then, but hardly five times during one step of one message.
MOST_DEATHS = 5

#: What gives the work of the dead to others must not wait behind all the others' work.
FIRST = 1


def _do(step: Step, code: str) -> None:
    actor = Actor.system("task")
    actions.attempt(code=code, step=step, actor=actor, at=clock.now(), by_job=True)


@app.task(name=jobs.name_of(Step.OPEN), queue=jobs.QUEUE, retry=RETRY)
def open_message(code: str) -> None:
    """Read a kept message."""
    _do(Step.OPEN, code)


@app.task(name=jobs.name_of(Step.REGISTER), queue=jobs.QUEUE, retry=RETRY)
def register_message(code: str) -> None:
    """Enter a read message into the register."""
    _do(Step.REGISTER, code)


@app.task(name=jobs.name_of(Step.SPLIT), queue=jobs.QUEUE, retry=RETRY)
def split_message(code: str) -> None:
    """Keep the files of a registered message."""
    _do(Step.SPLIT, code)


@app.task(name=jobs.name_of(Step.PLACE), queue=jobs.QUEUE, retry=RETRY)
def place_message(code: str) -> None:
    """Put a split message where it belongs."""
    _do(Step.PLACE, code)


@app.periodic(cron="* * * * *")
@app.task(name="records.look_out", queue="look-out", queueing_lock="records.look_out")
def look_out(timestamp: int) -> None:
    """Give a job to messages that got stuck without one."""
    actions.requeue_stuck(actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="records.check_again", queue="look-out", queueing_lock="records.check_again")
def check_again(timestamp: int) -> None:
    """Check for viruses what the scanner could not look into an hour ago."""
    actions.check_failed_again(actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="* * * * * */10")
@app.task(name="records.watch_folder", queue="look-out", queueing_lock="records.watch_folder", lock="inbox")
def watch_folder(timestamp: int) -> None:
    """Take in what lies in the watched folder, if there is one."""
    folder = str(getattr(settings, "INBOX", ""))
    if folder and Path(folder).is_dir():
        actions.take_from_folder(Path(folder), actor=Actor.system("folder"), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="records.look_at_mailboxes", queue="look-out", queueing_lock="records.look_at_mailboxes")
def look_at_mailboxes(timestamp: int) -> None:
    """Have every connected mailbox fetched; one that is being fetched is left alone."""
    for address in actions.note_connections(actor=Actor.system("task"), at=clock.now()):
        jobs.defer_fetching(address)


@app.task(name=jobs.FETCHING, queue=jobs.POST)
def fetch_mailbox(address: str) -> None:
    """Take in what is new in a mailbox; what is left follows in a job of its own."""
    found = actions.fetch(address=address, actor=Actor.system("imap"), at=clock.now())
    if found.has_more and not found.failure:
        jobs.defer_fetching(address)


@app.periodic(cron="41 4 * * *")
@app.task(name="records.reconcile_mailboxes", queue="look-out", queueing_lock="records.reconcile_mailboxes")
def reconcile_mailboxes(timestamp: int) -> None:
    """Have every connected mailbox compared with the house, every night."""
    for address in actions.note_connections(actor=Actor.system("task"), at=clock.now()):
        jobs.defer_reconciling(address)


@app.task(name=jobs.RECONCILING, queue=jobs.POST)
def reconcile_mailbox(address: str) -> None:
    """Compare one mailbox with the house; that it could not be opened is noted for the desk."""
    with suppress(ports.PostFailed):
        actions.reconcile(address=address, actor=Actor.system("imap"), at=clock.now())


@app.task(name=jobs.SENDING, queue=jobs.POST)
def send_message(code: str) -> None:
    """Send an outgoing message; what goes wrong is noted, and the look-out tries again when it is time."""
    actions.deliver(code=code, actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="records.follow_outgoing", queue="look-out", queueing_lock="records.follow_outgoing")
def follow_outgoing(timestamp: int) -> None:
    """Look after messages of ours: those that wait, those that got lost, receipts that are overdue."""
    actions.follow_outgoing(actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="23 5 * * *")
@app.task(name="records.send_digests", queue="look-out", queueing_lock="records.send_digests")
def send_digests(timestamp: int) -> None:
    """Tell those who look after an office, every morning, what went wrong."""
    if getattr(settings, "CAN_SEND_MAIL", False):
        actions.send_digests(actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(
    name="records.retry_stalled",
    queue="look-out",
    queueing_lock="records.retry_stalled",
    priority=FIRST,
    pass_context=True,
)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give jobs whose worker has died to another; every job of the house is safe to do again.

    A message whose step has been put back so often that it must be the cause is left to a person.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts >= MOST_DEATHS and (step := jobs.step_of(job.task_name)):
            await sync_to_async(_give_up)(str(job.task_kwargs["code"]), step, job.attempts)
            await manager.finish_job(job, Status.FAILED, delete_job=False)
        else:
            await _put_back(manager, job)


async def _put_back(manager: JobManager, job: Job) -> None:
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        # The same work waits already, for the lock that this one holds.
        await manager.finish_job(job, Status.FAILED, delete_job=True)


def _give_up(code: str, step: Step, tries: int) -> None:
    try:
        actions.give_up(code=code, step=step, tries=tries, actor=Actor.system("task"), at=clock.now())
    finally:
        close_old_connections()  # this thread is not one that Django or the worker looks after
