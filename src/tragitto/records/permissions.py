"""Who may do what with the office's mail and its register."""

from tragitto.kernel.actors import Actor
from tragitto.records.models.messages import READERS
from tragitto.records.rules.register import register_of


def may_read(actor: Actor) -> bool:
    """Look at the office's messages and documents; which ones, `visible_to` says."""
    return actor.is_system or actor.has(*READERS)


def own_register(actor: Actor) -> str:
    """The register of the office for which somebody acts."""
    return register_of(actor.organisation)


def may_read_register(actor: Actor, register: str) -> bool:
    """Look at a register and write it out: each office its own, the house all."""
    return actor.is_system or (actor.has(*READERS) and register == own_register(actor))


def may_give_mailbox(actor: Actor, organisation: str) -> bool:
    """Say that an organisation reads a mailbox: who publishes or administers there, and the house."""
    return actor.is_system or (actor.has("publisher", "administrator") and actor.organisation == organisation)


def may_take_in(actor: Actor) -> bool:
    """Bring a message into the house."""
    return actor.is_system or actor.has("officer", "administrator")


def may_sort(actor: Actor) -> bool:
    """Place a message at the desk, set it aside, take it up again, add an office's own number."""
    return actor.is_system or actor.has("officer", "administrator")


def may_fetch(actor: Actor) -> bool:
    """Look into a connected mailbox and take in what is new there."""
    return may_take_in(actor)


def may_send(actor: Actor, organisation: str) -> bool:
    """Send from an organisation's mailbox, send again, settle what went wrong: its officers, the house."""
    own = actor.has("officer", "administrator") and actor.organisation == organisation
    return actor.is_system or own
