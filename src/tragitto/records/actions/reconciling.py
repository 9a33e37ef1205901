"""Reconciling: once a day everything in a mailbox is compared with what is in the house."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tragitto.kernel.actors import Actor
from tragitto.records import ports, queries
from tragitto.records.actions.fetching import (
    Folder,
    Outcome,
    advance,
    entered,
    mailbox_of,
    note_mailbox,
    take,
    watermark_of,
)
from tragitto.records.actions.troubles import About, note, solve
from tragitto.records.models import Reconciliation
from tragitto.records.vocabulary import Problem

#: So long it is shown that a message went before it could be fetched.
GONE_SHOWN = timedelta(weeks=1)


def reconcile(*, address: str, actor: Actor, at: datetime) -> Sequence[Reconciliation]:
    """Compare everything in the watched folders with what is in the house, and fetch what is missing.

    The counts of each folder are kept as a row. What could not be had before is asked for again; a message
    too large to be read counts as in the house once the very same bytes are. Raises as `fetch`, and
    `ports.PostFailed` when the mailbox cannot be opened, which is a trouble as well.
    """
    mailbox = mailbox_of(address, actor=actor)
    try:
        with ports.post().open(mailbox.address) as opened:
            folders = entered(opened, mailbox, actor=actor, at=at)
            rows = [_reconcile_folder(folder) for folder in folders]
    except ports.PostFailed as failure:
        note_mailbox(mailbox, failure, actor=actor, at=at)
        raise
    solve(About(file_name=mailbox.address), actor=actor, at=at)
    return rows


def _reconcile_folder(folder: Folder) -> Reconciliation:
    here = set(folder.opened.uids())
    mark = watermark_of(folder)
    before = queries.fetched_uids(folder.mailbox, folder.name, folder.uid_validity)
    missing = sorted(here - before)
    outcomes = [take(folder, uid, by_hash=True) for uid in missing]
    _note_gone(folder, here)
    advance(folder, mark, sorted(here))
    # What vanished in between was not on the server when all was counted.
    vanished = outcomes.count(Outcome.VANISHED)
    return Reconciliation.objects.create(
        mailbox=folder.mailbox,
        folder=folder.name,
        uid_validity=folder.uid_validity,
        at=folder.at,
        on_server=len(here) - vanished,
        fetched=len(here & before),
        missing=len(missing) - vanished,
        taken=outcomes.count(Outcome.TAKEN),
        known=outcomes.count(Outcome.KNOWN),
        gone=len(before - here),
    )


def _note_gone(folder: Folder, here: set[int]) -> None:
    """What could not be fetched and is no longer there: somebody must be asked, nobody can fetch it now.

    It is shown for `GONE_SHOWN`. After new numbers nothing can be said: all messages are asked for anew, and
    old troubles are over.
    """
    names = {folder.about(uid).file_name for uid in here}
    current = folder.about(0).file_name.removesuffix("0")
    for trouble in folder.troubles.values():
        about = About(file_name=trouble.file_name)
        is_gone = trouble.problem == Problem.MAIL_GONE
        if not trouble.file_name.startswith(current) or (
            is_gone and folder.at - trouble.first_at >= GONE_SHOWN
        ):
            solve(about, actor=folder.actor, at=folder.at)
        elif trouble.file_name not in names and not is_gone:
            note(about, problem=Problem.MAIL_GONE, detail="", actor=folder.actor, at=folder.at)
