"""Who may set and meet deadlines."""

from tragitto.agenda.models import Deadline
from tragitto.kernel.actors import Actor


def may_meet(actor: Actor, deadline: Deadline) -> bool:
    """The house itself, and officers and reviewers of the organisation that holds the deadline."""
    if actor.is_system:
        return True
    return actor.has("officer", "reviewer") and actor.organisation == deadline.holder.code
