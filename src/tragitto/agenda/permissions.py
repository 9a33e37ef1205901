"""Who may meet deadlines and do tasks."""

from tragitto.agenda.models import Deadline, Task
from tragitto.kernel.actors import Actor


def may_meet(actor: Actor, deadline: Deadline) -> bool:
    """The house itself, and officers and reviewers of the organisation that holds the deadline."""
    if actor.is_system:
        return True
    return actor.has("officer", "reviewer") and actor.organisation == deadline.holder.code


def may_do(actor: Actor, task: Task) -> bool:
    """The house itself, and officers and administrators of the organisation that holds the task."""
    if actor.is_system:
        return True
    return actor.has("officer", "administrator") and actor.organisation == task.holder.code
