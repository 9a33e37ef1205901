"""The protocol registers on the command line."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from tragitto.cli.saying import Careful, counted, writable
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.records import actions, queries


@click.command(cls=Careful)
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the register."
)
@click.option(
    "--register", "name", default="", help="One register alone, by its office's code; default: all."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The CSV file, of one register; the other lies beside.",
)
def export(day: datetime, name: str, output: Path | None) -> None:
    """Write the registers of a day as CSV and JSON lines; the ledger records the hash of each file.

    Each office has its own register, and each register two files: register-CODE-DATE.csv and .jsonl.
    """
    actor, of_day = Actor.system("cli"), day.date()
    begun = queries.registers(actor=actor)
    if name and name not in begun:
        raise click.UsageError(f"There is no register {name}. There are: {', '.join(begun) or 'none'}.")
    if output and output.suffix == ".jsonl":
        raise click.UsageError("Name the CSV file with -o: the JSON lines are written beside it.")
    wanted = [name] if name else begun
    if output and len(wanted) > 1:
        raise click.UsageError(f"Name one with --register: {', '.join(wanted)}.")
    for register in wanted:
        _write(register, of_day, output)
    if not wanted:
        click.echo("Nothing has been registered yet.")


def _write(register: str, day: date, output: Path | None) -> None:
    # Before the action: an export on record must not be one that could not be written.
    for file in _files(output or Path("register.csv")):
        writable(file)
    daily = actions.export_day(day=day, register=register, actor=Actor.system("cli"), at=clock.now())
    target, lines = _files(output or Path(f"{daily.name}.csv"))
    target.write_bytes(daily.csv)
    lines.write_bytes(daily.lines)
    entries = counted(len(daily.entries), "entry", "entries")
    click.echo(f"{register}: {entries} of {day.isoformat()}: {target}, {lines}")


def _files(target: Path) -> tuple[Path, Path]:
    return target, target.with_suffix(".jsonl")


@click.command(cls=Careful)
@click.option("--documents", is_flag=True, help="Also read every document kept and check its hash.")
def verify(documents: bool) -> None:
    """Check all registers: each gap, change and disorder is named. Exit status 1 if any."""
    problems = [f"{gap.where} {gap.problem}." for gap in queries.verify_register()]
    if documents:
        problems += [f"document {damage.document} {damage.problem}." for damage in queries.verify_documents()]
    for problem in problems:
        click.echo(problem)
    click.echo(counted(len(problems), "problem"))
    sys.exit(1 if problems else 0)
