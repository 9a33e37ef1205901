"""Who may change what the house holds to be the law."""

from tragitto.accounts.vocabulary import Role
from tragitto.kernel.actors import Actor


def may_load(actor: Actor) -> bool:
    """The house itself, from the command line, and administrators; the law is public to read."""
    return actor.is_system or actor.has(Role.ADMINISTRATOR)
