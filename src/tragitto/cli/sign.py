"""Reads signed files and says who signed them and what that is worth; needs no database."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from tragitto.cli import signers
from tragitto.cli.saying import Careful, NotOpened, begun, counted, printable, speak_plainly
from tragitto_pec.confined import Confined
from tragitto_pec.limits import MIB
from tragitto_pec.names import on_one_line
from tragitto_pec.signatures import SignatureReading
from tragitto_pec.signatures.asking import Signed
from tragitto_pec.signatures.reasons import deciding

_MOST_BYTES = 128 * MIB


@click.command("read", cls=Careful)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--detached",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file beside which the signature in FILE travels.",
)
@signers.judging
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def read_files(
    files: tuple[Path, ...],
    detached: Path | None,
    list_file: Path | None,
    moment: datetime | None,
    as_json: bool,
) -> None:
    """Say who signed each FILE, whether it is untouched, and whether the signature is a qualified one.

    Without --at a signature is judged at its time stamp, or else at the signer's own clock, which proves
    nothing. Every file gets an answer; nothing is kept and nothing is sent. Exit status 1 when one could not
    be opened, whatever the answers.
    """
    if detached and len(files) > 1:
        raise click.UsageError("--detached goes with one FILE.")
    speak_plainly()
    beside = detached.read_bytes() if detached else None
    failed = False
    with signers.reader(list_file) as confined:
        for file in files:
            reading = _read(confined, file, moment, beside)
            failed |= reading.has("file-not-opened")
            lines = [_json_line(file, reading)] if as_json else _human_lines(file, reading)
            click.echo("\n".join(lines))
            sys.stdout.flush()
    sys.exit(1 if failed else 0)


def _read(confined: Confined, file: Path, moment: datetime | None, beside: bytes | None) -> SignatureReading:
    try:
        raw = begun(file, _MOST_BYTES + 1)
    except NotOpened as error:
        return signers.unreadable(deciding("file-not-opened", problem=str(error)))
    asked = Signed(moment=moment, beside=None if beside is None else len(beside))
    return signers.read_signed(confined, raw + (beside or b""), asked)[0]


def _json_line(file: Path, reading: SignatureReading) -> str:
    # ASCII alone: no terminal and no encoding is troubled by what a signer is called.
    return json.dumps({"file": printable(file), **reading.as_json()})


def _human_lines(file: Path, reading: SignatureReading) -> Iterator[str]:
    layers = counted(reading.layers, "layer") if reading.layers else ""
    size = f"{reading.content_size} bytes signed" if reading.content_size else ""
    changes = "" if reading.changes == "none" else f"afterwards: {reading.changes}"
    pieces = [signers.standing(reading), layers, size, changes]
    yield f"{on_one_line(printable(file))}: {' · '.join(piece for piece in pieces if piece)}"
    yield from signers.signed_lines(reading)
