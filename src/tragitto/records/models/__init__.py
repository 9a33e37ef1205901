"""What is kept: documents by their hash, mailboxes, messages, and registers that only grow."""

from tragitto.records.models.documents import Document
from tragitto.records.models.fetching import Fetched, Reconciliation, Watermark
from tragitto.records.models.files import Transcription, VirusCheck
from tragitto.records.models.mailboxes import Mailbox
from tragitto.records.models.messages import Attachment, Filing, Message, MessageQuerySet
from tragitto.records.models.outgoing import DigestSent, Intervention, Outgoing, OutgoingQuerySet, Proof
from tragitto.records.models.register import OfficeNumber, RegisterCounter, RegisterEntry
from tragitto.records.models.troubles import Trouble

__all__ = [
    "Attachment",
    "DigestSent",
    "Document",
    "Fetched",
    "Filing",
    "Intervention",
    "Mailbox",
    "Message",
    "MessageQuerySet",
    "OfficeNumber",
    "Outgoing",
    "OutgoingQuerySet",
    "Proof",
    "Reconciliation",
    "RegisterCounter",
    "RegisterEntry",
    "Transcription",
    "Trouble",
    "VirusCheck",
    "Watermark",
]
