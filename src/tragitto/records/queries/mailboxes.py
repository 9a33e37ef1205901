"""Whose mail a message is."""

from collections.abc import Iterable

from tragitto.records.models import Mailbox, Message
from tragitto.records.rules.sending import ABOUT_SOME


def tidied(address: str) -> str:
    """An address as mailboxes are kept: small letters, nothing around it."""
    return address.strip().lower()


def office_reading(addresses: Iterable[str]) -> str:
    """The one office that reads any of these mailboxes; "" when it is none or more than one. One query."""
    wanted = {tidied(str(address)) for address in addresses} - {""}
    if not wanted:
        return ""
    readers = Mailbox.objects.filter(address__in=wanted).values_list("organisation__code", flat=True)
    offices = set(readers)
    return offices.pop() if len(offices) == 1 else ""


def office_of(message: Message) -> str:
    """The office whose mail a message is, once it has been read; "" as long as it is nobody's.

    The mailbox it was fetched from decides; else, for a receipt, who had sent what it speaks of; else the
    one office whose mailbox is among the recipients. Three queries at most.
    """
    senders = [message.sender] if message.is_receipt else []
    for addresses in ([message.mailbox], senders, message.recipients):
        if office := office_reading(addresses):
            return office
    return ""


def same_bytes(sha256: str, office: str) -> Message | None:
    """The message kept with these very bytes: the office's own, or anybody's while no office is known."""
    kept = Message.objects.filter(sha256=sha256).order_by("pk")
    return (kept.filter(office=office) if office else kept).first()


def twin_of(message: Message) -> Message | None:
    """What a message is another copy of, in the same office: the same bytes, or another file that proves
    the same identifier.

    Several receipts may bear one identifier: another copy names the same addressee, or lists the same ones.
    """
    others = Message.objects.filter(office=message.office, direction=message.direction, same_as=None)
    others = others.exclude(pk=message.pk).order_by("pk")
    if bytes_of := others.filter(sha256=message.sha256).first():
        return bytes_of
    if not message.identifier:
        return None
    same = others.filter(kind=message.kind, identifier=message.identifier, delivered_to=message.delivered_to)
    if message.kind in ABOUT_SOME and not message.delivered_to:
        same = same.filter(recipients=message.recipients)
    return same.first()
