"""Running the steps: one at a time for a job, all of them for whoever waits, again for what got stuck."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tragitto.kernel.actors import Actor
from tragitto.records import jobs, queries, reader, scanner, stores
from tragitto.records.actions.opening import open_message
from tragitto.records.actions.placing import place_by_itself
from tragitto.records.actions.registering import register_message
from tragitto.records.actions.splitting import split_message
from tragitto.records.actions.troubles import About, note
from tragitto.records.models import Message, Trouble
from tragitto.records.vocabulary import NEXT_STEP, Problem, Step

STEPS: dict[Step, Callable[..., Message]] = {
    Step.OPEN: open_message,
    Step.REGISTER: register_message,
    Step.SPLIT: split_message,
    Step.PLACE: place_by_itself,
}
#: A message that has not moved for so long, without a job that will move it, gets one.
STUCK_AFTER = timedelta(minutes=2)
#: The longest pause between two tries of a step that keeps failing.
LONGEST_PAUSE = timedelta(hours=6)

_PROBLEMS: tuple[tuple[type[Exception], Problem], ...] = (
    (stores.ContentMissing, Problem.CONTENT_MISSING),
    (stores.ContentChanged, Problem.CONTENT_CHANGED),
    (reader.ReaderStopped, Problem.READER_STOPPED),
    (scanner.ScannerSilent, Problem.SCANNER_SILENT),
)


class StepFailed(Exception):
    """A step failed and was noted as a trouble; only codes and a class name, so that it can be logged."""


def attempt(*, code: str, step: Step, actor: Actor, at: datetime, by_job: bool = False) -> Message:
    """Do one step of a message; a failure is written down for the desk and raised as `StepFailed`."""
    try:
        return STEPS[step](code=code, actor=actor, at=at, by_job=by_job)
    except Exception as error:
        problem = next((word for kind, word in _PROBLEMS if isinstance(error, kind)), Problem.UNEXPECTED)
        detail = type(error).__name__
        with transaction.atomic():
            about = About(Message.objects.get(code=code), step)
            note(about, problem=problem, detail=detail, actor=actor, at=at)
        failure = f"{code} {step.value}: {detail}"
    # Outside the handler, so that the text of the first exception is not chained into a log.
    raise StepFailed(failure)


def carry_through(*, message: Message, actor: Actor, at: datetime) -> Message:
    """Do all steps a message still waits for, each in its own transaction; stops where one fails."""
    while step := message.due:
        try:
            message = attempt(code=message.code, step=step, actor=actor, at=at)
        except StepFailed:
            return message
    return message


def requeue_stuck(*, actor: Actor, at: datetime) -> list[str]:
    """Give a job to every message that should have moved on and has none; returns their codes.

    A step that has failed pauses longer after each try, up to `LONGEST_PAUSE`. One that ended the process
    again and again is left to a person.
    """
    waiting = {
        str(arguments.get("code"))
        for arguments in ProcrastinateJob.objects.filter(
            queue_name=jobs.QUEUE, status__in=("todo", "doing")
        ).values_list("args", flat=True)
    }
    pausing = {
        trouble.message_id
        for trouble in Trouble.objects.filter(solved_at=None, message__state__in=list(NEXT_STEP))
        if trouble.problem == Problem.WORKER_DIED
        or at < trouble.last_at + min(STUCK_AFTER * 2 ** min(trouble.tries, 16), LONGEST_PAUSE)
    }
    requeued = []
    for message in queries.stuck(before=at - STUCK_AFTER):
        if message.due and message.code not in waiting and message.pk not in pausing:
            jobs.defer(message.due, message)
            requeued.append(message.code)
    return requeued


@transaction.atomic
def give_up(*, code: str, step: Step, tries: int, actor: Actor, at: datetime) -> None:
    """Note that the process at work on this step has died `tries` times: the look-out leaves it alone.

    Taking the same file in again tries the step once more.
    """
    about = About(queries.locked(code), step)
    note(about, problem=Problem.WORKER_DIED, detail=f"{tries} tries", actor=actor, at=at)
