"""Background work: the questions whether people are still interested, and what follows from silence."""

from procrastinate.contrib.django import app

from tragitto.candidates.actions.tending import tend
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor


@app.periodic(cron="23 7 * * *")
@app.task(name="candidates.tend", queue="look-out", queueing_lock="candidates.tend")
def tend_standing(timestamp: int) -> None:
    """Ask, remind and let lapse as the clock of each roster says, every morning."""
    tend(actor=Actor.system("task"), at=clock.now())
