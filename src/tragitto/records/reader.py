"""The confined reader of this process: started with the first message, ended with the process."""

import atexit
from typing import Any

import msgspec

from tragitto.records import queries
from tragitto_pec import Reading
from tragitto_pec.confined import Confined

#: Reasons that may pass: the machine was short of something, and the message is not to blame for sure.
PASSING = ("reader-stopped", "reader-out-of-time", "reader-out-of-memory")

_confined = Confined()
atexit.register(_confined.close)


class ReaderStopped(Exception):
    """The reader gave no answer; trying again may help."""


def read(raw: bytes) -> Reading:
    """Read a message in the limited process, trusting what this deployment trusts. Never raises for it."""
    reading = _confined.read(raw, anchors=queries.anchors())
    if any(reading.has(code) for code in PASSING):
        reading = _confined.read(raw, anchors=queries.anchors())
    return reading


def form_of(pdf: bytes) -> dict[str, Any] | None:
    """The fields of a PDF form, read in the limited process; None for what is no PDF at all."""
    if b"%PDF-" not in pdf[:1024]:
        return None
    form = msgspec.to_builtins(_confined.form_fields(pdf))
    assert isinstance(form, dict)
    return form
