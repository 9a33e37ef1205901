"""The trusted list on the command line: loading it from a file or from the network, and showing it."""

from pathlib import Path

import click
from asn1crypto import pem, x509

from tragitto.cli.saying import Careful, counted
from tragitto.cli.signers import GIVE_A_LIST
from tragitto.kernel import clock
from tragitto.records import trusted_list
from tragitto_pec.limits import MIB
from tragitto_pec.names import on_one_line
from tragitto_pec.signatures.fetching import FetchError, Reach, fetch
from tragitto_pec.signatures.list_signing import (
    LIST_OF_LISTS,
    ListSignatureError,
    Pointer,
    pointers,
    verified,
)
from tragitto_pec.signatures.reading import ListSummary
from tragitto_pec.signatures.trusted import TrustedListError
from tragitto_pec.signatures.trusted import trusted_list as parsed

_TERRITORY = "IT"
_GIVE_LISTS = "Give the file eu-lotl.xml as the European Commission publishes it, unchanged."
_FAR = Reach(seconds=60, most_bytes=32 * MIB)


@click.command(cls=Careful)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--lotl",
    "list_of_lists",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The European list of lists, which says who may sign.",
)
@click.option(
    "--signer",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The certificate of one more who may sign: you vouch for it.",
)
@click.option("--older", is_flag=True, help="Also a list older than the one that is stored.")
def load(file: Path, list_of_lists: Path | None, signer: Path | None, older: bool) -> None:
    """Check the trusted list in FILE and store it: from now on signatures are judged by it.

    Its signature is checked against the list of lists (given, or from the last refresh), against the
    signers known to this release, and against --signer.
    """
    lotl = list_of_lists.read_bytes() if list_of_lists else trusted_list.stored_list_of_lists()
    known = list(_pointer(lotl).signers) if lotl else []
    if signer:
        known.append(_certificate(signer))
    _store(file.read_bytes(), known, lotl if list_of_lists else None, older=older)


@click.command(cls=Careful)
def refresh() -> None:
    """Fetch the Italian trusted list by way of the European list of lists, check and store it.

    Needs the network; nothing else does. Where there is none: fetch the two files elsewhere, then use load.
    """
    lotl = _fetched(LIST_OF_LISTS)
    pointer = _pointer(lotl)
    _store(_fetched(pointer.url), list(pointer.signers), lotl, older=False)


@click.command(cls=Careful)
def show() -> None:
    """Say which trusted list is stored: its number and dates, and how many services it names."""
    xml = trusted_list.stored_list()
    if xml is None:
        raise click.ClickException("No trusted list is stored. Run trust refresh, or trust load FILE.")
    try:
        found = parsed(xml)
    except TrustedListError as error:
        raise click.ClickException(
            f"What is stored is {error}. Load another one: run trust refresh, or trust load FILE."
        ) from error
    click.echo(f"{_named(found.summary)}; {counted(found.services, 'service')}")
    _warn_if_stale(found.summary)


def _store(xml: bytes, signers: list[x509.Certificate], lotl: bytes | None, *, older: bool) -> None:
    summary = _checked(xml, signers)
    before = trusted_list.summary()
    if before and summary.sequence < before.sequence and not older:
        raise click.ClickException(
            f"It is older (number {summary.sequence}) than the stored list (number {before.sequence}). "
            "Use --older if that is wanted."
        )
    services = parsed(xml).services
    place = trusted_list.store(xml, lotl)
    click.echo(f"{_named(summary)}; {counted(services, 'service')}; stored in {place}")
    _warn_if_stale(summary)


def _checked(xml: bytes, signers: list[x509.Certificate]) -> ListSummary:
    try:
        summary = verified(xml, signers)
        parsed(xml)
    except ListSignatureError as error:
        named = on_one_line("; ".join(error.signers)) or "nobody"
        raise click.ClickException(
            f"It is not signed by anybody known to sign trusted lists; it names {named}. "
            "Give the list of lists with --lotl, or the signer's certificate with --signer."
        ) from error
    except TrustedListError as error:
        raise click.ClickException(f"It is {error}. {GIVE_A_LIST}") from error
    if summary.territory != _TERRITORY:
        raise click.ClickException(
            f"It is the list of {summary.territory or 'nowhere'}, not of {_TERRITORY}. Give that one."
        )
    return summary


def _pointer(lotl: bytes) -> Pointer:
    try:
        found = [one for one in pointers(lotl) if one.territory == _TERRITORY]
    except ListSignatureError as error:
        raise click.ClickException(
            "The list of lists is not signed by anybody this release knows. Update Tragitto, or name the "
            "signer of the trusted list with --signer."
        ) from error
    except TrustedListError as error:
        raise click.ClickException(f"The list of lists is {error}. {_GIVE_LISTS}") from error
    if not found:
        raise click.ClickException(f"The list of lists does not name a list of {_TERRITORY}.")
    return found[0]


def _fetched(url: str) -> bytes:
    try:
        return fetch(url, reach=_FAR)
    except FetchError as error:
        raise click.ClickException(
            f"{url} could not be fetched ({error}). Fetch it on another machine and use trust load."
        ) from error


def _certificate(file: Path) -> x509.Certificate:
    content = file.read_bytes()
    try:
        der = pem.unarmor(content)[2] if pem.detect(content) else content
        certificate = x509.Certificate.load(der)
        _read = certificate.subject, certificate.public_key
    except (ValueError, TypeError) as error:
        raise click.ClickException(f"{file} holds no certificate. Give one as PEM or DER.") from error
    return certificate


def _named(summary: ListSummary) -> str:
    until = f", next due {summary.next_update.date().isoformat()}" if summary.next_update else ""
    return (
        f"Trusted list of {summary.territory} number {summary.sequence}, "
        f"issued {summary.issued_at.date().isoformat()}{until}"
    )


def _warn_if_stale(summary: ListSummary) -> None:
    if summary.is_stale(clock.now()):
        click.echo("Warning: a newer one should be out by now. Run trust refresh.", err=True)
