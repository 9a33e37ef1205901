"""Background work on registrations that were never sent."""

from procrastinate.contrib.django import app

from tragitto.candidates.actions import beginning
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

_HOUSE = Actor.system("task")


@app.periodic(cron="47 3 * * *")
@app.task(name="candidates.forget_drafts", queue="look-out", queueing_lock="candidates.forget_drafts")
def forget_drafts(timestamp: int) -> None:
    """Throw away old registrations that were never sent, every night."""
    beginning.forget_drafts(actor=_HOUSE, at=clock.now())
