"""From a reading to columns: cut to what fits, freed of what a database cannot hold."""

from typing import Any

from tragitto_pec import Reading

#: An index entry holds less than a third of a page; an address or identifier longer than this is noise.
INDEXED_BYTES = 800

#: The columns of a message that has not been opened.
UNREAD: dict[str, Any] = {
    **dict.fromkeys(("kind", "verdict", "message_id", "identifier", "original_message_id", "reference"), ""),
    **dict.fromkeys(("sender", "subject", "provider", "receipt_type", "delivered_to", "error"), ""),
    **dict.fromkeys(("error_status", "automatic"), ""),
    **dict.fromkeys(("certified_at", "offset_minutes", "signer", "claims")),
    "recipients": [],
    "recipient_types": {},
    "reasons": [],
    "deliveries": [],
    "replies_to": [],
    "carries_copy": False,
    "revocation": "",
}


def storable(value: Any) -> Any:
    """`value` without what PostgreSQL has no form for: null characters, halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(str(key)): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def cut(text: str | None, most: int = INDEXED_BYTES) -> str:
    """`text` cut to `most` bytes, at a character."""
    return storable(text or "").encode()[:most].decode(errors="ignore")  # type: ignore[no-any-return]


def of_reading(reading: Reading) -> dict[str, Any]:
    """The columns of a message for what was read of it."""
    at = reading.certified_at
    offset = at.utcoffset() if at else None
    plain = storable(reading.as_json())
    return {
        "kind": str(reading.kind),
        "verdict": str(reading.verdict),
        "certified_at": at,
        "offset_minutes": int(offset.total_seconds() // 60) if offset is not None else None,
        "message_id": cut(reading.message_id),
        "identifier": cut(reading.identifier),
        "original_message_id": cut(reading.original_message_id),
        "reference": cut(reading.reference),
        "sender": plain["sender"],
        "recipients": plain["recipients"],
        "recipient_types": plain["recipient_types"],
        "subject": plain["subject"],
        "provider": plain["provider"] or "",
        "receipt_type": cut(reading.receipt_type, 32),
        "delivered_to": cut(reading.delivered_to),
        "error": " – ".join(filter(None, (plain["error"], plain["error_detail"]))),
        "error_status": cut(reading.error_status, 16),
        "automatic": str(reading.automatic),
        "deliveries": plain["deliveries"],
        "replies_to": [cut(each) for each in plain["replies_to"]],
        "carries_copy": reading.carries_copy,
        "reasons": plain["reasons"],
        "signer": plain["signer"],
        "claims": plain["claims"],
        "revocation": reading.revocation,
    }
