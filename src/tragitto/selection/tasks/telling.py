"""Background work: the e-mails that firms are written."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.selection.actions.telling import QUEUE, WRITING, send_letter

#: A mail server that does not answer is tried again for about an hour.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.task(name=WRITING, queue=QUEUE, retry=RETRY)
def write_to_firm(code: str, content: str) -> None:
    """Write to a person of a firm what the firm is told."""
    send_letter(code=code, content=content, actor=Actor.system("task"), at=clock.now())
