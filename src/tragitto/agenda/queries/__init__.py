"""Questions to the agenda: what is due, what was, what somebody should do."""

from tragitto.agenda.queries.deadlines import due, first_of, get_for, of_subject
from tragitto.agenda.queries.suspensions import (
    open_suspension,
    over_limit,
    standing_still,
    stands_by,
    stops_of,
    times_stopped,
)
from tragitto.agenda.queries.tasks import late_tasks, open_task, tasks

__all__ = [
    "due",
    "first_of",
    "get_for",
    "late_tasks",
    "of_subject",
    "open_suspension",
    "open_task",
    "over_limit",
    "standing_still",
    "stands_by",
    "stops_of",
    "tasks",
    "times_stopped",
]
