"""What came too late: filings out of time, terms met after their end."""

from collections.abc import Iterable
from datetime import timedelta

from tragitto.agenda.models import Deadline
from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.queries import FindingView
from tragitto.employers.vocabulary import State

#: `due_at` is the last second in time, the whole of it.
_ONE_SECOND = timedelta(seconds=1)


def is_late(findings: Iterable[FindingView]) -> bool:
    """Whether the filing is out of time, as a person judged or, until then, as the house found."""
    return any(view.criterion.judge == TIMELINESS and view.state == State.UNMET for view in findings)


def was_met_late(deadline: Deadline) -> bool:
    """Whether what was due has happened, but after its term."""
    return deadline.met_at is not None and deadline.met_at >= deadline.due_at + _ONE_SECOND
