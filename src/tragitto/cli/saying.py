"""How the command line says no: in a sentence on the error channel with exit status 1, never a traceback."""

import errno
import io
import os
import sys
from pathlib import Path
from typing import Any

import click

from tragitto.kernel.refusals import NotFound, Refusal

#: How somebody finds the code that was meant.
LOOK_IT_UP = "Look up how it is written, in a list or on its page: capitals and hyphens count."


class NotOpened(Exception):
    """A file could not be opened or read; the text says why, in the words of the system."""


class Careful(click.Command):
    """A command whose refusals, missing things and unreadable files are sentences."""

    def invoke(self, ctx: click.Context) -> Any:
        """As click does; raises `click.ClickException` for what an action or the file system refuses."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise click.ClickException("\n".join(str(each.text) for each in refusal.findings)) from refusal
        except NotFound as missing:
            raise click.ClickException(f"There is no {missing}. {LOOK_IT_UP}") from missing
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read our lines has gone: click ends quietly
            raise click.ClickException(_of_file(error)) from error


def writable(target: Path | None) -> Path | None:
    """The target of an output, found fit to be written; raises `click.ClickException` when it is not."""
    if target is None:
        return None
    folder = target.parent
    if not folder.is_dir():
        raise click.ClickException(f"{target} cannot be written: there is no folder {folder}. Make it first.")
    if target.is_dir():
        raise click.ClickException(f"{target} cannot be written: it is a folder. Name a file.")
    if not os.access(target if target.exists() else folder, os.W_OK):
        raise click.ClickException(f"{target} cannot be written: permission denied. Name another place.")
    return target


def begun(file: Path, most: int) -> bytes:
    """The first bytes of a file, `most` of them at the most. Raises `NotOpened`."""
    try:
        with file.open("rb") as stream:
            return stream.read(most)
    except (OSError, ValueError) as error:
        raise NotOpened(getattr(error, "strerror", None) or type(error).__name__) from error


def printable(file: Path) -> str:
    """The name of a file as text, also where its bytes are none."""
    return str(file).encode("utf-8", "backslashreplace").decode()


def speak_plainly() -> None:
    """Let no character stop the output: what the terminal cannot show is written by its number."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 problem", "2 problems"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _of_file(error: OSError) -> str:
    about = f"{error.filename}: " if error.filename else ""
    return f"{about}{error.strerror or error}. Check that it exists and that you may read and write it."


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=lambda _context, _option, target: writable(target),
    help="A file; standard output if none.",
)
