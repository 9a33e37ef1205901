"""What was sent on line, read as if its answers were the fields of a file."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tragitto.employers.rules import Identified
from tragitto.records import queries
from tragitto.records.models import Attachment, Message


def document_of(message: Message) -> dict[str, Any]:
    """The filing as it was sent; empty for a message that came otherwise. One query.

    Raises `stores.ContentMissing` or `ContentChanged`.
    """
    if not message.is_online:
        return {}
    told = json.loads(queries.content(message.raw))
    assert isinstance(told, dict)
    return told


def readings_of(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The answers on each form, as the reader of files gives them: they are kept as words on paper."""
    return [{"call": told["call"], "form": form["form"], "fields": form["answers"]} for form in told["forms"]]


def identified_in(told: Mapping[str, Any]) -> tuple[Identified, ...]:
    """Those who sent or signed it, known by digital identity."""
    return tuple(
        Identified(
            codice_fiscale=person["codice_fiscale"],
            means=person["means"],
            account=person["account"],
            at=datetime.fromisoformat(person["at"]),
        )
        for person in told.get("identified", ())
    )


def kinds_in(told: Mapping[str, Any]) -> dict[str, str]:
    """What the sender says each paper is, by its hash."""
    return {paper["sha256"]: paper["kind"] for paper in told.get("papers", ())}


def itself(message: Message) -> Attachment:
    """The document as a file of the message; no row, for nobody sent it as a file."""
    return Attachment(message=message, document=message.raw, media_type=message.raw.media_type)
