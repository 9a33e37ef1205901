"""Who may do what with people and organisations.

An administrator looks after the own organisation, and after employers and partners; another office's
people are that office's. Nobody changes the own rights or resets the own second factor.
"""

from collections.abc import Iterable

from tragitto.accounts.models import Organisation, User
from tragitto.accounts.vocabulary import OrganisationKind, Role
from tragitto.kernel.actors import Actor

#: Organisations that every office looks after.
LOOKED_AFTER = (OrganisationKind.EMPLOYER, OrganisationKind.PARTNER)


def may_read_people(actor: Actor) -> bool:
    """See others than oneself: the house and administrators."""
    return actor.is_system or actor.has(Role.ADMINISTRATOR)


def may_add_person(actor: Actor) -> bool:
    """Open an account, which by itself opens nothing."""
    return may_read_people(actor)


def may_found_organisation(actor: Actor, kind: str) -> bool:
    """Enter an organisation: the house any, an administrator those the office looks after."""
    return actor.is_system or (actor.has(Role.ADMINISTRATOR) and kind in LOOKED_AFTER)


def may_administer(actor: Actor, organisation: Organisation) -> bool:
    """Decide who acts for `organisation`."""
    if actor.is_system:
        return True
    is_near = organisation.code == actor.organisation or organisation.kind in LOOKED_AFTER
    return actor.has(Role.ADMINISTRATOR) and is_near


def may_grant(actor: Actor, user: User, organisation: Organisation) -> bool:
    """Give or take roles: never one's own."""
    return may_administer(actor, organisation) and actor.code != user.code


def may_renew_keys(actor: Actor, user: User, organisations: Iterable[Organisation]) -> bool:
    """Send an invitation or reset the second factor of `user`, who acts for `organisations`.

    Whoever hands out a key could keep it: so the actor must look after every organisation it opens.
    """
    if not may_read_people(actor) or actor.code == user.code:
        return False
    return all(may_administer(actor, organisation) for organisation in organisations)


def may_switch(actor: Actor, user: User) -> bool:
    """Choose for which organisation to act: one's own choice alone."""
    return actor.code == user.code


def may_enrol_for_another(actor: Actor) -> bool:
    """Set a second factor that somebody else knows: the house alone, for demonstrations."""
    return actor.is_system
