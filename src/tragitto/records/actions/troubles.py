"""Failures, written down where a person sees them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from tragitto.kernel.actors import Actor
from tragitto.ledger import actions as ledger
from tragitto.records.models import Message, Trouble
from tragitto.records.vocabulary import Problem, Step

#: A reader stopped so often, over so long a time, was not stopped by a passing overload: that lasts minutes,
#: seldom hours. Longer would keep the message out of the register of the day of its arrival.
STOPPED_TRIES = 8
STOPPED_FOR = timedelta(hours=6)


@dataclass(frozen=True)
class About:
    """What a failure concerns: a step of a message, or a file that is no message yet."""

    message: Message | None = None
    step: Step | None = None
    file_name: str = ""


def note(about: About, *, problem: Problem, detail: str, actor: Actor, at: datetime) -> Trouble:
    """Write down a failure; the same one again counts up its tries.

    `detail` holds codes and names of classes, never the text of an exception: that may name people.
    The first of several is told to the ledger. Another problem in the same place begins its own count.
    """
    detail = detail[:200]
    trouble, is_new = Trouble.objects.get_or_create(
        message=about.message,
        step=about.step.value if about.step else "",
        file_name=about.file_name,
        solved_at=None,
        defaults={"problem": problem, "detail": detail, "first_at": at, "last_at": at},
    )
    if not is_new:
        again = Trouble.objects.filter(pk=trouble.pk)
        count = {"tries": F("tries") + 1} if trouble.problem == problem else {"tries": 1, "first_at": at}
        again.update(**count, problem=problem, detail=detail, last_at=at)
    elif about.message:
        facts = {"step": trouble.step, "problem": problem.value}
        ledger.record("message.trouble", subject=about.message.code, actor=actor, at=at, facts=facts)
    return trouble


def solve(about: About, *, actor: Actor, at: datetime) -> None:
    """Mark the open troubles of a message (of one step, if that is named), or of a file, as solved."""
    open_ones = Trouble.objects.filter(message=about.message, file_name=about.file_name, solved_at=None)
    if about.step:
        open_ones = open_ones.filter(step=about.step)
    if open_ones.update(solved_at=at) and about.message:
        ledger.record("message.trouble_solved", subject=about.message.code, actor=actor, at=at)


def is_last_try(about: About, *, at: datetime, problem: Problem = Problem.READER_STOPPED) -> bool:
    """Whether the reader has been stopped in this step so often that the message itself must be the cause.

    So with another `problem` that keeps coming back.
    """
    before = Trouble.objects.filter(message=about.message, step=about.step, problem=problem, solved_at=None)
    return before.filter(tries__gte=STOPPED_TRIES - 1, first_at__lte=at - STOPPED_FOR).exists()
