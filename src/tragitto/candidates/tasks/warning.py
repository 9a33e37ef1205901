"""Background work: people are told in time that a document of theirs runs out."""

from procrastinate.contrib.django import app

from tragitto.candidates.actions.warning import warn
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor


@app.periodic(cron="47 8 * * *")
@app.task(name="candidates.warn", queue="look-out", queueing_lock="candidates.warn")
def warn_of_documents(timestamp: int) -> None:
    """Tell people whose documents run out, every morning."""
    warn(actor=Actor.system("task"), at=clock.now())
