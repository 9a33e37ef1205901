"""Background work on registrations by others: trying, applying, telling the people, forgetting rows."""

from collections.abc import Callable

from procrastinate.contrib.django import app

from tragitto.candidates.actions import applying, checking, forgetting_batches, welcoming
from tragitto.candidates.actions.batches import APPLYING, CHECKING, QUEUE
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

_HOUSE = Actor.system("task")


@app.task(name=CHECKING, queue=QUEUE)
def check_batch(code: str) -> None:
    """Try a batch."""
    _or_fail(code, lambda: checking.check(code=code, actor=_HOUSE, at=clock.now()))


@app.task(name=APPLYING, queue=QUEUE)
def apply_batch(code: str) -> None:
    """Enter a batch."""
    _or_fail(code, lambda: applying.enter_batch(code=code, actor=_HOUSE, at=clock.now()))


@app.task(name=welcoming.TELLING, queue=welcoming.QUEUE, queueing_lock=welcoming.TELLING)
def tell_registered() -> None:
    """Tell people that others registered them."""
    welcoming.tell_registered(actor=_HOUSE, at=clock.now())


@app.periodic(cron="37 6 * * *")
@app.task(name="candidates.tell_again", queue="look-out", queueing_lock="candidates.tell_again")
def tell_again(timestamp: int) -> None:
    """Try every morning to tell those who could not be reached so far."""
    welcoming.tell_registered(actor=_HOUSE, at=clock.now())


@app.periodic(cron="27 3 * * *")
@app.task(name="candidates.forget_batches", queue="look-out", queueing_lock="candidates.forget_batches")
def forget_batches(timestamp: int) -> None:
    """Erase the rows of old batches, every night."""
    forgetting_batches.forget_batches(actor=_HOUSE, at=clock.now())


def _or_fail(code: str, work: Callable[[], None]) -> None:
    """Do `work`; where it breaks, whoever waits for the batch is told, and so is whoever runs the house."""
    try:
        work()
    except Exception:
        applying.fail_batch(code=code, actor=_HOUSE, at=clock.now())
        raise
