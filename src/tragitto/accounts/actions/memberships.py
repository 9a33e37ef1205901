"""Who acts for which organisation, in which roles, and for which one just now."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts import permissions, queries, rules
from tragitto.accounts.actions.asking import day_of, demand
from tragitto.accounts.models import Membership, Organisation, User
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record


@transaction.atomic
def grant(
    *,
    user: User,
    organisation: Organisation,
    roles: Collection[str],
    starts_on: date | None = None,
    ends_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Membership:
    """Let `user` act for `organisation` in `roles` from a day (today) on, perhaps until a day (excluded).

    Replaces what the pair had before; the ledger keeps it. An invitation not yet used is void: give a new
    one with `invite`. Raises `NotAllowed`, and `Blocked` when a role
    does not suit the organisation or the end does not follow the start.
    """
    demand(permissions.may_grant(actor, user, organisation), "membership.granted")
    begin = starts_on or day_of(at)
    if unsuited := sorted(set(roles) - rules.roles_open_to(organisation.kind)):
        raise Blocked(
            Finding("role-unsuited", _("This organisation does not have this role."), {"roles": unsuited})
        )
    if not roles:
        raise Blocked(Finding("no-role", _("Name at least one role.")))
    if ends_on and ends_on <= begin:
        raise Blocked(Finding("ends-before-start", _("The end must come after the start.")))

    wanted = {"roles": sorted(roles), "starts_on": begin, "ends_on": ends_on}
    if not user.has_usable_password():
        # A key handed out before must not open what the account may do from now on.
        user.set_unusable_password()
        user.save(update_fields=["password"])
    membership, _created = Membership.objects.update_or_create(
        user=user, organisation=organisation, defaults=wanted
    )
    facts = {"organisation": organisation.code, **wanted}
    record("membership.granted", subject=user.code, actor=actor, at=at, facts=facts)
    return membership


@transaction.atomic
def revoke(
    *, user: User, organisation: Organisation, ends_on: date | None = None, actor: Actor, at: datetime
) -> None:
    """End the membership from a day (today) on; one that had not begun is taken away.

    Works at the next click: rights are read anew at every request. Raises `NotAllowed`, and `Blocked` when
    there is no such membership.
    """
    demand(permissions.may_grant(actor, user, organisation), "membership.revoked")
    end = ends_on or day_of(at)
    membership = Membership.objects.select_for_update().filter(user=user, organisation=organisation).first()
    if membership is None:
        raise Blocked(Finding("no-membership", _("This person does not act for this organisation.")))

    if end <= membership.starts_on:
        membership.delete()
    else:
        membership.ends_on = end
        membership.save(update_fields=["ends_on"])
    facts = {"organisation": organisation.code, "ends_on": end}
    record("membership.revoked", subject=user.code, actor=actor, at=at, facts=facts)


@transaction.atomic
def switch_organisation(*, user: User, organisation: Organisation, actor: Actor, at: datetime) -> None:
    """Act for another of the own organisations from now on.

    Raises `NotAllowed` for somebody else's choice, `Blocked` without a membership in force there.
    """
    demand(permissions.may_switch(actor, user), "person.switched")
    if not queries.memberships_on(user, day_of(at)).filter(organisation=organisation).exists():
        raise Blocked(Finding("no-membership", _("You do not act for this organisation.")))

    user.acts_for = organisation
    user.save(update_fields=["acts_for"])
    facts = {"organisation": organisation.code}
    record("person.switched", subject=user.code, actor=actor, at=at, facts=facts)
