"""Taking messages in on the command line, and what waits at the sorting desk."""

import sys
from pathlib import Path

import click

from tragitto.cli.saying import Careful, counted
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.records import actions, folders, queries
from tragitto.records.models import Message
from tragitto.records.queries.reading import is_message
from tragitto.records.vocabulary import MessageState, Problem
from tragitto_pec.names import on_one_line

_NO_MESSAGE = "this is no e-mail message. Save the message itself from the mailbox, as an .eml file."


@click.command(cls=Careful)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--mailbox", default="", help="The mailbox the files were saved from: it says whose mail they are."
)
def take(files: tuple[Path, ...], mailbox: str) -> None:
    """Take each FILE in as a message received: keep, read, register and place it; a second time it is known.

    One line a file: code, register with number, kind, verdict, where it went or why it waits at the desk. A
    file that cannot be opened or is no message stops nothing; the exit status is then 1.
    """
    failed = False
    for file in files:
        try:
            raw = folders.content(file)
        except (OSError, folders.TooLarge) as error:
            failed = True
            why = getattr(error, "strerror", None) or "larger than any certified message"
            click.echo(f"{on_one_line(str(file))}: not taken in: {why}")
            continue
        if not is_message(raw):
            failed = True
            click.echo(f"{on_one_line(str(file))}: not taken in: {_NO_MESSAGE}")
            continue
        kept = actions.take_in(raw, door="cli", mailbox=mailbox, actor=Actor.system("cli"), at=clock.now())
        known = "" if kept.is_new else "already kept; "
        click.echo(f"{on_one_line(str(file))}: {known}{_line(kept.message.code)}")
    sys.exit(1 if failed else 0)


@click.command(cls=Careful)
def desk() -> None:
    """List what waits at the sorting desk, and what went wrong, the longest waiting first."""
    actor = Actor.system("cli")
    waiting = list(queries.desk(actor=actor))
    for message in waiting:
        click.echo(f"{message.arrived_at.isoformat(timespec='seconds')}  {_line(message.code, message)}")
    troubles = list(queries.open_troubles(actor=actor))
    for trouble in troubles:
        # All offices' troubles stand here: a mailbox without its folders, which are named after people.
        is_file = trouble.problem == Problem.FILE_NOT_TAKEN
        about = on_one_line(trouble.file_name) if is_file else queries.trouble_subject(trouble)
        tries = counted(trouble.tries, "try", "tries")
        click.echo(f"{about}: {queries.sentence_of(trouble)} ({tries}, {trouble.detail})")
    told = counted(len(waiting), "message")
    click.echo(f"{told} at the desk, {counted(len(troubles), 'open trouble')}")


def _line(code: str, found: Message | None = None) -> str:
    message = found or queries.get_for(Actor.system("cli"), code)
    number = queries.registered_as(message) or "not registered"
    return f"{message.code}  {number}  {message.kind or '-'}  {message.verdict or '-'}  {_place(message)}"


def _place(message: Message) -> str:
    if message.state == MessageState.SORTING:
        return f"at the desk: {queries.why_at_the_desk(message)}"
    if message.state == MessageState.LINKED and message.same_as:
        return f"another copy of {message.same_as.code}"
    return f"{message.state} {queries.place_of(message)}".strip()
