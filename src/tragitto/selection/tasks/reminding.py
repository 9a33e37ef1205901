"""Background work: meetings that are off because somebody left, and reminders of the others."""

from procrastinate.contrib.django import app

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.releasing import release
from tragitto.selection.actions.reminding import remind


@app.periodic(cron="*/10 * * * *")
@app.task(name="selection.remind", queue="look-out", queueing_lock="selection.remind")
def remind_of_meetings(timestamp: int) -> None:
    """Cancel meetings of who left, and remind both sides of those that are near, every ten minutes."""
    actor, now = Actor.system("task"), clock.now()
    release(actor=actor, at=now)
    remind(actor=actor, at=now)
