"""Background work: the e-mails that people on the roster are written."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tragitto.candidates.actions.telling import QUEUE, WRITING, send_letter
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

#: A mail server that does not answer is tried again for about an hour.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.task(name=WRITING, queue=QUEUE, retry=RETRY)
def write_to_person(code: str, content: str) -> None:
    """Write to a person what they are told."""
    send_letter(code=code, content=content, actor=Actor.system("task"), at=clock.now())
