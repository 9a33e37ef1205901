"""Seals a MIME part as a provider does: a detached CMS signature beside the untouched bytes."""

from __future__ import annotations

import base64
import hashlib
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

CRLF = b"\r\n"


@dataclass(frozen=True, slots=True)
class Manner:
    """How to seal; the defaults are what providers do today, tests choose otherwise."""

    digest: str = "sha256"
    sends_issuer: bool = True
    sends_signer: bool = True
    carries_content: bool = False


def signature(content: bytes, by: Credentials, at: datetime, manner: Manner | None = None) -> bytes:
    """Return the DER of a detached signature over the content, said to be made at ``at``."""
    manner = manner or Manner()
    attributes = _attributes(content, at, manner.digest)
    signer = cms.SignerInfo(
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
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": manner.digest}),
            "signed_attrs": attributes,
            "signature_algorithm": _signature_algorithm(by, manner.digest),
            "signature": sign(by.key, attributes.dump(), HASHES[manner.digest]),
        }
    )
    sent = [by.certificate] * manner.sends_signer + [by.issuer] * manner.sends_issuer
    inside = {"content_type": "data"} | ({"content": content} if manner.carries_content else {})
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": manner.digest})],
            "encap_content_info": inside,
            "certificates": [_asn1(certificate) for certificate in sent],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def _attributes(content: bytes, at: datetime, digest: str) -> cms.CMSAttributes:
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime(at)})]}),
            cms.CMSAttribute(
                {
                    "type": "message_digest",
                    "values": [hashlib.new(digest, content, usedforsecurity=False).digest()],
                }
            ),
        ]
    )


def _signature_algorithm(by: Credentials, digest: str) -> algos.SignedDigestAlgorithm:
    kind = "rsassa_pkcs1v15" if isinstance(by.key, rsa.RSAPrivateKey) else f"{digest}_ecdsa"
    return algos.SignedDigestAlgorithm({"algorithm": kind})


def _asn1(certificate: x509.Certificate) -> cms.CertificateChoices:
    der = certificate.public_bytes(serialization.Encoding.DER)
    return cms.CertificateChoices(name="certificate", value=asn1_x509.Certificate.load(der))


def sealed(headers: bytes, part: bytes, der: bytes, digest: str = "sha256") -> bytes:
    """Return the whole message: the given header lines, the signed part as it is, the signature."""
    boundary = b"----" + hashlib.sha256(part).hexdigest()[:32].upper().encode()
    content_type = (
        b'Content-Type: multipart/signed; protocol="application/x-pkcs7-signature"; '
        b'micalg="%s"; boundary="%s"' % (digest.encode(), boundary)
    )
    top = [headers, b"MIME-Version: 1.0", content_type, b"", b"This is an S/MIME signed message", b""]
    signature_part = [
        b'Content-Type: application/x-pkcs7-signature; name="smime.p7s"',
        b"Content-Transfer-Encoding: base64",
        b'Content-Disposition: attachment; filename="smime.p7s"',
        b"",
        base64.encodebytes(der).replace(b"\n", CRLF),
    ]
    mark = b"--" + boundary
    body = [mark, part, mark, CRLF.join(signature_part), mark + b"--", b""]
    return CRLF.join([*top, *body])
