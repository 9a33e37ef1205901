"""Background work about people: the letters that prove an address."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tragitto.accounts import actions
from tragitto.accounts.actions.signing_up import QUEUE, WRITING
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

#: A mail server that does not answer is tried again for about an hour.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.task(name=WRITING, queue=QUEUE, retry=RETRY)
def write_to_address(key: str, page: str, onward: str, language: str) -> None:
    """Write to an address that somebody says is theirs."""
    actions.send_address_letter(
        key=key, page=page, onward=onward, language=language, actor=Actor.system("task"), at=clock.now()
    )
