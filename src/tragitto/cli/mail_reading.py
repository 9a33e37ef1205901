"""Reads messages from files and prints one line for each; needs neither database nor Django."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from tragitto.cli.saying import Careful, NotOpened, begun, counted, printable, speak_plainly
from tragitto_pec import Reading, read, unreadable
from tragitto_pec.limits import DEFAULT
from tragitto_pec.names import on_one_line
from tragitto_pec.reasons import deciding


@click.command("read", cls=Careful)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def read_files(files: tuple[Path, ...], as_json: bool) -> None:
    """Say what each FILE is: certified or not, since when, from whom, with which attachments.

    Every file gets a line, also one that cannot be opened (the exit status is then 1); nothing is kept and
    nothing is sent.
    """
    speak_plainly()
    failed = False
    for file in files:
        reading = _read(file)
        failed |= reading.has("file-not-opened")
        click.echo(_json_line(file, reading) if as_json else _human_line(file, reading))
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


def _read(file: Path) -> Reading:
    try:
        return read(begun(file, DEFAULT.message_bytes + 1))
    except NotOpened as error:
        return unreadable(deciding("file-not-opened", problem=str(error)))


def _json_line(file: Path, reading: Reading) -> str:
    line: dict[str, Any] = {"file": printable(file), **reading.as_json()}
    # ASCII alone: no terminal and no encoding is troubled by what a sender wrote.
    return json.dumps(line)


def _human_line(file: Path, reading: Reading) -> str:
    moment = reading.certified_at.isoformat() if reading.certified_at else "no certified time"
    sender = f"from {on_one_line(reading.sender, 80)}" if reading.sender else ""
    subject = f"“{on_one_line(reading.subject, 80)}”" if reading.subject else ""
    files = counted(len(reading.attachments), "attachment") if reading.attachments else ""
    why = "" if reading.is_valid else " ".join(on_one_line(reason.text) for reason in reading.reasons[:1])
    pieces = [f"{reading.verdict} {reading.kind}", moment, sender, subject, files, why]
    return f"{on_one_line(printable(file))}: {' · '.join(piece for piece in pieces if piece)}"
