"""The background job of this room by name, and how it is woken."""

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from tragitto.records.jobs import QUEUE

TAKING_IN = "employers.take_in"
#: People wait for their receipts.
FIRST = 1


def wake() -> None:
    """Have what was sent on line taken in, one job at a time; outside of any transaction.

    When that waits already nothing is written: in the minute of the closing most calls end here.
    """
    if ProcrastinateJob.objects.filter(queueing_lock=TAKING_IN, status="todo").exists():
        return
    with suppress(AlreadyEnqueued):
        app.configure_task(
            TAKING_IN, queue=QUEUE, lock=TAKING_IN, queueing_lock=TAKING_IN, priority=FIRST
        ).defer()
