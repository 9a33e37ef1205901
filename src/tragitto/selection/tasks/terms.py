"""Background work: what a round waits for, on the desk's agenda, and reminders before a term is over."""

from procrastinate.contrib.django import app

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.late import remind_the_late
from tragitto.selection.actions.to_do import keep_all


@app.periodic(cron="3-59/15 * * * *")
@app.task(name="selection.remind_the_late", queue="look-out", queueing_lock="selection.remind_the_late")
def remind_the_late_of_rounds(timestamp: int) -> None:
    """Remind who has not ranked, written a sheet or made an offer, every quarter of an hour."""
    remind_the_late(actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="8-59/15 * * * *")
@app.task(name="selection.keep_to_do", queue="look-out", queueing_lock="selection.keep_to_do")
def keep_to_do_of_rounds(timestamp: int) -> None:
    """Put on the desk's agenda what rounds wait for, every quarter of an hour."""
    keep_all(actor=Actor.system("task"), at=clock.now())
