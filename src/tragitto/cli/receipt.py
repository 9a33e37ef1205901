"""Checks receipts of what was sent on line; needs no database and asks nobody."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from tragitto.cli.saying import Careful, printable, speak_plainly
from tragitto.records import receipts


@click.command("check", cls=Careful)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False)
)
@click.option(
    "--key",
    "key_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Public keys as an office publishes them at /receipts/key; without it, this house's own.",
)
def check(files: tuple[Path, ...], key_file: Path | None) -> None:
    """Say of each FILE whether it is a genuine receipt, and what it states. Exit status 1 when one is not."""
    speak_plainly()
    keys = _keys(key_file)
    failed = False
    for file in files:
        try:
            raw = file.read_bytes()
            facts = receipts.checked(raw, keys)
        except receipts.WrongReceipt as wrong:
            click.echo(f"{printable(file)}: NOT GENUINE. {wrong}")
            failed = True
        else:
            click.echo(f"{printable(file)}: genuine, signed with the key {_named(raw)}.")
            for line in _lines(facts):
                click.echo(f"  {line}")
    sys.exit(1 if failed else 0)


def _named(genuine: bytes) -> str:
    return str(json.loads(genuine)["signature"]["key"])


def _keys(file: Path | None) -> tuple[receipts.PublicKey, ...]:
    if file is None:
        if not (ours := receipts.public_keys()):
            raise click.ClickException("This house has given no receipt yet: name the key with --key FILE.")
        return ours
    try:
        return receipts.public_keys_in(file.read_bytes())
    except receipts.WrongKey as wrong:
        raise click.ClickException(f"{file}: {wrong} Save it from /receipts/key of the office.") from wrong


def _lines(facts: dict[str, Any]) -> list[str]:
    protocol, office = facts.get("protocol", {}), facts.get("office", {})
    return [
        f"filing    {facts.get('filing')} under the call {facts.get('call')}",
        f"received  {facts.get('received_at')} ({facts.get('zone')})",
        f"protocol  {protocol.get('register')} {protocol.get('year')}/{protocol.get('number')}"
        f" on {protocol.get('registered_at')}",
        f"office    {office.get('name')} ({office.get('code')})",
        f"content   SHA-256 {facts.get('content_sha256')}",
        *(f"paper     SHA-256 {paper['sha256']} {paper['name']}" for paper in facts.get("papers", ())),
    ]
