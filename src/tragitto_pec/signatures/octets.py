"""Joins the pieces of an octet string that was written in pieces, as streaming tools do (X.690 § 8.7)."""

from __future__ import annotations

from asn1crypto import core

_PRIMITIVE, _CONSTRUCTED, _END = 0x04, 0x24, 0x00
_INDEFINITE = 0x80
_DEEPEST = 8


def octets_of(string: core.OctetString) -> bytes:
    """The content of an octet string. Raises ``ValueError`` for pieces that are none.

    The library joins pieces one to the next: for a large file that takes longer than all the rest.
    """
    if string.method == 0:
        return bytes(string)
    pieces: list[memoryview] = []
    _gather(memoryview(string.contents or b""), 0, pieces, 0)
    return b"".join(pieces)


def _gather(data: memoryview, at: int, pieces: list[memoryview], depth: int) -> int:
    """Collect pieces from ``at`` up to the end or an end mark, and return where that is."""
    if depth > _DEEPEST:
        raise ValueError("pieces in pieces without end")
    while at < len(data):
        tag = data[at]
        if tag == _END:
            return at + 2
        if tag not in (_PRIMITIVE, _CONSTRUCTED):
            raise ValueError("not a piece of an octet string")
        size, begin = _length(data, at + 1)
        if size is None:
            at = _gather(data, begin, pieces, depth + 1)
            continue
        piece = data[begin : begin + size]
        if len(piece) < size:
            raise ValueError("a piece cut short")
        if tag == _PRIMITIVE:
            pieces.append(piece)
        else:
            _gather(piece, 0, pieces, depth + 1)
        at = begin + size
    return at


def _length(data: memoryview, at: int) -> tuple[int | None, int]:
    """The length written at ``at`` (None: until the end mark), and where the content begins."""
    first = data[at]
    if first == _INDEFINITE:
        return None, at + 1
    if first < _INDEFINITE:
        return first, at + 1
    count = first & 0x7F
    return int.from_bytes(data[at + 1 : at + 1 + count], "big"), at + 1 + count
