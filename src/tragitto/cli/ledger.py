"""The ledger on the command line."""

import sys

import click

from tragitto.ledger import queries, rules


@click.command()
@click.option("--head", "expected", default="", help="The head written down earlier: POSITION:HASH.")
def verify(expected: str) -> None:
    """Check every entry and every link; a changed, moved or lost entry is named. Exit status 1 if any."""
    entries = list(queries.chain())
    seen = not expected or any(f"{entry.position}:{entry.hash.hex()}" == expected for entry in entries)
    found = list(rules.breaks(entries))
    for broken in found:
        place = f"link {broken.position}" if broken.position else "no link"
        click.echo(f"{place}: entry {broken.entry} {broken.problem}.")
    if not seen:
        click.echo(
            "The head written down earlier is not in this ledger: entries have been removed or replaced."
        )
    position, head = queries.head()
    click.echo(f"{len(entries)} entries, {len(found)} problems; head {position}:{head.hex()}")
    sys.exit(1 if found or not seen else 0)
