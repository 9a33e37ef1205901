"""Text messages on the command line: those of which nobody can say that they left."""

import click

from tragitto.accounts import queries
from tragitto.cli.people import US
from tragitto.cli.saying import Careful


@click.command("list", cls=Careful)
def list_texts() -> None:
    """List text messages of the last month that wait, have failed or are uncertain, with the reason."""
    for message in queries.texts_not_sent(US):
        since = f"{message.state_since:%Y-%m-%d %H:%M} UTC"
        tried = f"tries {message.tries}"
        click.echo(
            f"{message.code}  {message.number}  {message.state} since {since}  {tried}  {message.detail}"
        )
