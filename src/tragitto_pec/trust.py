"""Decides whether a seal was made by a provider of certified mail, at the moment it certifies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from tragitto_pec.anchors import Anchor, AnchorSet, in_force
from tragitto_pec.reading import Reason, Signer
from tragitto_pec.reasons import deciding, note
from tragitto_pec.seal import UNREADABLE, Seal, spki_sha256


def signer_of(seal: Seal, anchors: AnchorSet) -> Signer:
    """Describe the certificate that sealed. Raises ``ValueError`` when it cannot be read."""
    leaf, (anchor, issuer) = seal.leaf, _pinned_issuer(seal, anchors)
    return Signer(
        address=next(iter(_addresses(leaf)), ""),
        subject=leaf.subject.rfc4514_string(),
        issuer=leaf.issuer.rfc4514_string(),
        serial=f"{leaf.serial_number:x}",
        spki_sha256=spki_sha256(leaf),
        issuer_spki_sha256=spki_sha256(issuer) if issuer else "",
        not_before=leaf.not_valid_before_utc,
        not_after=leaf.not_valid_after_utc,
        signed_at=seal.signing_time,
        digest=seal.digest,
        anchor=anchor.name if anchor else "",
    )


def doubts(seal: Seal, senders: list[str], moment: datetime, anchors: AnchorSet) -> Iterator[Reason]:
    """Give every deciding reason why the seal is not a provider's, or none at all.

    ``senders`` are the addresses of the From header: exactly one, and the certificate must be its.
    Everything is judged at ``moment``, the certified time (RFC 6109 § 6.2).
    """
    anchor, issuer = _pinned_issuer(seal, anchors)
    if anchor is None or issuer is None:
        yield deciding("issuer-not-pinned", subject=seal.leaf.subject.rfc4514_string())
        return
    at = moment.isoformat()
    if not _issued(seal.leaf, issuer):
        yield deciding("issuer-signature-wrong", anchor=anchor.name)
    if not in_force(anchor, moment):
        yield deciding("anchor-not-in-force", anchor=anchor.name, moment=at)
    if not seal.leaf.not_valid_before_utc <= moment <= seal.leaf.not_valid_after_utc:
        yield deciding("certificate-not-in-force", moment=at)
    yield from _profile_doubts(seal.leaf, senders, anchors)
    yield from _strength_doubts(seal, moment, anchors)


def remarks(seal: Seal, moment: datetime, anchors: AnchorSet) -> Iterator[Reason]:
    """Give the notes that a tolerated weakness deserves."""
    tolerated = anchors.seal_digest(seal.digest, moment)
    if tolerated and tolerated.weak:
        yield note("sha1-envelope")


def _pinned_issuer(seal: Seal, anchors: AnchorSet) -> tuple[Anchor | None, x509.Certificate | None]:
    """The travelling certificate whose key is pinned and whose name the signer's certificate bears."""
    for candidate in seal.certificates:
        anchor = anchors.anchor_of(spki_sha256(candidate))
        if anchor and candidate.subject == seal.leaf.issuer and candidate != seal.leaf:
            return anchor, candidate
    return None, None


def _issued(leaf: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's key signed the certificate.

    Checked by hand, because ``verify_directly_issued_by`` no longer knows certificates signed with
    SHA-1; whether a digest is tolerated at all is a question of the period.
    """
    key, signed = issuer.public_key(), leaf.tbs_certificate_bytes
    try:
        digest = leaf.signature_hash_algorithm
        if isinstance(key, rsa.RSAPublicKey) and digest:
            key.verify(leaf.signature, signed, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest:
            key.verify(leaf.signature, signed, ec.ECDSA(digest))
        else:
            return False
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _profile_doubts(leaf: x509.Certificate, senders: list[str], anchors: AnchorSet) -> Iterator[Reason]:
    """What the certificate must say of itself: policy, address, key usage."""
    try:
        extensions = leaf.extensions
        policies = {policy.policy_identifier.dotted_string for policy in _policies(extensions)}
        usage, extended = _usages(extensions)
    except UNREADABLE as error:
        yield deciding("certificate-unreadable", problem=str(error)[:120])
        return
    if anchors.policy and anchors.policy not in policies:
        yield deciding("policy-missing", policy=anchors.policy)
    own = {address.lower() for address in _addresses(leaf)}
    shown = [sender.lower() for sender in senders]
    if len(shown) != 1 or shown[0] not in own or not _is_providers(shown[0], anchors):
        yield deciding("address-differs", sender=", ".join(senders) or "-", address=", ".join(own) or "-")
    if usage is None or not usage.digital_signature:
        yield deciding("key-usage-wrong")
    # Provider certificates of the first authority had no extended usage at all; a wrong one is refused.
    if extended is not None and ExtendedKeyUsageOID.EMAIL_PROTECTION not in extended:
        yield deciding("extended-key-usage-wrong")


def _is_providers(address: str, anchors: AnchorSet) -> bool:
    """Whether the address is one that providers seal from."""
    return anchors.mailbox in ("", address.partition("@")[0])


def _policies(extensions: x509.Extensions) -> list[x509.PolicyInformation]:
    try:
        return list(extensions.get_extension_for_class(x509.CertificatePolicies).value)
    except x509.ExtensionNotFound:
        return []


def _usages(extensions: x509.Extensions) -> tuple[x509.KeyUsage | None, x509.ExtendedKeyUsage | None]:
    usage, extended = None, None
    for extension in extensions:
        if isinstance(extension.value, x509.KeyUsage):
            usage = extension.value
        if isinstance(extension.value, x509.ExtendedKeyUsage):
            extended = extension.value
    return usage, extended


def _addresses(leaf: x509.Certificate) -> list[str]:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return []
    return names.get_values_for_type(x509.RFC822Name)


def _strength_doubts(seal: Seal, moment: datetime, anchors: AnchorSet) -> Iterator[Reason]:
    at = moment.isoformat()
    if not anchors.seal_digest(seal.digest, moment):
        yield deciding("digest-not-accepted", digest=seal.digest, moment=at)
    try:
        signed_with = seal.leaf.signature_hash_algorithm
    except UNREADABLE:
        signed_with = None
    name = signed_with.name if signed_with else "unknown"
    if not anchors.certificate_digest(name, moment):
        yield deciding("certificate-digest-not-accepted", digest=name, moment=at)
    key = seal.leaf.public_key()
    kind = "rsa" if isinstance(key, rsa.RSAPublicKey) else "ec"
    bits = key.key_size if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) else 0
    if not anchors.admits_key(kind, bits, moment):
        yield deciding("key-not-accepted", key=f"{kind} {bits}", moment=at)
