"""Background work about requests for information."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tragitto.employers import actions
from tragitto.employers.actions.enquiring_mail import QUEUE, WRITING
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

#: A mail server that does not answer is tried again for about an hour and a half.
RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.periodic(cron="7 * * * *")
@app.task(name="employers.escalate_enquiries", queue="look-out", queueing_lock="employers.escalate_enquiries")
def escalate_enquiries(timestamp: int) -> None:
    """Raise every request that nobody answered in time, every hour."""
    actions.escalate_overdue(actor=Actor.system("task"), at=clock.now())


@app.task(name=WRITING, queue=QUEUE, retry=RETRY)
def write_about_enquiry(code: str, about: str, number: int = 0) -> None:
    """Write to those whom a request concerns."""
    house = Actor.system("task")
    actions.write_about_enquiry(code=code, about=about, number=number, actor=house, at=clock.now())
