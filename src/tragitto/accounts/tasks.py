"""Background work about people: letters and text messages, and what is forgotten at night."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tragitto.accounts import actions
from tragitto.accounts.actions.codes import WRITING_CODE
from tragitto.accounts.actions.signing_up import QUEUE, WRITING
from tragitto.accounts.actions.texting import MOST_SENDINGS, TEXTING
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

#: A mail server that does not answer is tried again for about an hour.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)
#: A gateway is tried more often at first: somebody waits for a code. The action ends it.
TEXT_RETRY = RetryStrategy(max_attempts=MOST_SENDINGS, exponential_wait=4)


@app.task(name=WRITING, queue=QUEUE, retry=RETRY)
def write_to_address(key: str, page: str, onward: str, language: str) -> None:
    """Write to an address that somebody says is theirs."""
    actions.send_address_letter(
        key=key, page=page, onward=onward, language=language, actor=Actor.system("task"), at=clock.now()
    )


@app.task(name=WRITING_CODE, queue=QUEUE, retry=RETRY)
def write_code(key: str, language: str) -> None:
    """Write a one-time code to an address."""
    actions.send_code_letter(key=key, language=language, actor=Actor.system("task"), at=clock.now())


@app.task(name=TEXTING, queue=QUEUE, retry=TEXT_RETRY)
def send_text(code: str) -> None:
    """Send a text message; one that certainly has not left is tried again."""
    actions.send_text(code=code, actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="7 3 * * *")
@app.task(name="accounts.forget_old", queue="look-out", queueing_lock="accounts.forget_old")
def forget_old(timestamp: int) -> None:
    """Erase codes and text messages that are old, every night."""
    actions.forget_old(actor=Actor.system("task"), at=clock.now())
