"""What is kept: documents by their hash, messages, and the register that only grows."""

from tragitto.records.models.documents import Document
from tragitto.records.models.messages import Attachment, Filing, Message, MessageQuerySet
from tragitto.records.models.register import OfficeNumber, RegisterCounter, RegisterEntry
from tragitto.records.models.troubles import Trouble

__all__ = [
    "Attachment",
    "Document",
    "Filing",
    "Message",
    "MessageQuerySet",
    "OfficeNumber",
    "RegisterCounter",
    "RegisterEntry",
    "Trouble",
]
