"""Who may do what with the office's mail and its register."""

from tragitto.kernel.actors import Actor
from tragitto.records.models.messages import READERS


def may_read(actor: Actor) -> bool:
    """Look at messages, documents and the register."""
    return actor.is_system or actor.has(*READERS)


def may_take_in(actor: Actor) -> bool:
    """Bring a message into the house."""
    return actor.is_system or actor.has("officer", "administrator")


def may_sort(actor: Actor) -> bool:
    """Place a message at the desk, set it aside, take it up again, add an office's own number."""
    return actor.is_system or actor.has("officer", "administrator")
