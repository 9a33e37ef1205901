"""Tokens of the API on the command line."""

from datetime import datetime

import click

from tragitto.accounts import actions, queries
from tragitto.accounts.vocabulary import Scope
from tragitto.cli.people import DAY, US
from tragitto.cli.saying import Careful
from tragitto.kernel import clock


@click.command(cls=Careful)
@click.argument("organisation")
@click.option("--scope", "scopes", required=True, multiple=True, type=click.Choice(Scope.values))
@click.option("--until", required=True, type=DAY, help="The first day on which it opens nothing any more.")
def make(organisation: str, scopes: tuple[str, ...], until: datetime) -> None:
    """Make a token for the programs of ORGANISATION and print it: it cannot be shown again."""
    there = queries.organisation_named(organisation)
    token, secret = actions.make_token(
        organisation=there, scopes=scopes, ends_on=until.date(), actor=US, at=clock.now()
    )
    click.echo(f"{token.code}  {organisation}  {', '.join(token.scopes)}  until {token.ends_on}")
    click.echo("The token, shown this once; hand it to nobody else:")
    click.echo(f"    {secret}")


@click.command("list", cls=Careful)
def list_tokens() -> None:
    """List tokens: code, organisation, what for, until when, when last used; never the tokens themselves."""
    for token in queries.tokens(US):
        end = f"revoked {token.revoked_at:%Y-%m-%d}" if token.revoked_at else f"until {token.ends_on}"
        used = f"last used {token.last_used_on}" if token.last_used_on else "never used"
        click.echo(f"{token.code}  {token.organisation.code}  {', '.join(token.scopes)}  {end}  {used}")


@click.command(cls=Careful)
@click.argument("code")
def revoke(code: str) -> None:
    """End the token CODE at once."""
    actions.revoke_token(token=queries.token_for(US, code), actor=US, at=clock.now())
    click.echo(f"{code} opens nothing any more.")
