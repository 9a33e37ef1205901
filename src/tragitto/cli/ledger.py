"""The ledger on the command line."""

import re
import sys

import click

from tragitto.cli.saying import Careful, counted
from tragitto.ledger import queries, rules

HEAD = re.compile(r"\d+:[0-9a-f]{64}")


def _head(_context: click.Context, _option: click.Parameter, written: str) -> str:
    if written and not HEAD.fullmatch(written):
        raise click.BadParameter("write the head as `ledger verify` prints it: POSITION:HASH.")
    return written


@click.command(cls=Careful)
@click.option(
    "--head", "expected", default="", callback=_head, help="The head written down earlier: POSITION:HASH."
)
def verify(expected: str) -> None:
    """Check every entry and every link; a changed, moved or lost entry is named. Exit status 1 if any."""
    entries = list(queries.chain())
    before_all = f"0:{rules.ORIGIN.hex()}"
    heads = {before_all, *(f"{entry.position}:{entry.hash.hex()}" for entry in entries)}
    seen = not expected or expected in heads
    found = list(rules.breaks(entries))
    for broken in found:
        place = f"link {broken.position}" if broken.position else "no link"
        click.echo(f"{place}: entry {broken.entry} {broken.problem}.")
    if not seen:
        click.echo(
            "The head written down earlier is not in this ledger: entries have been removed or replaced."
        )
    position, head = queries.head()
    told = f"{counted(len(entries), 'entry', 'entries')}, {counted(len(found), 'problem')}"
    click.echo(f"{told}; head {position}:{head.hex()}")
    sys.exit(1 if found or not seen else 0)
