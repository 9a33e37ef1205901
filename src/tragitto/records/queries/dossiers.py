"""What one message has gathered around it, and what the register's pages ask."""

from tragitto.kernel.actors import Actor
from tragitto.records.models import Attachment, Filing, Message, Trouble
from tragitto.records.queries.register import entries_for


def files_of(message: Message) -> list[Attachment]:
    """The files that came with a message, in their order, with their documents. One query."""
    return list(message.attachments.select_related("document").order_by("position"))


def filings_of(message: Message) -> list[Filing]:
    """Where a message was put, set aside and taken up, the first act first. One query."""
    return list(message.filings.order_by("pk"))


def troubles_of(message: Message) -> list[Trouble]:
    """What failed with a message and has not been solved. One query."""
    return list(message.troubles.filter(solved_at=None).select_related("message").order_by("first_at", "pk"))


def register_years(*, actor: Actor) -> list[int]:
    """The years in which the own office registered anything, the latest first. One query."""
    return list(entries_for(actor).order_by("-year").values_list("year", flat=True).distinct())


def place_in_register(*, actor: Actor, year: int, number: int) -> int | None:
    """How many entries of the own office's year precede this number; None when it was not given.

    Two queries.
    """
    entries = entries_for(actor).filter(year=year)
    if not entries.filter(number=number).exists():
        return None
    return entries.filter(number__lt=number).count()
