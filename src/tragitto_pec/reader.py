"""Reads a certified message: cuts it, checks its seal, and says what is proven and what is claimed."""

from __future__ import annotations

from dataclasses import replace

from tragitto_pec import envelope, mime, shown, wrapping
from tragitto_pec.anchors import PUBLIC, AnchorSet
from tragitto_pec.limits import DEFAULT, BeyondLimitError, Limits
from tragitto_pec.mime import Part
from tragitto_pec.reading import Reading, Reason
from tragitto_pec.reasons import deciding, warning
from tragitto_pec.vocabulary import CERTIFIED_KINDS, Kind, Verdict

_USUAL_FIELDS = ("from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path")


def read(raw: bytes, *, anchors: AnchorSet = PUBLIC, limits: Limits = DEFAULT) -> Reading:
    """Read a message and say what it is, what it proves and why.

    Never raises: what cannot be read is a reading too (kind ``illeggibile``). No clock and no network:
    trust is judged at the certified time against ``anchors``, and revocation is not checked.
    """
    try:
        return _read(raw, anchors, limits)
    except BeyondLimitError as beyond:
        return unreadable(deciding(beyond.code, limit=str(beyond.limit)))
    except MemoryError:
        return unreadable(deciding("reader-out-of-memory"))
    except Exception as error:
        # The last net: a message must never vanish in a traceback.
        return unreadable(deciding("reader-failed", problem=type(error).__name__))


def unreadable(reason: Reason) -> Reading:
    """The reading of a file that could not be read, with the reason."""
    return Reading(kind=Kind.ILLEGGIBILE, verdict=Verdict.UNREADABLE, reasons=(reason,))


def _read(raw: bytes, anchors: AnchorSet, limits: Limits) -> Reading:
    if not raw.strip():
        return unreadable(deciding("empty-input"))
    if len(raw) > limits.message_bytes:
        return unreadable(deciding("message-too-large", limit=str(limits.message_bytes)))
    top = mime.read_part(raw, _after_mbox_line(raw), len(raw), limits)
    if not any(top.headers.all(name) for name in _USUAL_FIELDS):
        return unreadable(deciding("not-a-message"))
    return _by_its_form(top, anchors, limits)


def _by_its_form(top: Part, anchors: AnchorSet, limits: Limits) -> Reading:
    if top.media_type == "multipart/signed":
        return envelope.read(top, anchors, limits)
    if wrapping.is_signed_opaquely(top):
        return envelope.read_opaque(top, limits)
    return _passed_on(top, anchors, limits) or shown.ordinary(top, limits)


def _passed_on(top: Part, anchors: AnchorSet, limits: Limits) -> Reading | None:
    """Certified mail that a mailing list passed on in a wrapper of its own, and nothing else.

    The seal is whole in there, so this gives no more than the message itself would, uploaded again. A list
    that puts its own address into From makes it untrusted, as for any changed sender.
    """
    try:
        sealed = wrapping.sealed_within(top)
        reading = envelope.read(sealed, anchors, limits) if sealed else None
    except BeyondLimitError:
        return None
    if reading is None or reading.kind not in CERTIFIED_KINDS:
        return None
    return replace(reading, reasons=(*reading.reasons, warning("inside-a-wrapper")))


def _after_mbox_line(raw: bytes) -> int:
    """A mail store may put one line ``From sender date`` before the header; it is none of it."""
    return raw.find(b"\n") + 1 if raw.startswith(b"From ") else 0
