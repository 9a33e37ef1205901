"""Background jobs by name: put down in the transaction that makes them necessary."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tragitto.records.models import Message
from tragitto.records.vocabulary import Step

QUEUE = "records"
#: Talking to mail servers takes its time: a queue of its own.
POST = "post"
SENDING = "records.send"
FETCHING = "records.fetch"
RECONCILING = "records.reconcile"


def name_of(step: Step) -> str:
    """The name of the task that does a step."""
    return f"records.{step.value}"


def step_of(task_name: str) -> Step | None:
    """The step that a task does; None for a task of another kind."""
    return next((step for step in Step if name_of(step) == task_name), None)


def defer(step: Step, message: Message) -> None:
    """Have `step` done to `message` once this transaction has committed; one step of a message at a time."""
    app.configure_task(name_of(step), queue=QUEUE, lock=message.code).defer(code=message.code)


def defer_sending(code: str) -> None:
    """Have an outgoing message sent once this transaction has committed; one try at a time."""
    app.configure_task(SENDING, queue=POST, lock=code).defer(code=code)


def defer_fetching(address: str) -> bool:
    """Have a mailbox fetched; False when that waits already. Outside of any transaction."""
    return _defer_once(FETCHING, address)


def defer_reconciling(address: str) -> bool:
    """Have a mailbox compared with the house; as `defer_fetching`."""
    return _defer_once(RECONCILING, address)


def _defer_once(task: str, address: str) -> bool:
    # One look into a mailbox at a time, whatever it is for: the server may allow no second one.
    waiting = app.configure_task(task, queue=POST, lock=f"post {address}", queueing_lock=f"{task} {address}")
    try:
        waiting.defer(address=address)
    except AlreadyEnqueued:
        return False
    return True
