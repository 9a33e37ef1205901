"""Background work: offers whose term is over."""

from procrastinate.contrib.django import app

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.offering import lapse_offers


@app.periodic(cron="*/15 * * * *")
@app.task(name="selection.lapse_offers", queue="look-out", queueing_lock="selection.lapse_offers")
def lapse_offers_of_rounds(timestamp: int) -> None:
    """Let offers lapse that nobody answered in time, every quarter of an hour."""
    lapse_offers(actor=Actor.system("task"), at=clock.now())
