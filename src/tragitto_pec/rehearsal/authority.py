"""A made-up authority that certifies made-up providers: trusted in tests and demonstrations alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tragitto_pec.anchors import PEC_SET, PUBLIC, Anchor, AnchorSet
from tragitto_pec.rehearsal import keys
from tragitto_pec.rehearsal.keys import PrivateKey


@dataclass(frozen=True, slots=True)
class Profile:
    """What a provider's certificate says; the defaults are right, tests make each of them wrong."""

    policy: str | None = PUBLIC.policy
    digital_signature: bool = True
    extended_usage: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.EMAIL_PROTECTION
    alternative_name: str | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """A provider's key, its certificate and the certificate of the authority that issued it."""

    key: PrivateKey
    certificate: x509.Certificate
    issuer: x509.Certificate


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority with one key, in force from ``valid_from`` to ``valid_until``."""

    name: str
    valid_from: datetime
    valid_until: datetime
    key: PrivateKey = field(repr=False)
    certificate: x509.Certificate = field(repr=False)

    @classmethod
    def create(
        cls,
        *,
        valid_from: datetime,
        valid_until: datetime,
        name: str = "Autorità di prova",
        key: PrivateKey | None = None,
        seed: str = "",
    ) -> Authority:
        """Make an authority: with the given key, or one derived from ``seed``, or a random RSA key."""
        key = key or (keys.derived_key(f"authority {seed}") if seed else keys.random_key())
        subject = _name(name, "Prova")
        builder = _certificate(subject, subject, key, (valid_from, valid_until), name)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(certificates=True), critical=True)
        return cls(name, valid_from, valid_until, key, _signed(builder, key))

    def anchors(self, anchor_set: str = PEC_SET) -> AnchorSet:
        """The rules of the public set with this authority alone as anchor, of the named set."""
        spki = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        digest = hashlib.sha256(spki).hexdigest()
        return PUBLIC.trusting(Anchor(self.name, digest, self.valid_from, self.valid_until, anchor_set))

    def issue(
        self,
        *,
        address: str,
        organisation: str,
        valid_from: datetime,
        valid_until: datetime,
        key: PrivateKey,
        profile: Profile | None = None,
    ) -> Credentials:
        """Certify a provider's key for its address ``posta-certificata@…``."""
        profile = profile or Profile()
        subject = _name(f"Posta Certificata {organisation}", organisation)
        period = (valid_from, valid_until)
        builder = _certificate(subject, self.certificate.subject, key, period, address)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=False)
        builder = builder.add_extension(_usage(signs=profile.digital_signature), critical=True)
        alternative = x509.RFC822Name(profile.alternative_name or address)
        builder = builder.add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        if profile.policy:
            policy = x509.PolicyInformation(x509.ObjectIdentifier(profile.policy), None)
            builder = builder.add_extension(x509.CertificatePolicies([policy]), critical=False)
        if profile.extended_usage:
            builder = builder.add_extension(x509.ExtendedKeyUsage([profile.extended_usage]), critical=False)
        return Credentials(key, _signed(builder, self.key), self.certificate)

    def save(self, path: Path) -> None:
        """Write key and certificate into one PEM file that only its owner may read."""
        path.touch(mode=0o600)
        path.write_bytes(keys.to_pem(self.key) + self.certificate.public_bytes(serialization.Encoding.PEM))

    @classmethod
    def load(cls, path: Path) -> Authority:
        """Read an authority written by ``save``. Raises ``OSError`` or ``ValueError``."""
        pem = path.read_bytes()
        key, certificate = keys.from_pem(pem), x509.load_pem_x509_certificate(pem)
        name = str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
        return cls(name, certificate.not_valid_before_utc, certificate.not_valid_after_utc, key, certificate)


def _name(common_name: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: PrivateKey,
    period: tuple[datetime, datetime],
    seed: str,
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(keys.serial_number(f"{seed} {period[0]}"))
        .not_valid_before(period[0])
        .not_valid_after(period[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _signed(builder: x509.CertificateBuilder, key: PrivateKey) -> x509.Certificate:
    # Repeatable where the key allows it: RSA with this padding always is.
    deterministic = True if isinstance(key, ec.EllipticCurvePrivateKey) else None
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=deterministic)


def _usage(*, signs: bool = False, certificates: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=not (signs or certificates),
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
