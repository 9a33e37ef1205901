"""The made-up authority of a demonstration, as a file beside its data: trusted there and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from tragitto_pec import Anchor

FILE_NAME = "demonstration-anchors.toml"


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    spki_sha256: str
    valid_from: datetime
    valid_until: datetime


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    anchors: tuple[_Row, ...]


def text_of(anchors: Iterable[Anchor]) -> str:
    """The file for these authorities; each needs an end."""
    rows = []
    for anchor in anchors:
        assert anchor.valid_until is not None
        rows += [
            "[[anchors]]",
            f'name = "{anchor.name}"',
            f'spki_sha256 = "{anchor.spki_sha256}"',
            f"valid_from = {anchor.valid_from.isoformat()}",
            f"valid_until = {anchor.valid_until.isoformat()}",
            "",
        ]
    return "\n".join(rows)


def read(file: Path) -> tuple[Anchor, ...]:
    """The authorities of the file, none when there is no file. Raises `ValueError` when it is malformed."""
    if not file.exists():
        return ()
    rows = msgspec.toml.decode(file.read_bytes(), type=_File).anchors
    return tuple(Anchor(row.name, row.spki_sha256, row.valid_from, row.valid_until) for row in rows)
