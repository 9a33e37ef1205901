"""Background jobs by name: put down in the transaction that makes them necessary."""

from procrastinate.contrib.django import app

from tragitto.records.models import Message
from tragitto.records.vocabulary import Step

QUEUE = "records"


def name_of(step: Step) -> str:
    """The name of the task that does a step."""
    return f"records.{step.value}"


def step_of(task_name: str) -> Step | None:
    """The step that a task does; None for a task of another kind."""
    return next((step for step in Step if name_of(step) == task_name), None)


def defer(step: Step, message: Message) -> None:
    """Have `step` done to `message` once this transaction has committed; one step of a message at a time."""
    app.configure_task(name_of(step), queue=QUEUE, lock=message.code).defer(code=message.code)
