"""One way to write a value as bytes, so that a hash of it means the same on every machine."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256


def canonical_json(value: object) -> bytes:
    """`value` as JSON with sorted keys, no spaces, UTF-8; moments in UTC, days in ISO 8601.

    Raises `TypeError` for what JSON has no form for (floats included: their text differs between writers).
    """
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def plain(value: object) -> object:
    """`value` in the types JSON knows: moments in UTC and days as text, sequences as lists, sets sorted."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in items]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of `data`, in hexadecimal."""
    return sha256(data).hexdigest()
