"""Opens files that carry a time stamp around or beside what it stamps: .tsd, .m7m, .tsr and .tst."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import Message

from asn1crypto import cms, core, crl, tsp

_TIME_STAMPED_DATA = bytes.fromhex("060b2a864886f70d010910011f")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_OBJECT_IDENTIFIER, _SEQUENCE = b"\x06", b"\x30"
_MIME_HEAD = re.compile(rb"\A\s*(mime-version|content-type|message-id)\s*:", re.IGNORECASE)


class _TokenAndList(core.Sequence):  # type: ignore[misc]
    """TimeStampAndCRL of RFC 5544 § 2; the library's own takes the token for another type."""

    _fields = [
        ("token", cms.ContentInfo),
        ("list", crl.CertificateList, {"optional": True}),
    ]


class _Tokens(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _TokenAndList


class _Evidence(core.Choice):  # type: ignore[misc]
    _alternatives = [
        ("tokens", _Tokens, {"implicit": 0}),
        ("records", core.SequenceOf, {"implicit": 1, "spec": core.Any}),
        ("other", core.Sequence, {"implicit": 2}),
    ]


class _TimeStampedData(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("version", core.Integer),
        ("data_uri", core.IA5String, {"optional": True}),
        ("meta_data", core.Sequence, {"optional": True}),
        ("content", core.OctetString, {"optional": True}),
        ("evidence", _Evidence),
    ]


class _Wrapper(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("content_type", core.ObjectIdentifier),
        ("content", _TimeStampedData, {"explicit": 0}),
    ]


@dataclass(frozen=True, slots=True)
class Stamped:
    """A file with the time-stamp tokens over it (RFC 3161), each still to be verified.

    ``content`` is None where the stamped file travels apart; ``outside`` counts the signed wrappings
    around it, which it does not stamp.
    """

    content: bytes | None
    tokens: tuple[cms.SignedData, ...]
    outside: int = 0


def open_stamped(raw: bytes) -> Stamped | None:
    """Open a container of a time stamp, or None when it is none. Raises one of ``MALFORMED``."""
    if raw[:1] == b"\x30":
        if _TIME_STAMPED_DATA in raw[:32]:
            return _time_stamped_data(raw)
        return _bare_token(raw)
    return _with_mime(raw) if _MIME_HEAD.match(raw[:256]) else None


def _time_stamped_data(der: bytes) -> Stamped:
    """A .tsd file (RFC 5544)."""
    data = _Wrapper.load(der)["content"]
    content = data["content"]
    tokens = data["evidence"].chosen if data["evidence"].name == "tokens" else ()
    return Stamped(
        None if isinstance(content, core.Void) else bytes(content),
        tuple(token["token"]["content"] for token in tokens),
    )


def _bare_token(der: bytes) -> Stamped | None:
    """A .tsr (an answer of the authority) or .tst (the token alone)."""
    if _SIGNED_DATA not in der[:64]:
        return None
    first = _first_tag(der)
    if first == _OBJECT_IDENTIFIER:
        signed = cms.ContentInfo.load(der)["content"]
    elif first == _SEQUENCE:
        signed = tsp.TimeStampResp.load(der)["time_stamp_token"]["content"]
    else:
        return None
    return Stamped(None, (signed,)) if _is_token(signed) else None


def _first_tag(der: bytes) -> bytes:
    """The tag of the first element inside the outermost one."""
    begin = 2 + (der[1] & 0x7F if der[1] > 0x80 else 0)
    return der[begin : begin + 1]


def _is_token(signed: cms.SignedData) -> bool:
    return bool(signed["encap_content_info"]["content_type"].native == "tst_info")


def _with_mime(raw: bytes) -> Stamped | None:
    """An .m7m file: a multipart of a .p7m and of the answer of a time-stamping authority."""
    if b"timestamp-reply" not in raw.lower():
        return None
    message = email.message_from_bytes(raw, policy=policy.compat32)
    content: bytes | None = None
    tokens: list[cms.SignedData] = []
    for part in message.get_payload() if message.is_multipart() else ():
        if not isinstance(part, Message) or not isinstance(body := part.get_payload(decode=True), bytes):
            continue
        if part.get_content_type() == "application/timestamp-reply":
            answer = _bare_token(body)
            tokens += answer.tokens if answer else ()
        elif content is None:
            content = body
    return Stamped(content, tuple(tokens)) if tokens and content is not None else None


def wrapped_with_stamp(content: bytes, token: bytes) -> bytes:
    """Write a .tsd file: a content and the token over it (RFC 5544 § 2)."""
    tokens = _Tokens([_TokenAndList({"token": cms.ContentInfo.load(token)})])
    data = _TimeStampedData(
        {"version": 1, "content": content, "evidence": _Evidence(name="tokens", value=tokens)}
    )
    kind = "1.2.840.113549.1.9.16.1.31"
    return bytes(_Wrapper({"content_type": kind, "content": data}).dump())
