"""Who may do what with published things: a readable table of predicates."""

from tragitto.accounts.vocabulary import OFFICE_ROLES, Role
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call


def may_read_drafts(actor: Actor) -> bool:
    """Offices and the house itself see calls that are not published yet; everybody sees the others."""
    return actor.is_system or actor.has(*OFFICE_ROLES)


def may_load(actor: Actor) -> bool:
    """The house itself, from the command line, and administrators load packs; this drafts their calls."""
    return actor.is_system or actor.has(Role.ADMINISTRATOR)


def may_publish(actor: Actor, call: Call) -> bool:
    """A publisher of the organisation in whose name the call goes out; never the house by itself."""
    return actor.has(Role.PUBLISHER) and actor.organisation == call.publisher.code


def may_amend(actor: Actor, call: Call) -> bool:
    """Whoever may publish the call may amend it and close it."""
    return may_publish(actor, call)
