"""What the commands about signed files share: what to judge by, the reading, and its signers in words."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tragitto.records import trusted_list
from tragitto_pec.confined import Confined, StoppedError
from tragitto_pec.confined_questions import SIGNED
from tragitto_pec.names import on_one_line
from tragitto_pec.reading import Reason
from tragitto_pec.signatures import FileSigner, FileVerdict, Integrity, SignatureReading
from tragitto_pec.signatures.asking import TRUSTED_LIST, Signed
from tragitto_pec.signatures.reasons import deciding
from tragitto_pec.signatures.trusted import TrustedListError, summary_of
from tragitto_pec.vocabulary import Weight

#: How a file that was taken for a trusted list, and is none, is mended.
GIVE_A_LIST = "Give the XML file a member state publishes (of Italy TSL-IT.xml), unchanged."


def judging[**P, R](command: Callable[P, R]) -> Callable[P, R]:
    """The options that say by which list and at which instant signatures are judged."""
    by = click.option(
        "--trusted-list",
        "list_file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="A trusted list to judge by, taken as it is; default: the one that was loaded.",
    )
    at = click.option(
        "--at",
        "moment",
        callback=lambda _context, _option, text: _instant(text),
        help="Judge at this instant, as 2025-07-01T12:00:00+02:00, proven otherwise.",
    )
    return by(at(command))


def reader(list_file: Path | None) -> Confined:
    """The limited process that holds the list to judge by: the one of the file, else the stored one.

    Raises `click.ClickException` for a file that is no trusted list, `OSError` for one that cannot be read.
    """
    xml = trusted_list.stored_list() if list_file is None else _list(list_file)
    return Confined(holding=lambda: {TRUSTED_LIST: xml} if xml else {})


def read_signed(confined: Confined, raw: bytes, asked: Signed) -> tuple[SignatureReading, bytes]:
    """The signatures of a file and what was signed; a reader that was stopped is a reason of its own."""
    try:
        return confined.ask(SIGNED, raw, asked)
    except StoppedError as stopped:
        return unreadable(deciding("reader-stopped", problem=stopped.code)), b""


def unreadable(reason: Reason) -> SignatureReading:
    """The reading of a file of which nothing is known but why."""
    return SignatureReading(FileVerdict.UNREADABLE, (reason,))


def standing(reading: SignatureReading) -> str:
    """What a file is worth, and how it was signed: "intact cades"."""
    return f"{reading.verdict} {reading.container}".strip()


def signed_lines(reading: SignatureReading) -> Iterator[str]:
    """The reasons of a file, and each signer with those that are more than notes."""
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
    is_of_another = signer.integrity is Integrity.INTACT and not signer.covers_content
    other = "signs another state of the file" if is_of_another else ""
    words = [signer.integrity, signer.chain, signer.qualified, f"revocation {signer.revocation}"]
    return " · ".join(on_one_line(piece) for piece in (who, *map(str, words), other, when) if piece)


def _instant(text: Any) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--at is not an instant: {text}. Write 2025-07-01T12:00:00+02:00.") from None
    if found.tzinfo is None:
        raise click.UsageError("--at needs an offset, as +02:00 or Z.")
    return found


def _list(file: Path) -> bytes:
    xml = file.read_bytes()
    try:
        summary_of(xml)
    except TrustedListError as error:
        raise click.ClickException(f"{file} is {error}. {GIVE_A_LIST}") from error
    return xml
