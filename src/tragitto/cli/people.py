"""People and organisations on the command line."""

from datetime import datetime
from typing import Any

import click
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tragitto.accounts import actions, queries
from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import OrganisationKind, Role
from tragitto.cli.saying import Careful
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import LANGUAGES

US = Actor.system("cli")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command(cls=Careful)
@click.argument("code")
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(OrganisationKind.values))
def add_organisation(code: str, name: str, kind: str) -> None:
    """Enter an organisation: CODE (letters, digits, dots, hyphens) is how others refer to it."""
    actions.found_organisation(code=code, name=name, kind=kind, actor=US, at=clock.now())
    click.echo(f"{code}  {kind}")


@click.command(cls=Careful)
@click.argument("email")
@click.option("--name", default="", help="The person's name; needed for a new account.")
@click.option("--organisation", "code", required=True, help="The organisation the person acts for.")
@click.option("--role", "roles", required=True, multiple=True, type=click.Choice(Role.values))
@click.option("--until", type=DAY, help="The first day on which the person no longer acts for it.")
@click.option(
    "--language", default="it", show_default=True, type=click.Choice(LANGUAGES), help="Of a new account."
)
@click.option("--fiscal-number", default="", help="The codice fiscale, for signing in with SPID or CIE.")
def add(email: str, name: str, code: str, roles: tuple[str, ...], **more: Any) -> None:
    """Give EMAIL roles in an organisation, and a link to set a password where there is none yet.

    An account is opened when nobody has that address; run again, it changes the roles.
    """
    until: datetime | None = more.pop("until")
    organisation = queries.organisation_named(code)
    with transaction.atomic():
        user = actions.person_with_account(email=email, full_name=name, actor=US, at=clock.now(), **more)
        actions.grant(
            user=user,
            organisation=organisation,
            roles=roles,
            ends_on=until.date() if until else None,
            actor=US,
            at=clock.now(),
        )
    click.echo(f"{user.code}  {organisation.code}  {', '.join(sorted(roles))}")
    if not user.has_usable_password():
        _print_invitation(user)


@click.command("list", cls=Careful)
def list_people() -> None:
    """List the people with accounts: code, address or number, second factor, and for whom they act."""
    for person in queries.people(US):
        factor = "second factor" if person.has_second_factor else "no second factor"
        click.echo(f"{person.code}  {person.email or person.phone}  {factor}")
        for held in person.memberships:
            until = f" until {held.ends_on}" if held.ends_on else ""
            roles = ", ".join(held.roles)
            click.echo(f"    {held.organisation}: {roles}, from {held.starts_on}{until}")


@click.command(cls=Careful)
@click.argument("code")
def invite(code: str) -> None:
    """Print a new link by which the person CODE sets a password."""
    _print_invitation(queries.get_for(US, code))


@click.command(cls=Careful)
@click.argument("code")
@click.argument("organisation")
def end(code: str, organisation: str) -> None:
    """End what the person CODE may do for ORGANISATION, from today on."""
    there = queries.organisation_named(organisation)
    actions.revoke(user=queries.get_for(US, code), organisation=there, actor=US, at=clock.now())
    click.echo(f"{code} no longer acts for {organisation}.")


@click.command(cls=Careful)
@click.argument("code")
def reset_factor(code: str) -> None:
    """Remove the second factors of the person CODE, end its sessions, and print a link to begin anew."""
    user = queries.get_for(US, code)
    actions.reset_second_factor(user=user, actor=US, at=clock.now())
    click.echo(f"{code} has no second factor and no password any more.")
    _print_invitation(user)


def _print_invitation(user: User) -> None:
    uid, _dash, key = actions.invite(user=user, actor=US, at=clock.now()).partition("-")
    page = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
    click.echo(f"Link to set a password, once, within {days} days; hand it to nobody else:")
    click.echo(f"    {settings.ADDRESS}{page}")
