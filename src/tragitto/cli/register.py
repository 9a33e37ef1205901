"""The protocol register on the command line."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.records import actions, queries


@click.command()
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the register."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The CSV file; the other lies beside.",
)
def export(day: datetime, output: Path | None) -> None:
    """Write the register of a day as CSV and JSON lines; the ledger records the hash of both files."""
    of_day: date = day.date()
    target = output or Path(f"register-{of_day.isoformat()}.csv")
    daily = actions.export_day(day=of_day, actor=Actor.system("cli"), at=clock.now())
    lines = target.with_suffix(".jsonl")
    target.write_bytes(daily.csv)
    lines.write_bytes(daily.lines)
    click.echo(f"{len(daily.entries)} entries of {of_day.isoformat()}: {target}, {lines}")


@click.command()
@click.option("--documents", is_flag=True, help="Also read every document kept and check its hash.")
def verify(documents: bool) -> None:
    """Check the register: each gap, change and disorder is named. Exit status 1 if any."""
    problems = [f"{gap.where} {gap.problem}." for gap in queries.verify_register()]
    if documents:
        problems += [f"document {damage.document} {damage.problem}." for damage in queries.verify_documents()]
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(problems)} problems")
    sys.exit(1 if problems else 0)
