"""Background work: every night everybody on each roster is compared with everybody."""

from procrastinate.contrib.django import app

from tragitto.candidates.actions.comparing import compare_every_roster
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor


@app.periodic(cron="43 2 * * *")
@app.task(name="candidates.compare", queue="look-out", queueing_lock="candidates.compare")
def compare_rosters(timestamp: int) -> None:
    """Write down who looks like whom, every night: what no single change could show."""
    compare_every_roster(actor=Actor.system("task"), at=clock.now())
