"""Who may read what happened."""

from tragitto.kernel.actors import Actor


def may_read(actor: Actor) -> bool:
    """The office's people and the house itself."""
    return actor.is_system or actor.has("officer", "reviewer", "administrator")
