"""One way to write a value as bytes, so that a hash of it means the same on every machine."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

#: Where a spreadsheet may take what follows for the beginning of a cell (separators of other countries and
#: line ends too), and what makes it run a cell, in the wide letters of other keyboards too.
_RUNS = re.compile(r"(?:\A|(?<=[;\t\r\n]))(?=[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")


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


def csv_table(rows: Iterable[Iterable[object]]) -> bytes:
    """`rows` as CSV (RFC 4180) in UTF-8; what a spreadsheet would run is made text by an apostrophe.

    That holds too for what would begin a cell where the reader takes another separator than ours.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of `data`, in hexadecimal."""
    return sha256(data).hexdigest()


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    elif isinstance(value, bool):
        value = str(value).lower()
    return _RUNS.sub("'", "" if value is None else str(value))
