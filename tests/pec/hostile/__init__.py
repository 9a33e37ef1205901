"""What somebody could send to be early, to be believed, or to stop the reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from asn1crypto import algos, cms

from tests.pec.stage import LETTER, NOON, PROVIDER
from tragitto_pec import Reading
from tragitto_pec.rehearsal import Enclosure, Letter, parts
from tragitto_pec.rehearsal.keys import sign
from tragitto_pec.rehearsal.provider import Provider
from tragitto_pec.rehearsal.sealing import Manner, sealed, signature
from tragitto_pec.seal import HASHES
from tragitto_pec.vocabulary import Kind, Verdict

EARLY = datetime.fromisoformat("2025-05-02T09:00:00+02:00")


def verdict(result: Reading) -> tuple[Kind, Verdict, datetime | None]:
    """What a message is, what it proves, and since when."""
    return (result.kind, result.verdict, result.certified_at)


def flipped(raw: bytes, position: int, mask: int = 1) -> bytes:
    """The same bytes with one of them changed."""
    return raw[:position] + bytes([raw[position] ^ mask]) + raw[position + 1 :]


def span_of_signed_part(raw: bytes) -> tuple[int, int]:
    """Where the signed part begins and ends, without the line ends that belong to the boundaries."""
    boundary = re.search(rb'multipart/signed[^\n]*boundary="([^"]+)"', raw)
    assert boundary
    first, second, _last = (m.start() for m in re.finditer(rb"(?m)^--" + boundary[1], raw))
    return raw.index(b"\n", first) + 1, second - 2


def with_header(raw: bytes, name: str, value: str) -> bytes:
    """The message with a header line replaced: outside the seal, so the seal stays whole."""
    changed, count = re.subn(rf"(?m)^{name}: .*\r$".encode(), f"{name}: {value}\r".encode(), raw, count=1)
    assert count == 1
    return changed


def early_daticert() -> Enclosure:
    """A home-made daticert.xml that claims a time before the deadline."""
    xml = parts.daticert_xml(PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, EARLY))
    return Enclosure("daticert.xml", xml, "application/xml")


def forwarded(message: bytes) -> bytes:
    """Ordinary mail with a message attached to it."""
    wrapper = Letter("stranger@mail.example", LETTER.recipients, "Fwd", "vedi allegato")
    head = parts.headers([("From", wrapper.sender), ("To", wrapper.recipients[0]), ("Subject", "Fwd")])
    return head + b"\r\n" + parts.multipart([parts.text_part("vedi"), parts.original_part(message)])


def sealed_xml(xml: bytes, provider: Provider = PROVIDER) -> bytes:
    """A genuine seal over any daticert.xml."""
    data = provider.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
    original = parts.original_part(LETTER.as_message(NOON))
    pieces = [parts.text_part("avviso"), parts.daticert_part(xml), original]
    return provider.seal_parts(provider.header_fields(data), pieces, NOON)


def daticert(change: Callable[[str], str] = str) -> bytes:
    """The right certification data of Bruno's letter, changed as text."""
    data = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
    return change(parts.daticert_xml(data).decode()).encode()


def resealed(change: Callable[[cms.SignedData], None], *, manner: Manner | None = None) -> bytes:
    """The envelope of Bruno's letter with its CMS structure changed."""
    content = signed_content()
    info = cms.ContentInfo.load(signature(content, PROVIDER.credentials, NOON, manner))
    change(info["content"])
    return with_seal(content, info.dump(force=True))


def signed_content() -> bytes:
    """The part that is signed in the envelope of Bruno's letter."""
    data = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
    xml, original = parts.daticert_xml(data), LETTER.as_message(NOON, f"<{data.identifier}>")
    return parts.multipart(
        [parts.text_part("avviso"), parts.daticert_part(xml), parts.original_part(original)]
    )


def with_seal(content: bytes, der: bytes) -> bytes:
    """The envelope of Bruno's letter over this content, with any signature."""
    data = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
    return sealed(parts.headers(PROVIDER.header_fields(data)), content, der)


def with_attributes(attributes: list[cms.CMSAttribute]) -> bytes:
    """The envelope with other signed attributes, really signed."""
    in_order = cms.CMSAttributes(attributes)

    def change(data: cms.SignedData) -> None:
        signer = data["signer_infos"][0]
        signer["signed_attrs"] = in_order
        signer["signature"] = sign(PROVIDER.credentials.key, in_order.dump(), HASHES["sha256"])

    return resealed(change)


def unsorted_seal() -> bytes:
    """A DER seal whose attributes stand in reverse order while their sorted form was signed."""
    der = signature(signed_content(), PROVIDER.credentials, NOON)
    attributes = cms.ContentInfo.load(der)["content"]["signer_infos"][0]["signed_attrs"]
    encoded = [attribute.dump() for attribute in attributes]
    assert encoded == sorted(encoded)
    return with_seal(signed_content(), der.replace(b"".join(encoded), b"".join(reversed(encoded))))


def indefinite(der: bytes) -> bytes:
    """The same CMS with its two outer lengths left open (BER), as some providers send it."""
    info = cms.ContentInfo.load(der)
    return (
        b"\x30\x80" + info["content_type"].dump() + b"\xa0\x80" + info["content"].untag().dump() + b"\0" * 4
    )


def nested(levels: int) -> bytes:
    """A letter inside a letter inside a letter, as multiparts."""
    part = parts.text_part("in the middle")
    for level in range(levels):
        part = parts.multipart([part], boundary=f"level{level}".encode())
    return b"From: stranger@mail.example\r\nSubject: deep\r\n" + part


def crowded(count: int) -> bytes:
    """A letter of very many tiny parts."""
    return b"From: stranger@mail.example\r\nSubject: crowd\r\n" + parts.multipart([b"\r\nx"] * count)


def digest_algorithm(name: str) -> algos.DigestAlgorithm:
    """A digest by name."""
    return algos.DigestAlgorithm({"algorithm": name})
