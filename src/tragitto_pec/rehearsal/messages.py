"""Builds the CMS messages of a rehearsal: signatures and time-stamp tokens, made well or badly on purpose."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tragitto_pec.rehearsal.authority import Credentials
from tragitto_pec.rehearsal.keys import sign
from tragitto_pec.seal import HASHES


@dataclass(frozen=True, slots=True)
class Style:
    """How to sign; the defaults are what tools do today, tests choose otherwise."""

    digest: str = "sha256"
    content_type: str = "data"
    is_unsorted: bool = False
    is_bare: bool = False
    sends_signer: bool = True
    sends_issuer: bool = True
    has_certificate_attribute: bool = True
    crls: tuple[bytes, ...] = ()


def signer_info(content: bytes, by: Credentials, at: datetime, style: Style) -> cms.SignerInfo:
    """Sign a content as it travels: its attributes are signed, unless the style is bare."""
    attributes = _attributes(content, by, at, style)
    signed = content if style.is_bare else attributes.dump()
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                name="issuer_and_serial_number",
                value=cms.IssuerAndSerialNumber(
                    {
                        "issuer": asn1_x509.Name.load(by.certificate.issuer.public_bytes()),
                        "serial_number": by.certificate.serial_number,
                    }
                ),
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": style.digest}),
            **({} if style.is_bare else {"signed_attrs": _as_sent(attributes, style)}),
            "signature_algorithm": _algorithm(by, style.digest),
            "signature": sign(by.key, signed, HASHES[style.digest]),
        }
    )


def message(
    content: bytes | None, signers: Sequence[cms.SignerInfo], by: Sequence[Credentials], style: Style
) -> bytes:
    """Put signatures and their certificates into one message; without content they travel apart (DER)."""
    inside: dict[str, object] = {"content_type": style.content_type}
    if content is not None:
        # The library knows the content of the oldest version as plain octets alone.
        inside["content"] = content if style.content_type == "data" else core.ParsableOctetString(content)
    signed: dict[str, object] = {
        "version": "v1" if style.content_type == "data" else "v3",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": style.digest})],
        "encap_content_info": inside,
        "signer_infos": list(signers),
    }
    if sent := _sent(by, style):
        signed["certificates"] = sent
    if style.crls:
        signed["crls"] = [_revocations(der) for der in style.crls]
    info = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})
    return bytes(info.dump())


def asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate for the other library."""
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _sent(by: Sequence[Credentials], style: Style) -> list[cms.CertificateChoices]:
    certificates = [c.certificate for c in by if style.sends_signer]
    certificates += [c.issuer for c in by if style.sends_issuer]
    return [
        cms.CertificateChoices(name="certificate", value=asn1(certificate))
        for certificate in dict.fromkeys(certificates)
    ]


def _revocations(der: bytes) -> cms.RevocationInfoChoice:
    return cms.RevocationInfoChoice(name="crl", value=cms.CertificateList.load(der))


def _attributes(content: bytes, by: Credentials, at: datetime, style: Style) -> cms.CMSAttributes:
    digest = hashlib.new(style.digest, content, usedforsecurity=False).digest()
    found = [
        {"type": "content_type", "values": [style.content_type]},
        {"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime(at)})]},
        {"type": "message_digest", "values": [digest]},
    ]
    if style.has_certificate_attribute:
        found.append({"type": "signing_certificate_v2", "values": [_certificate_named(by)]})
    return cms.CMSAttributes([cms.CMSAttribute(attribute) for attribute in found])


def _certificate_named(by: Credentials) -> dict[str, object]:
    """The attribute that ties a signature to one certificate (RFC 5035)."""
    der = by.certificate.public_bytes(serialization.Encoding.DER)
    return {"certs": [{"cert_hash": hashlib.sha256(der).digest()}]}


def _as_sent(attributes: cms.CMSAttributes, style: Style) -> cms.CMSAttributes:
    if not style.is_unsorted:
        return attributes
    backwards = sorted((attribute.dump() for attribute in attributes), reverse=True)
    return cms.CMSAttributes(contents=b"".join(backwards))


def _algorithm(by: Credentials, digest: str) -> algos.SignedDigestAlgorithm:
    kind = "rsassa_pkcs1v15" if isinstance(by.key, rsa.RSAPrivateKey) else f"{digest}_ecdsa"
    return algos.SignedDigestAlgorithm({"algorithm": kind})
