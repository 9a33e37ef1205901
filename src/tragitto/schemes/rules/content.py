"""The hash by which a part of a pack is known to have changed or not."""

from typing import Any

import msgspec

from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.schemes.pack import WholeCall


def content_hash(*parts: Any) -> str:
    """The hash of what ``parts`` of a pack say, the same on every machine."""
    return sha256_hex(canonical_json(msgspec.to_builtins(parts)))


def call_hash(whole: WholeCall, rehearsal: bool, journey: str, version: int) -> str:
    """The hash of what a call says, whether it came from files or was written in the office.

    The name of the notice's file says nothing, its paragraphs do; links to elsewhere may change for ever.
    """
    call = msgspec.structs.replace(whole.call, notice="", related=())
    return content_hash(call, whole.forms, whole.notice, rehearsal, [journey, version])
