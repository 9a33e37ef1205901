"""Background work of the cases: clocks that have stood as long as the law lets them run again."""

from procrastinate.contrib.django import app

from tragitto.cases import actions
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor


@app.periodic(cron="7 * * * *")
@app.task(name="cases.resume_terms", queue="look-out", queueing_lock="cases.resume_terms")
def resume_terms(timestamp: int) -> None:
    """Let every clock run again that has stood as long as it may."""
    actions.resume_over_limit(actor=Actor.system("task"), at=clock.now())
