"""Finds the sealed message beneath what mailing lists and mail gateways put around it."""

from __future__ import annotations

from dataclasses import replace

from tragitto_pec import mime
from tragitto_pec.mime import Headers, Part

_LEVELS = 5
_PARTS = 10


def sealed_within(top: Part) -> Part | None:
    """The sealed message a list wrapped, beneath the headers at the top; None when there is no wrapper.

    A list adds its words as plain parts before or behind the message it passes on, level by level
    (multipart/mixed). Whatever else stands beside the sealed part, a file or a second sealed part, makes
    it somebody's own letter, and then nothing is looked for. Raises ``BeyondLimitError``.
    """
    part: Part | None = top
    for _level in range(_LEVELS):
        part = _passed_on(part) if part else None
        if part and part.media_type == "multipart/signed":
            return replace(part, headers=_beneath(top.headers, part.headers))
    return None


def is_signed_opaquely(top: Part) -> bool:
    """S/MIME can also wrap the content in the signature (RFC 8551 § 3.5.2); providers never do."""
    kind = top.parameter("content-type", "smime-type").lower()
    return top.media_type in ("application/pkcs7-mime", "application/x-pkcs7-mime") and kind in (
        "",
        "signed-data",
    )


def _passed_on(part: Part) -> Part | None:
    """The one part of a wrapper that is more than words of its own."""
    if part.media_type != "multipart/mixed" or not part.boundary:
        return None
    children = mime.children(part)
    others = [child for child in children if not _is_words(child)]
    return others[0] if len(others) == 1 and len(children) <= _PARTS else None


def _is_words(part: Part) -> bool:
    return part.media_type in ("text/plain", "text/html") and not (
        part.filename or part.disposition == "attachment"
    )


def _beneath(top: Headers, inner: Headers) -> Headers:
    """The headers of the message, with those that say how the sealed part is made."""
    made = [(name, value) for name, value in inner.fields if name.startswith("content-")]
    shown = [(name, value) for name, value in top.fields if not name.startswith("content-")]
    return Headers((*made, *shown))
