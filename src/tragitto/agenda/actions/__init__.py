"""The verbs of the agenda: set a deadline and meet it; set a task, do it, pass it on when it is late."""

from tragitto.agenda.actions.deadlines import Due, meet, meet_all, set_deadline
from tragitto.agenda.actions.resuming import lift
from tragitto.agenda.actions.suspending import Pause, move_limit, suspend
from tragitto.agenda.actions.tasks import Doing, do_task, escalate_task, give_task, set_task

__all__ = [
    "Doing",
    "Due",
    "Pause",
    "do_task",
    "escalate_task",
    "give_task",
    "lift",
    "meet",
    "meet_all",
    "move_limit",
    "set_deadline",
    "set_task",
    "suspend",
]
