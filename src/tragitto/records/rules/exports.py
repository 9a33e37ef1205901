"""The daily register as files that every office can read and any machine can check."""

import json
from collections.abc import Sequence
from datetime import datetime

from tragitto.kernel.canonical import csv_table
from tragitto.records.rules.register import ROME, Registration

COLUMNS = (
    "register", "year", "number", "registered_at", "direction", "message", "sender", "recipients",
    "subject", "document_sha256", "original_at", "original_identifier", "digest",
)  # fmt: skip


def as_csv(entries: Sequence[Registration]) -> bytes:
    """The entries as CSV (RFC 4180) with a header; a cell that a spreadsheet would run is made text."""
    rows = [as_row(entry) for entry in entries]
    return csv_table([COLUMNS, *([row[column] for column in COLUMNS] for row in rows)])


def as_lines(entries: Sequence[Registration]) -> bytes:
    """The entries as JSON lines, one each, with nothing altered."""
    rows = (json.dumps(as_row(entry), ensure_ascii=False, sort_keys=True) for entry in entries)
    return "".join(f"{row}\n" for row in rows).encode()


def as_row(entry: Registration) -> dict[str, object]:
    """An entry as plain values, moments in Rome's time with their offset."""
    return {
        "register": entry.register,
        "year": entry.year,
        "number": entry.number,
        "registered_at": _moment(entry.registered_at),
        "direction": entry.direction,
        "message": entry.message,
        "sender": entry.sender,
        "recipients": list(entry.recipients),
        "subject": entry.subject,
        "document_sha256": entry.document_sha256,
        "original_at": _moment(entry.original_at) if entry.original_at else None,
        "original_identifier": entry.original_identifier,
        "digest": entry.digest,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(ROME).isoformat(timespec="microseconds")
