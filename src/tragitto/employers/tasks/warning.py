"""Background work about drafts that nobody has sent."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tragitto.employers import actions
from tragitto.employers.actions.warning import QUEUE, WRITING
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

#: A mail server that does not answer is tried again for about an hour and a half.
RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.periodic(cron="*/5 * * * *")
@app.task(name="employers.warn_draft_holders", queue="look-out", queueing_lock="employers.warn_draft_holders")
def warn_draft_holders(timestamp: int) -> None:
    """Tell the holders of unsent drafts that the closing comes near, or has passed."""
    actions.warn_draft_holders(actor=Actor.system("task"), at=clock.now())


@app.task(name=WRITING, queue=QUEUE, retry=RETRY)
def write_to_draft_holder(code: str, kind: str, window: int, hours: int) -> None:
    """Write to the holder of a draft what they are warned of."""
    actions.write_to_draft_holder(
        code=code, kind=kind, window=window, hours=hours, actor=Actor.system("task"), at=clock.now()
    )
