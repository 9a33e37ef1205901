"""The hash by which a part of a pack is known to have changed or not."""

from typing import Any

import msgspec

from tragitto.kernel.canonical import canonical_json, sha256_hex


def content_hash(*parts: Any) -> str:
    """The hash of what ``parts`` of a pack say, the same on every machine."""
    return sha256_hex(canonical_json(msgspec.to_builtins(parts)))
