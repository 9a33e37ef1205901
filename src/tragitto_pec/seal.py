"""Opens the detached signature of an envelope (CMS, RFC 5652) in the narrow form providers use."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.utils import CryptographyDeprecationWarning

from tragitto_pec.limits import DEFAULT, Limits
from tragitto_pec.reading import Reason
from tragitto_pec.reasons import deciding

# SHA-1 is here because real envelopes bear it; anchors.toml says when it is tolerated.
HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}

# asn1crypto parses lazily and reports malformed input by any of these.
_MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


# cryptography reads certificates lazily too, and reports what it cannot read by any of these.
UNREADABLE = (
    ValueError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


class SealError(Exception):
    """The seal cannot be used; ``reason`` says why, ``is_broken`` whether it looks damaged."""

    def __init__(self, reason: Reason, *, is_broken: bool = False) -> None:
        """Keep the reason to give and whether the seal looks damaged."""
        super().__init__(reason.code)
        self.reason = reason
        self.is_broken = is_broken


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature taken apart: who is said to have made it, over what, and when."""

    certificates: tuple[x509.Certificate, ...]
    leaf: x509.Certificate
    digest: str
    message_digest: bytes
    signing_time: datetime | None
    algorithm: str
    signature: bytes
    signed_forms: tuple[bytes, ...]

    def covers(self, content: bytes) -> bool:
        """Whether the sealed digest is that of the content."""
        return hashlib.new(self.digest, content, usedforsecurity=False).digest() == self.message_digest

    def signed_form(self) -> int | None:
        """Which form of the signed attributes the signature fits: 0 as they stand, more if re-ordered.

        None when the signer's key fits none of them.
        """
        key, digest = self.leaf.public_key(), HASHES[self.digest]
        for position, form in enumerate(self.signed_forms):
            try:
                if isinstance(key, rsa.RSAPublicKey) and self.algorithm == "rsassa_pkcs1v15":
                    key.verify(self.signature, form, padding.PKCS1v15(), digest)
                elif isinstance(key, ec.EllipticCurvePublicKey) and self.algorithm == "ecdsa":
                    key.verify(self.signature, form, ec.ECDSA(digest))
                else:
                    return None
            except (InvalidSignature, UnsupportedAlgorithm):
                continue
            return position
        return None


def open_seal(der: bytes, limits: Limits = DEFAULT) -> Seal:
    """Take a signature apart. Raises ``SealError``; nothing is verified yet."""
    if len(der) > limits.seal_bytes:
        raise SealError(deciding("seal-unreadable", problem=f"more than {limits.seal_bytes} bytes"))
    try:
        return _open(der, limits)
    except _MALFORMED as error:
        problem = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise SealError(deciding("seal-unreadable", problem=problem), is_broken=True) from None


def content_of(der: bytes) -> bytes:
    """What a signature carries inside it; nothing when it carries nothing or cannot be read."""
    try:
        info = cms.ContentInfo.load(der)
        content = info["content"]["encap_content_info"]["content"].native
    except _MALFORMED:
        return b""
    return content if isinstance(content, bytes) else b""


def _open(der: bytes, limits: Limits) -> Seal:
    info = cms.ContentInfo.load(der)
    if info["content_type"].native != "signed_data":
        raise SealError(deciding("seal-unreadable", problem="not a signature"))
    signed = info["content"]
    if not isinstance(signed["encap_content_info"]["content"], core.Void):
        raise SealError(deciding("seal-carries-content"))
    if len(signed["signer_infos"]) != 1:
        raise SealError(deciding("several-signers", count=str(len(signed["signer_infos"]))))
    signer = signed["signer_infos"][0]
    attributes = _attributes(signer, signed["encap_content_info"]["content_type"].native)
    digest = _digest(signer)
    certificates = _certificates(signed, limits)
    return Seal(
        certificates=certificates,
        leaf=_leaf(signer, certificates),
        digest=digest,
        message_digest=attributes["message_digest"].native,
        signing_time=attributes["signing_time"].native if "signing_time" in attributes else None,
        algorithm=_algorithm(signer, digest),
        signature=signer["signature"].native,
        signed_forms=_signed_forms(signer["signed_attrs"]),
    )


def _attributes(signer: cms.CMSAttributes, content_type: str) -> dict[str, cms.CMSAttributes]:
    """The one value of each attribute that counts.

    Without signed attributes a signature could be moved from an attribute set to a content and back,
    so a seal must have them (RFC 5652 § 5.3, RFC 8551 § 2.5).
    """
    found: dict[str, cms.CMSAttributes] = {}
    for attribute in signer["signed_attrs"] or ():
        name = attribute["type"].native
        if name not in ("content_type", "message_digest", "signing_time"):
            continue
        if name in found or len(attribute["values"]) != 1:
            raise SealError(deciding("attributes-missing", attribute=name))
        found[name] = attribute["values"][0]
    for name in ("content_type", "message_digest"):
        if name not in found:
            raise SealError(deciding("attributes-missing", attribute=name))
    if found["content_type"].native != content_type or content_type != "data":
        raise SealError(deciding("attributes-missing", attribute="content_type"))
    return found


def _digest(signer: cms.SignerInfo) -> str:
    name = str(signer["digest_algorithm"]["algorithm"].native)
    if name not in HASHES:
        raise SealError(deciding("digest-not-accepted", digest=name, moment="any time"))
    return name


def _algorithm(signer: cms.SignerInfo, digest: str) -> str:
    """The kind of signature; where it names a digest too, that must be the digest of the attributes."""
    declared = signer["signature_algorithm"]
    algorithm = str(declared.signature_algo)
    if algorithm not in ("rsassa_pkcs1v15", "ecdsa"):
        raise SealError(deciding("algorithm-unknown", algorithm=algorithm))
    if declared["algorithm"].native != "rsassa_pkcs1v15" and declared.hash_algo != digest:
        raise SealError(deciding("algorithm-unknown", algorithm=f"{algorithm} over another digest"))
    return algorithm


def _certificates(signed: cms.SignedData, limits: Limits) -> tuple[x509.Certificate, ...]:
    choices = list(signed["certificates"] or ())
    if len(choices) > limits.certificates:
        raise SealError(deciding("seal-unreadable", problem=f"more than {limits.certificates} certificates"))
    encoded = [choice.chosen.dump() for choice in choices if choice.name == "certificate"]
    return tuple(parsed for der in encoded if (parsed := _readable(der)))


def _readable(der: bytes) -> x509.Certificate | None:
    """One that cannot be read is as good as not sent."""
    try:
        return certificate(der)
    except UNREADABLE:
        return None


@lru_cache(maxsize=128)
def certificate(der: bytes) -> x509.Certificate:
    """Parse a certificate: its key, names and dates too, so that nothing raises later but extensions.

    Few providers make many messages, so it is remembered. Raises one of ``UNREADABLE``, also for a serial
    number that is not positive (RFC 5280 §4.1.2.2), which the library only warns of.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        parsed = x509.load_der_x509_certificate(der)
        if parsed.serial_number <= 0:
            raise ValueError("the serial number is not positive")
    parsed.public_key()
    _named = parsed.subject.rfc4514_string(), parsed.issuer.rfc4514_string()
    _dated = parsed.not_valid_before_utc, parsed.not_valid_after_utc
    return parsed


def _leaf(signer: cms.SignerInfo, certificates: tuple[x509.Certificate, ...]) -> x509.Certificate:
    named = signer["sid"]
    if named.name == "issuer_and_serial_number":
        issuer, serial = named.chosen["issuer"].dump(), named.chosen["serial_number"].native
        matches = [c for c in certificates if c.serial_number == serial and c.issuer.public_bytes() == issuer]
    else:
        matches = [c for c in certificates if _key_identifier(c) == named.chosen.native]
    if not matches:
        raise SealError(deciding("signer-certificate-missing"))
    return matches[0]


def _key_identifier(holder: x509.Certificate) -> bytes | None:
    try:
        return holder.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except (x509.ExtensionNotFound, *UNREADABLE):
        return None


def _signed_forms(attributes: cms.CMSAttributes) -> tuple[bytes, ...]:
    """The encodings the signature may be over: as they stand, then sorted (DER, RFC 5652 § 5.4).

    Some tools send the attributes unsorted but sign them sorted; others send BER and sign DER.
    """
    stands = b"".join(attribute.dump() for attribute in attributes)
    by_order = b"".join(sorted(attribute.dump() for attribute in attributes))
    anew = b"".join(sorted(attribute.copy().dump(force=True) for attribute in attributes))
    return tuple(dict.fromkeys(b"\x31" + _length(form) + form for form in (stands, by_order, anew)))


def _length(content: bytes) -> bytes:
    """The DER length octets of a content."""
    size = len(content)
    if size < 0x80:
        return bytes([size])
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


@lru_cache(maxsize=128)
def spki_sha256(holder: x509.Certificate) -> str:
    """The hash of a certificate's public key, in hexadecimal. Raises ``ValueError`` on an unknown key."""
    key = holder.public_key()
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()
