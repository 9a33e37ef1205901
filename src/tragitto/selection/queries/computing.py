"""Whether a proposal for a round takes long, and whether one is being computed."""

from procrastinate.contrib.django.models import ProcrastinateJob

from tragitto.selection.models import Round
from tragitto.selection.queries.snapshots import candidates_of

#: The job that proposes shortlists in the background.
JOB = "selection.propose"
#: So many people are read and proposed while a page waits.
_AT_ONCE = 1_000


def lock_of(round: Round) -> str:
    """What keeps two jobs from computing for one round."""
    return f"{JOB}:{round.code}"


def is_long(round: Round) -> bool:
    """Whether more people stand on the roster than a page waits for. Two queries."""
    return candidates_of(round.scheme).count() > _AT_ONCE


def is_computing(round: Round) -> bool:
    """Whether a proposal for the round is ordered or under way. One query."""
    jobs = ProcrastinateJob.objects.filter(queueing_lock=lock_of(round), status__in=["todo", "doing"])
    return jobs.exists()
