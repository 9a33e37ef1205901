"""Questions about messages, documents and the register."""

from tragitto.records.queries.documents import Damage, content, verify_documents
from tragitto.records.queries.messages import (
    anchors,
    attachment_for,
    desk,
    get_for,
    letter,
    locked,
    messages,
    number_of,
    open_troubles,
    outgoing_of,
    place_of,
    sentence_of,
    stuck,
    suggestions,
    why_at_the_desk,
)
from tragitto.records.queries.register import daily_register, register, registration, verify_register

__all__ = [
    "Damage",
    "anchors",
    "attachment_for",
    "content",
    "daily_register",
    "desk",
    "get_for",
    "letter",
    "locked",
    "messages",
    "number_of",
    "open_troubles",
    "outgoing_of",
    "place_of",
    "register",
    "registration",
    "sentence_of",
    "stuck",
    "suggestions",
    "verify_documents",
    "verify_register",
    "why_at_the_desk",
]
