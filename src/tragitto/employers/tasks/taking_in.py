"""Background work about what was sent on line: into the register, in the order in which it came."""

import logging

from procrastinate.contrib.django import app

from tragitto.employers import actions, jobs
from tragitto.employers.queries import submissions as queries
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

log = logging.getLogger(__name__)


@app.task(name=jobs.TAKING_IN)
def take_in() -> None:
    """Take in everything that waits, one by one; one that fails stops no other, and is tried again."""
    actor = Actor.system("task")
    for code in queries.waiting_to_be_taken_in():
        try:
            actions.take_in_submission(code=code, actor=actor, at=clock.now())
        except Exception as error:
            log.error("filing %s could not be taken in: %s", code, type(error).__name__)
    actions.note_what_waits(actor=actor, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="employers.look_out", queue="look-out", queueing_lock="employers.look_out")
def look_out(timestamp: int) -> None:
    """Have taken in what a process that was ended left, and said what rests at the desk, every minute."""
    if queries.waiting_to_be_taken_in() or queries.left_at_the_desk().exists():
        jobs.wake()
