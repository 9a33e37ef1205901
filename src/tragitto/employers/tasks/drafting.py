"""Background work about drafts that are kept no longer."""

from procrastinate.contrib.django import app

from tragitto.employers import actions
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor


@app.periodic(cron="37 3 * * *")
@app.task(name="employers.forget_drafts", queue="look-out", queueing_lock="employers.forget_drafts")
def forget_drafts(timestamp: int) -> None:
    """Delete drafts that nobody sent and whose time is over, every night."""
    actions.forget_drafts(actor=Actor.system("task"), at=clock.now())
