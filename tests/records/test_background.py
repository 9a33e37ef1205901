"""Background work: a job for each step in the same transaction, a look-out for what got stuck."""

import asyncio
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.conftest import NOON
from tests.records.conftest import OFFICE
from tragitto.kernel.actors import Actor
from tragitto.records import actions, jobs, queries, tasks
from tragitto.records.models import Message, RegisterEntry, Trouble
from tragitto.records.vocabulary import MessageState, Step

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system("task")
LATER = NOON + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _no_jobs(monkeypatch) -> None:
    """The tables of jobs are not Django's: they are emptied by hand; threads leave nothing open."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def waiting() -> list[tuple[str, str]]:
    rows = ProcrastinateJob.objects.filter(status="todo", queue_name=jobs.QUEUE).order_by("id")
    return [(job.task_name, job.args["code"]) for job in rows]


def work() -> None:
    """A worker that does everything there is to do, as the one of `serve` does, and stops."""
    worker_app = app.with_connector(app.connector.get_worker_connector())

    async def run() -> None:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                wait=False, install_signal_handlers=False, listen_notify=False, queues=[jobs.QUEUE]
            )

    asyncio.run(run())


def keep(raw: bytes) -> Message:
    return actions.keep(raw, door="folder", actor=SYSTEM, at=NOON).message


def test_keeping_puts_down_the_job_that_opens_it(submission):
    message = keep(submission)

    assert waiting() == [("records.open", message.code)]


def test_the_job_falls_with_the_transaction(submission):
    with pytest.raises(RuntimeError), transaction.atomic():
        keep(submission)
        raise RuntimeError

    assert (waiting(), Message.objects.count()) == ([], 0)


def test_each_step_puts_down_the_next(submission):
    message = keep(submission)

    tasks.open_message(message.code)
    tasks.register_message(message.code)

    assert [name for name, _code in waiting()] == ["records.open", "records.register", "records.split"]


def test_a_worker_carries_a_message_to_the_desk(submission):
    message = keep(submission)

    work()

    message.refresh_from_db()
    assert (message.state, message.entry.number) == (MessageState.SORTING, 1)
    assert waiting() == []


def test_a_step_that_fails_is_noted_and_its_job_tried_again(submission, settings, tmp_path):
    message = keep(submission)
    settings.DOCUMENTS = str(tmp_path / "lost")

    work()

    trouble = Trouble.objects.get()
    assert (trouble.message, trouble.problem) == (message, "content_missing")
    assert ProcrastinateJob.objects.get(status="todo", queue_name=jobs.QUEUE).attempts == 1


def test_a_failure_carries_no_word_of_the_message_into_the_log(submission, caplog, monkeypatch):
    message = keep(submission)

    def leak(**_passed):
        raise RuntimeError("bruno@pec.impresa.example")

    monkeypatch.setitem(actions.STEPS, Step.OPEN, leak)
    work()

    assert "bruno" not in caplog.text
    assert Trouble.objects.get().message == message


def test_a_message_stuck_without_a_job_gets_one(submission):
    message = actions.keep(submission, door="cli", actor=SYSTEM, at=NOON, by_job=False).message

    assert actions.requeue_stuck(actor=SYSTEM, at=LATER) == [message.code]
    assert waiting() == [("records.open", message.code)]


def test_a_message_that_has_a_job_gets_no_second_one(submission):
    keep(submission)

    assert actions.requeue_stuck(actor=SYSTEM, at=LATER) == []


def test_a_message_that_has_just_moved_is_left_alone(submission):
    actions.keep(submission, door="cli", actor=SYSTEM, at=NOON, by_job=False)

    assert actions.requeue_stuck(actor=SYSTEM, at=NOON + timedelta(seconds=30)) == []


def test_a_step_that_keeps_failing_pauses_longer(submission, settings, tmp_path):
    message = actions.keep(submission, door="cli", actor=SYSTEM, at=NOON, by_job=False).message
    settings.DOCUMENTS = str(tmp_path / "lost")
    for _try in range(4):
        with pytest.raises(actions.StepFailed):
            actions.attempt(code=message.code, step=Step.OPEN, actor=SYSTEM, at=NOON)

    assert actions.requeue_stuck(actor=SYSTEM, at=LATER) == []
    assert actions.requeue_stuck(actor=SYSTEM, at=NOON + timedelta(hours=1)) == [message.code]


def test_a_message_at_rest_is_never_requeued(take, submission):
    take(submission)

    assert actions.requeue_stuck(actor=SYSTEM, at=LATER) == []


@pytest.mark.slow
def test_a_job_whose_worker_died_is_given_to_another(submission):
    message = keep(submission)
    dies()

    stalled_jobs_are_retried()
    work()

    message.refresh_from_db()
    assert message.state == MessageState.SORTING
    assert RegisterEntry.objects.count() == 1


def dies(job_attempts: int = 0, *, silent_for: int = 3600) -> None:
    """A worker takes all jobs there are and is not heard of again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [silent_for],
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = lastval(), attempts = %s",
            [job_attempts],
        )


def test_a_message_that_kills_its_workers_is_left_to_a_person(submission):
    message = keep(submission)
    dies(tasks.MOST_DEATHS)

    stalled_jobs_are_retried()
    work()

    message.refresh_from_db()
    trouble = message.troubles.get()
    assert (message.state, trouble.problem, trouble.step) == (MessageState.KEPT, "worker_died", "open")
    assert ProcrastinateJob.objects.get(task_name="records.open").status == "failed"


def test_the_look_out_does_not_put_such_a_message_back(submission):
    message = keep(submission)
    dies(tasks.MOST_DEATHS)
    stalled_jobs_are_retried()

    assert actions.requeue_stuck(actor=SYSTEM, at=NOON + timedelta(days=400)) == []
    assert actions.carry_through(message=message, actor=SYSTEM, at=NOON).state == MessageState.SORTING
    assert message.troubles.get().solved_at == NOON


def test_what_waits_once_more_already_does_not_keep_the_dead_in_their_place(submission):
    """A mailbox is fetched every minute: by the time its worker is known to be dead, that waits again."""
    jobs.defer_fetching(OFFICE)
    message = keep(submission)
    dies()
    jobs.defer_fetching(OFFICE)

    stalled_jobs_are_retried()
    work()

    message.refresh_from_db()
    fetching = ProcrastinateJob.objects.filter(task_name=jobs.FETCHING)
    assert (message.state, [job.status for job in fetching]) == (MessageState.SORTING, ["todo"])


def test_a_worker_counts_as_dead_half_a_minute_after_its_last_sign_of_life(submission):
    message = keep(submission)

    dies(silent_for=25)
    stalled_jobs_are_retried()
    too_early = Message.objects.get().state
    dies(silent_for=31)
    stalled_jobs_are_retried()

    message.refresh_from_db()
    assert (too_early, message.state) == (MessageState.KEPT, MessageState.SORTING)


def test_reviving_the_work_of_the_dead_comes_before_everything_else(submission):
    keep(submission)
    tasks.retry_stalled.configure(queue=jobs.QUEUE).defer(timestamp=0)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name FROM procrastinate_fetch_job_v2(%s::varchar[], NULL)", [[jobs.QUEUE]]
        )

        assert cursor.fetchone() == ("records.retry_stalled",)


def test_a_row_that_points_to_a_message_need_not_wait_for_its_lock(submission):
    message = keep(submission)

    with transaction.atomic():
        queries.locked(message.code)
        with connections["default"].copy().cursor() as other:
            other.execute("SET lock_timeout = '1s'")
            other.execute("SELECT 1 FROM message WHERE code = %s FOR KEY SHARE", [message.code])
            assert other.fetchone() == (1,)
            other.connection.rollback()
            other.connection.close()


def stalled_jobs_are_retried() -> None:
    app.configure_task("records.retry_stalled", queue=jobs.QUEUE).defer(timestamp=0)
    work()
