"""Changes the key with which receipts of what was sent on line are signed."""

import click

from tragitto.cli.saying import Careful
from tragitto.employers import actions
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor


@click.command("change-key", cls=Careful)
def change_key() -> None:
    """Sign receipts with a new key from now on; those given before stay good."""
    key = actions.change_receipt_key(actor=Actor.system("cli"), at=clock.now())
    click.echo(f"Receipts are signed with the key {key.number} from now on.")
    click.echo("Back up TRAGITTO_VAR, and publish /receipts/key anew wherever you publish it.")
