"""Mailboxes on the command line: whose they are, what is in them, fetching, comparing; what we sent."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import click

from tragitto.accounts import queries as accounts
from tragitto.cli.saying import Careful, counted
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.records import actions, ports, queries
from tragitto.records.models import Outgoing, Reconciliation

_GIVE = "Give one with `tragitto mailbox give`, or publish a call that names one."


@click.command(cls=Careful)
@click.argument("address")
@click.argument("organisation")
def give(address: str, organisation: str) -> None:
    """Let ORGANISATION read the mailbox ADDRESS: what comes into it is its mail, in its register.

    Publishing a call does the same for the call's mailbox. A mailbox once given stays where it is.
    """
    reader = accounts.organisation_named(organisation)
    mailbox = actions.give_mailbox(
        address=address, organisation=reader, actor=Actor.system("cli"), at=clock.now()
    )
    click.echo(f"{mailbox.address} is read by {reader.code}.")


@click.command(cls=Careful)
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
def check(addresses: tuple[str, ...]) -> None:
    """Connect to each mailbox (all by default) and say what is there; nothing is fetched, changed or sent.

    Exit status 1 when one cannot be used.
    """
    failed = False
    for address in _asked(addresses):
        known = queries.mailbox_named(address)
        reader = known.organisation.code if known else "no office: see `tragitto mailbox give`"
        click.echo(f"{address}: read by {reader}")
        try:
            survey = ports.post().survey(address)
        except ports.PostFailed as failure:
            click.echo(f"  {failure.detail or type(failure).__name__}")
            failed = True
            continue
        failed = failed or known is None
        for folder in survey.folders:
            watched = "watched" if folder.is_watched else "not watched"
            click.echo(f"  {folder.name}: {counted(folder.messages, 'message')}, {watched}")
        click.echo(f"  sending: {'signed in' if survey.sends else 'not connected'}")
    sys.exit(1 if failed else 0)


@click.command(cls=Careful)
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
def fetch(addresses: tuple[str, ...]) -> None:
    """Take in what is new in each mailbox (all by default). Exit status 1 when one cannot be used."""
    failed = False
    for address in _asked(addresses):
        taken = known = 0
        while True:
            found = actions.fetch(address=address, actor=Actor.system("cli"), at=clock.now())
            taken, known = taken + found.taken, known + found.known
            if not found.has_more or found.failure:
                break
        told = f"{counted(taken, 'message')} taken in, {known} known before, {found.left} left"
        click.echo(f"{address}: {told}{f'; {found.failure}' if found.failure else ''}")
        failed = failed or bool(found.failure or found.left)
    sys.exit(1 if failed else 0)


@click.command(cls=Careful)
@click.option("--last", is_flag=True, help="Show the latest comparison; connect to nothing.")
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
def reconcile(addresses: tuple[str, ...], last: bool) -> None:
    """Compare everything in each mailbox (all by default) with the house, and fetch what is missing.

    One line a folder. Exit status 1 when a message of a server is not in the house afterwards.
    """
    actor = Actor.system("cli")
    if last:
        rows = list(queries.reconciliations(actor=actor))
        rows = [row for row in rows if not addresses or row.mailbox.address in addresses]
    else:
        rows = []
        for address in _asked(addresses):
            with _told():
                rows += actions.reconcile(address=address, actor=actor, at=clock.now())
    for row in rows:
        click.echo(_compared(row))
    if not rows:
        click.echo("No comparison has been made yet. Make one: `tragitto mailbox reconcile`, without --last.")
    sys.exit(1 if any(row.left for row in rows) else 0)


@click.command(cls=Careful)
@click.option("--all", "everything", is_flag=True, help="Also what has arrived everywhere.")
def outgoing(everything: bool) -> None:
    """List messages of ours, the latest first: where each stands, and how many addressees it has reached."""
    shown = 0
    for each in queries.outgoing_messages(actor=Actor.system("cli")):
        if everything or not _has_arrived(each):
            click.echo(_standing(each))
            shown += 1
    click.echo(counted(shown, "message"))


@click.command(cls=Careful)
@click.argument("code")
@click.option("--reason", required=True, help="Why it is safe to send it again.")
def resend(code: str, reason: str) -> None:
    """Send again the message CODE that was refused, or of which nobody can tell whether it left."""
    actor = Actor.system("cli")
    found = queries.outgoing_for(actor, code)
    actions.resend(outgoing=found, reason=reason, actor=actor, at=clock.now())
    click.echo(f"{code} waits to be sent.")


@click.command(cls=Careful)
@click.option(
    "--office", default="", help="One office alone, by its code; default: each that reads a mailbox."
)
@click.option("--hours", default=24, show_default=True, type=click.IntRange(1, 24 * 31), help="How far back.")
def digest(office: str, hours: int) -> None:
    """Print what went wrong with the mail of each office lately; its administrators get the same by mail."""
    until = clock.now()
    for code in _offices(office):
        found = queries.digest(office=code, since=until - timedelta(hours=hours), until=until)
        click.echo(
            f"{code}: {found.at_the_desk} at the desk, {counted(len(found.lines), 'thing')} to look at"
        )
        for line in found.lines:
            click.echo(f"  {line}")


def _offices(wanted: str) -> list[str]:
    """The office wanted, or each that reads a mailbox; raises `click.ClickException` for another one."""
    offices = queries.offices_with_mail()
    if wanted and wanted not in offices:
        known = f"Those that read one: {', '.join(offices)}." if offices else _GIVE
        raise click.ClickException(f"No office {wanted} reads a mailbox. {known}")
    if not offices:
        click.echo(f"No office reads a mailbox. {_GIVE}")
    return [wanted] if wanted else offices


def _asked(addresses: tuple[str, ...]) -> list[str]:
    """The mailboxes named, or all that are connected; raises `click.ClickException` when none is."""
    with _told():
        asked = [queries.tidied(address) for address in addresses] or list(ports.post().addresses())
    if not asked:
        raise click.ClickException(
            "No mailbox is connected: describe them in a file and set TRAGITTO_MAILBOXES."
        )
    return asked


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ports.PostFailed as failure:
        raise click.ClickException(failure.detail or type(failure).__name__) from None


def _compared(row: Reconciliation) -> str:
    place = queries.folder_on_server(row.mailbox, row.folder)
    counts = f"{row.on_server} on the server, {row.fetched} in the house before, {row.missing} missing"
    then = (
        f"{row.taken} taken in, {row.known} known by their content, {row.left} left; {row.gone} gone from it"
    )
    return f"{row.at.isoformat(timespec='seconds')}  {place}: {counts}: {then}"


def _has_arrived(outgoing: Outgoing) -> bool:
    return all(proof.delivered_at or proof.is_certified is False for proof in outgoing.proofs.all())


def _standing(outgoing: Outgoing) -> str:
    proofs = list(outgoing.proofs.all())
    accepted = sum(proof.accepted_at is not None for proof in proofs)
    delivered = sum(proof.delivered_at is not None for proof in proofs)
    failed = sum(proof.failed_at is not None for proof in proofs)
    number = queries.registered_as(outgoing.message)
    counts = (
        f"{counted(len(proofs), 'addressee')}: {accepted} accepted, {delivered} delivered, {failed} failed"
    )
    return f"{outgoing.code}  {number}  {outgoing.about or '-'}  {outgoing.state}  {counts}"
