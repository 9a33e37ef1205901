"""The mailboxes of an office as its people see them: what was fetched, how folders compare, what is amiss."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tragitto.kernel.actors import Actor
from tragitto.records.models import (
    Mailbox,
    Reconciliation,
    Trouble,
    VirusCheck,
    Watermark,
)
from tragitto.records.queries.fetching import office_mailboxes, reconciliations, watermarks


@dataclass
class Folder:
    """A folder of a mailbox: how far it was fetched, and how it last compared with the house."""

    name: str
    fetched: Watermark | None = None
    compared: Reconciliation | None = None


@dataclass
class Box:
    """A mailbox with its folders; none where the house does not fetch it."""

    mailbox: Mailbox
    folders: dict[str, Folder] = field(default_factory=dict)

    def folder(self, name: str) -> Folder:
        """The folder of this name."""
        return self.folders.setdefault(name, Folder(name))


def own_addresses(*, actor: Actor) -> list[str]:
    """The mailboxes whose mail the actor may take in, in order. One query."""
    return [mailbox.address for mailbox in office_mailboxes(actor=actor)]


def boxes(*, actor: Actor) -> Sequence[Box]:
    """The mailboxes this actor may know, with their folders. Three queries."""
    found = {mailbox.pk: Box(mailbox) for mailbox in office_mailboxes(actor=actor)}
    for mark in watermarks(actor=actor):
        found[mark.mailbox_id].folder(mark.folder).fetched = mark
    for row in reconciliations(actor=actor):
        found[row.mailbox_id].folder(row.folder).compared = row
    return list(found.values())


def last_check() -> VirusCheck | None:
    """The last answer of the virus scanner, whatever it was about. One query."""
    return VirusCheck.objects.order_by("-pk").first()


def troubles_of_files(troubles: Sequence[Trouble]) -> list[Trouble]:
    """Those of the troubles that are about no message: files, mailboxes and folders."""
    return [trouble for trouble in troubles if trouble.message_id is None]
