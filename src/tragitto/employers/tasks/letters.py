"""Background work about letters: which have arrived."""

from procrastinate.contrib.django import app

from tragitto.employers import actions
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor


@app.periodic(cron="* * * * *")
@app.task(name="employers.follow_letters", queue="look-out", queueing_lock="employers.follow_letters")
def follow_letters(timestamp: int) -> None:
    """Write down which letters have arrived, and let terms run from there."""
    actions.follow_deliveries(actor=Actor.system("task"), at=clock.now())
