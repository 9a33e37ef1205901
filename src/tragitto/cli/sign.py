"""Reads signed files and says who signed them and what that is worth; needs no database."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from tragitto.cli.saying import Careful, counted
from tragitto.records import trusted_list
from tragitto_pec.confined import Confined, StoppedError
from tragitto_pec.confined_questions import SIGNED
from tragitto_pec.limits import MIB
from tragitto_pec.names import on_one_line
from tragitto_pec.reading import Reason
from tragitto_pec.signatures import FileSigner, FileVerdict, SignatureReading
from tragitto_pec.signatures.asking import TRUSTED_LIST, Signed
from tragitto_pec.signatures.reasons import deciding
from tragitto_pec.signatures.trusted import TrustedListError, summary_of
from tragitto_pec.vocabulary import Weight

_MOST_BYTES = 128 * MIB


@click.command("read", cls=Careful)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--detached",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file beside which the signature in FILE travels.",
)
@click.option(
    "--trusted-list",
    "list_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A trusted list to judge by, taken as it is; default: the one that was loaded.",
)
@click.option("--at", "at", help="Judge at this instant, as 2025-07-01T12:00:00+02:00, proven otherwise.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def read_files(
    files: tuple[Path, ...], detached: Path | None, list_file: Path | None, at: str | None, as_json: bool
) -> None:
    """Say who signed each FILE, whether it is untouched, and whether the signature is a qualified one.

    Without --at a signature is judged at its time stamp, or else at the signer's own clock, which proves
    nothing. Every file gets an answer; nothing is kept and nothing is sent.
    """
    if detached and len(files) > 1:
        raise click.UsageError("--detached goes with one FILE.")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    moment = _instant(at) if at else None
    beside = detached.read_bytes() if detached else None
    xml = _list(list_file)
    with Confined(holding=lambda: {TRUSTED_LIST: xml} if xml else {}) as confined:
        for file in files:
            reading = _read(confined, file, moment, beside)
            lines = [_json_line(file, reading)] if as_json else _human_lines(file, reading)
            click.echo("\n".join(lines))
            sys.stdout.flush()


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--at is not an instant: {text}. Write 2025-07-01T12:00:00+02:00.") from None
    if found.tzinfo is None:
        raise click.UsageError("--at needs an offset, as +02:00 or Z.")
    return found


def _list(file: Path | None) -> bytes | None:
    if file is None:
        return trusted_list.stored_list()
    xml = file.read_bytes()
    try:
        summary_of(xml)
    except TrustedListError as error:
        raise click.ClickException(f"{file} is {error}.") from error
    return xml


def _read(confined: Confined, file: Path, moment: datetime | None, beside: bytes | None) -> SignatureReading:
    try:
        with file.open("rb") as stream:
            raw = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or type(error).__name__
        return _unreadable(deciding("file-not-opened", problem=problem))
    asked = Signed(moment=moment, beside=None if beside is None else len(beside))
    try:
        return confined.ask(SIGNED, raw + (beside or b""), asked)[0]
    except StoppedError as stopped:
        return _unreadable(deciding("reader-stopped", problem=stopped.code))


def _unreadable(reason: Reason) -> SignatureReading:
    return SignatureReading(FileVerdict.UNREADABLE, (reason,))


def _json_line(file: Path, reading: SignatureReading) -> str:
    # ASCII alone: no terminal and no encoding is troubled by what a signer is called.
    return json.dumps({"file": _printable(file), **reading.as_json()})


def _human_lines(file: Path, reading: SignatureReading) -> Iterator[str]:
    layers = counted(reading.layers, "layer") if reading.layers else ""
    size = f"{reading.content_size} bytes signed" if reading.content_size else ""
    changes = "" if reading.changes == "none" else f"afterwards: {reading.changes}"
    pieces = [f"{reading.verdict} {reading.container}".strip(), layers, size, changes]
    yield f"{on_one_line(_printable(file))}: {' · '.join(piece for piece in pieces if piece)}"
    for reason in reading.reasons:
        yield f"  {on_one_line(reason.text)}"
    for signer in reading.signers:
        yield f"  {_signer(signer)}"
        for reason in signer.reasons:
            if reason.weight is not Weight.NOTE:
                yield f"    {on_one_line(reason.text)}"


def _signer(signer: FileSigner) -> str:
    who = " ".join(piece for piece in (signer.name or "unknown signer", signer.codice_fiscale) if piece)
    when = f"proven {signer.proven_at.isoformat()}" if signer.proven_at else ""
    if not when and signer.claimed_at:
        when = f"says {signer.claimed_at.isoformat()}"
    words = [signer.integrity, signer.chain, signer.qualified, f"revocation {signer.revocation}"]
    return " · ".join(on_one_line(piece) for piece in (who, *map(str, words), when) if piece)


def _printable(file: Path) -> str:
    return str(file).encode("utf-8", "backslashreplace").decode()
