"""Certifies made-up people for signing: what a qualified certificate says, issued by a made-up authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from tragitto_pec.rehearsal import keys
from tragitto_pec.rehearsal.authority import Authority, Credentials
from tragitto_pec.rehearsal.keys import PrivateKey

_COMPLIANT, _DEVICE, _TYPE = "0.4.0.1862.1.1", "0.4.0.1862.1.4", "0.4.0.1862.1.6"
_FOR_SIGNATURES, _FOR_SEALS = "0.4.0.1862.1.6.1", "0.4.0.1862.1.6.2"
_NATURAL_PERSON_WITH_DEVICE = x509.ObjectIdentifier("0.4.0.194112.1.2")
_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_SERVER = "http://firma.prova.example"


@dataclass(frozen=True, slots=True)
class Papers:
    """What a certificate says; the defaults are those of a qualified one, tests choose otherwise."""

    is_qualified: bool = True
    in_device: bool = True
    is_seal: bool = False
    serial_prefix: str = "TINIT-"
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    key: PrivateKey | None = None
    has_urls: bool = True
    signs_certificates: bool = False


def certify(
    authority: Authority, name: str, codice_fiscale: str, papers: Papers | None = None
) -> Credentials:
    """Issue a certificate for a person, in force as long as the authority unless the papers say less."""
    papers = papers or Papers()
    key = papers.key or keys.derived_key(f"person {authority.name} {name} {codice_fiscale}")
    subject = _subject(name, codice_fiscale, papers)
    builder = _begun(authority, subject, key, papers)
    builder = builder.add_extension(_usage(papers), critical=True)
    policy = x509.PolicyInformation(_NATURAL_PERSON_WITH_DEVICE, None)
    builder = builder.add_extension(x509.CertificatePolicies([policy]), critical=False)
    if papers.is_qualified:
        statements = x509.UnrecognizedExtension(_STATEMENTS, _statements(papers))
        builder = builder.add_extension(statements, critical=False)
    if papers.has_urls:
        for extension in _addresses():
            builder = builder.add_extension(extension, critical=False)
    return Credentials(key, _signed(builder, authority), authority.certificate)


def certify_stamper(authority: Authority, name: str = "Marca temporale di prova") -> Credentials:
    """Issue a certificate for time stamps (RFC 3161 § 2.3)."""
    key = keys.derived_key(f"stamper {authority.name} {name}")
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    builder = _begun(authority, subject, key, Papers())
    builder = builder.add_extension(_usage(Papers(is_seal=True)), critical=True)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    builder = builder.add_extension(purpose, critical=True)
    return Credentials(key, _signed(builder, authority), authority.certificate)


def _begun(
    authority: Authority, subject: x509.Name, key: PrivateKey, papers: Papers
) -> x509.CertificateBuilder:
    public = key.public_key()
    since = papers.valid_from or authority.valid_from
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.certificate.subject)
        .public_key(public)
        .serial_number(keys.serial_number(f"{subject.rfc4514_string()} {since}"))
        .not_valid_before(since)
        .not_valid_after(papers.valid_until or authority.valid_until - timedelta(seconds=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(issuer_key, critical=False)
    )


def _signed(builder: x509.CertificateBuilder, authority: Authority) -> x509.Certificate:
    deterministic = True if isinstance(authority.key, ec.EllipticCurvePrivateKey) else None
    return builder.sign(authority.key, hashes.SHA256(), ecdsa_deterministic=deterministic)


def _subject(name: str, codice_fiscale: str, papers: Papers) -> x509.Name:
    given, _, surname = name.partition(" ")
    attributes = [(NameOID.COUNTRY_NAME, "IT"), (NameOID.COMMON_NAME, name)]
    if papers.is_seal:
        attributes.append((NameOID.ORGANIZATION_NAME, name))
    else:
        attributes += [(NameOID.GIVEN_NAME, given), (NameOID.SURNAME, surname or given)]
    if codice_fiscale:
        attributes.append((NameOID.SERIAL_NUMBER, papers.serial_prefix + codice_fiscale))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in attributes])


def _statements(papers: Papers) -> bytes:
    """The statements of a qualified certificate (ETSI EN 319 412-5)."""
    number = core.ObjectIdentifier
    purpose = number(_FOR_SEALS if papers.is_seal else _FOR_SIGNATURES).dump()
    found = [_sequence(number(_COMPLIANT).dump()), _sequence(number(_TYPE).dump() + _sequence(purpose))]
    if papers.in_device:
        found.append(_sequence(number(_DEVICE).dump()))
    return _sequence(b"".join(found))


def _sequence(content: bytes) -> bytes:
    return bytes(core.Sequence(contents=content).dump())


def _addresses() -> tuple[x509.ExtensionType, ...]:
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{_SERVER}/crl")], None, None, None)
    responder = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(f"{_SERVER}/ocsp")
    )
    return x509.CRLDistributionPoints([point]), x509.AuthorityInformationAccess([responder])


def _usage(papers: Papers) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=papers.is_seal,
        content_commitment=not papers.signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=papers.signs_certificates,
        crl_sign=papers.signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
