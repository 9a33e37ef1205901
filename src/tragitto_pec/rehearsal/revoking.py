"""Writes lists of revoked certificates and answers about single ones, as a made-up authority would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from tragitto_pec.rehearsal.authority import Authority, Credentials

_FRESH_FOR = timedelta(days=7)


def revocation_list(
    authority: Authority, revoked: Mapping[int, datetime], at: datetime, until: datetime | None = None
) -> bytes:
    """A list made at ``at``: which serial numbers were revoked, and when (RFC 5280 § 5)."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(at)
        .next_update(until or at + _FRESH_FOR)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
        )
    )
    for serial, moment in revoked.items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment)
        entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def answer(
    authority: Authority, about: Credentials, at: datetime, revoked_at: datetime | None = None
) -> bytes:
    """What the authority answers about one certificate at ``at`` (RFC 6960), signed by itself."""
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=about.certificate,
        issuer=authority.certificate,
        algorithm=hashes.SHA1(),  # noqa: S303  names the certificate, protects nothing
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
        this_update=at,
        next_update=at + _FRESH_FOR,
        revocation_time=revoked_at,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked_at else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, authority.certificate)
    signed = builder.sign(authority.key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.DER)
