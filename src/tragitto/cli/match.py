"""The selection on the command line: runs of the engine, made, repeated, and files of them checked."""

import sys
from pathlib import Path

import click

from tragitto.cli.saying import Careful
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound, Refusal
from tragitto.selection.actions import running
from tragitto.selection.queries.rounds import round_for, rounds_for
from tragitto.selection.queries.runs import run_for, runs_of
from tragitto.selection.rules import audit


@click.command("list", cls=Careful)
def list_runs() -> None:
    """List the rounds of selection with their runs, the newest first."""
    actor = Actor.system("cli")
    rounds = list(rounds_for(actor))
    for each in rounds:
        stands = "closed" if each.closed_at else "under way" if each.published_at else "draft"
        click.echo(f"{each.code}  {each.scheme.code} round {each.number}  {stands}")
        for run in runs_of(each):
            tried = "  tried out" if run.is_what_if else ""
            click.echo(f"  {run.code}  {run.kind}  {run.run_at.isoformat()}  {run.result_hash}{tried}")
    if not rounds:
        click.echo("There is no round of selection.")


@click.command("run", cls=Careful)
@click.argument("code")
def run_round(code: str) -> None:
    """Propose shortlists for the round CODE as it stands. A person takes the proposal up, or does not."""
    actor = Actor.system("cli")
    try:
        made = running.propose(round=round_for(actor, code), actor=actor, at=clock.now())
    except NotFound:
        raise click.UsageError(f"There is no round {code}.") from None
    except Refusal as refused:
        raise click.ClickException(" ".join(str(each.text) for each in refused.findings)) from None
    proposed = sum(len(each["candidates"]) for each in made.result["posts"])
    click.echo(
        f"{made.code}: {proposed} places on {len(made.result['posts'])} lists, result {made.result_hash}"
    )


@click.command("repeat", cls=Careful)
@click.argument("code")
def repeat(code: str) -> None:
    """Run CODE again from what was kept of it; exit status 1 when something else comes out."""
    actor = Actor.system("cli")
    try:
        done = running.rerun(run=run_for(actor, code), actor=actor, at=clock.now())
    except NotFound:
        raise click.UsageError(f"There is no run {code}.") from None
    click.echo(f"{code}: {'the same' if done.is_same else 'SOMETHING ELSE'}, result {done.result_hash}")
    if not done.is_same and done.made_by != done.engine:
        made_by = f"Version {done.made_by} of the engine made it, this is {done.engine}"
        click.echo(f"{made_by}: only that one gives it again.")
    sys.exit(not done.is_same)


@click.command("verify", cls=Careful)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def verify(file: Path) -> None:
    """Check the file of a run, as handed out for an appeal or audit: all of it is computed again.

    Exit status 1 when anything in it is not true. Needs no database.
    """
    faults = audit.faults_in(file.read_bytes())
    for fault in faults:
        click.echo(fault)
    if not faults:
        click.echo("The file is whole: what went in gives what came out, and the proof holds.")
    sys.exit(bool(faults))
