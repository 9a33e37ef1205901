"""Takes off what a file was wrapped in to be signed: CMS in all its encodings, and time-stamp containers."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace

from asn1crypto import cms, core, parser

from tragitto_pec.reading import Reason
from tragitto_pec.signatures import containers
from tragitto_pec.signatures.limits import LAYERS, MALFORMED
from tragitto_pec.signatures.octets import octets_of
from tragitto_pec.signatures.reasons import deciding, note

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED = ("enveloped_data", "encrypted_data", "authenticated_enveloped_data")
# What a SEQUENCE begins with when written as base64, base64 of that, and again; then PEM.
_TEXT = (b"MI", b"TUl", b"VFVs", b"-----BEGIN", b"LS0tLS1CRUdJTi")
_MOST_ENCODINGS = 3


@dataclass(frozen=True, slots=True)
class Layer:
    """One signed wrapping and what it signs; ``content`` is None when that travels apart."""

    signed: cms.SignedData
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What was taken off, from the outside in, and what lay innermost (None: it travels apart)."""

    content: bytes | None
    layers: tuple[Layer, ...] = ()
    stamps: tuple[containers.Stamped, ...] = ()
    notes: tuple[Reason, ...] = ()
    problem: Reason | None = None


def unwrap(raw: bytes) -> Unwrapped:
    """Take off every layer, at most ten (RFC 5652, RFC 5544). Never raises.

    A ``problem`` says why it stopped before the innermost file.
    """
    found = Unwrapped(raw)
    while found.content is not None and found.problem is None:
        further = _one_off(found)
        if further is None:
            break
        found = further
        if len(found.layers) + len(found.stamps) > LAYERS:
            return replace(found, problem=deciding("too-many-layers", limit=str(LAYERS)))
    return found


def _one_off(found: Unwrapped) -> Unwrapped | None:
    """The same with one wrapping less, or None when there is no further one."""
    assert found.content is not None
    der, encodings = as_der(found.content)
    notes = found.notes + ((note("several-encodings"),) if encodings > 1 else ())
    try:
        if stamped := containers.open_stamped(der):
            stamped = replace(stamped, outside=len(found.layers))
            return replace(found, content=stamped.content, stamps=(*found.stamps, stamped), notes=notes)
        return _signed_off(found, der, notes)
    except MALFORMED as error:
        if not _looks_signed(der):
            return None
        return replace(found, problem=deciding("signature-unreadable", problem=type(error).__name__))


def _signed_off(found: Unwrapped, der: bytes, notes: tuple[Reason, ...]) -> Unwrapped | None:
    if der[:1] != b"\x30":
        return None
    info = cms.ContentInfo.load(der)
    kind = info["content_type"].native
    if kind in _ENVELOPED:
        return replace(found, problem=deciding("encrypted"))
    if kind != "signed_data":
        return None
    signed = info["content"]
    if der[parser.peek(der) :].strip(b"\x00\r\n\t "):
        notes = (*notes, note("trailing-bytes"))
    holder = signed["encap_content_info"]["content"]
    # Never `.native`: it would parse the content, and raise on some.
    content = None if isinstance(holder, core.Void) else _octets(holder)
    return replace(found, content=content, layers=(*found.layers, Layer(signed, content)), notes=notes)


def _octets(holder: core.Asn1Value) -> bytes:
    return octets_of(holder) if isinstance(holder, core.OctetString) else bytes(holder)


def as_der(raw: bytes) -> tuple[bytes, int]:
    """The bytes without their text encodings (base64, PEM, one in the other), and how many there were."""
    found, encodings = raw, 0
    while encodings < _MOST_ENCODINGS and (text := _text_of(found)):
        try:
            found = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            return raw, 0
        encodings += 1
    return (found, encodings) if found[:1] == b"\x30" or not encodings else (raw, 0)


def _text_of(raw: bytes) -> bytes:
    """The base64 of a text that could be a signature: without armour, spaces and line ends."""
    head = raw[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(_TEXT):
        return b""
    text = raw.removeprefix(b"\xef\xbb\xbf").strip(b"\x00\r\n\t ")
    if text.startswith(b"-----BEGIN"):
        lines = (line.strip() for line in text.splitlines())
        text = b"".join(line for line in lines if not line.startswith(b"-----") and b":" not in line)
    text = b"".join(text.split())
    return text + b"=" * (-len(text) % 4)


def _looks_signed(der: bytes) -> bool:
    """Whether damaged bytes are those of a signature, and not of some other file."""
    return der[:1] == b"\x30" and _SIGNED_DATA in der[:32]
