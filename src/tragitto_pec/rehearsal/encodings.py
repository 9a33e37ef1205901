"""Writes a signed file in the encodings real tools use: text, text of text, indefinite lengths."""

from __future__ import annotations

import base64
from collections.abc import Callable

from asn1crypto import cms

_CHUNK = 4096
_END = b"\x00\x00"


def as_base64(der: bytes) -> bytes:
    """One line of base64."""
    return base64.b64encode(der)


def as_lines(der: bytes) -> bytes:
    """Base64 in lines that end as in mail."""
    return base64.encodebytes(der).replace(b"\n", b"\r\n")


def as_pem(der: bytes) -> bytes:
    """PEM armour (RFC 7468 § 8)."""
    return b"-----BEGIN PKCS7-----\n" + base64.encodebytes(der) + b"-----END PKCS7-----\n"


def as_twice(der: bytes) -> bytes:
    """Base64 of base64."""
    return base64.b64encode(base64.b64encode(der))


def as_trailing(der: bytes) -> bytes:
    """With some bytes behind, as a form field or a mail gateway leaves them."""
    return der + b"\x00\x00\r\n"


def as_ber(der: bytes) -> bytes:
    """With indefinite lengths and the content in pieces, as streaming tools write (X.690 § 8.1.3.6)."""
    signed = cms.ContentInfo.load(der)["content"]
    inside = signed["encap_content_info"]
    content = bytes(inside["content"])
    pieces = [content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)] or [b""]
    octets = b"\x24\x80" + b"".join(_octets(piece) for piece in pieces) + _END
    encapsulated = b"\x30\x80" + inside["content_type"].dump() + b"\xa0\x80" + octets + _END + _END
    parts = [signed["version"].dump(), signed["digest_algorithms"].dump(), encapsulated]
    parts += [signed[name].dump() for name in ("certificates", "crls", "signer_infos")]
    message = b"\x30\x80" + b"".join(parts) + _END
    named = bytes(cms.ContentType("signed_data").dump())
    return b"\x30\x80" + named + b"\xa0\x80" + message + _END + _END


def _octets(piece: bytes) -> bytes:
    size = len(piece)
    length = bytes([size]) if size < 0x80 else b"\x82" + size.to_bytes(2, "big")
    return b"\x04" + length + piece


#: By the names a rehearsal asks for them.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "der": bytes,
    "ber": as_ber,
    "base64": as_base64,
    "lines": as_lines,
    "pem": as_pem,
    "twice": as_twice,
    "trailing": as_trailing,
}
