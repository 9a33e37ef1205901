"""Background work: meetings that are off because somebody left, and reminders of the others."""

from procrastinate.contrib.django import app

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.releasing import release
from tragitto.selection.actions.reminding import remind


@app.periodic(cron="*/10 * * * *")
@app.task(name="selection.remind", queue="look-out", queueing_lock="selection.remind")
def remind_of_meetings(timestamp: int) -> None:
    """Remind both sides of meetings that are near, every ten minutes."""
    remind(actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="5-59/10 * * * *")
@app.task(name="selection.release", queue="look-out", queueing_lock="selection.release")
def release_meetings(timestamp: int) -> None:
    """Cancel meetings of who left, every ten minutes, between the reminders."""
    release(actor=Actor.system("task"), at=clock.now())
