"""Decides whether one CMS signature fits its content and its certificate (RFC 5652 § 5.4)."""

from __future__ import annotations

from asn1crypto import cms, core, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError
from pyhanko.sign.validation import errors, generic_cms
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator, SignatureValidationContext

from tragitto_pec.reading import Reason
from tragitto_pec.signatures.limits import CERTIFICATES, MALFORMED
from tragitto_pec.signatures.reasons import deciding, note, warning
from tragitto_pec.signatures.vocabulary import Integrity

_WEAK_DIGESTS = frozenset({"md2", "md5", "sha1"})
_SMALL_RSA, _SMALL_CURVE = 2048, 224
_SET = 0x31


def certificates_of(signed: cms.SignedData) -> list[x509.Certificate]:
    """The certificates that travel with a signature, those that can be read at all, at most 200."""
    found = []
    for choice in list(signed["certificates"] or ())[:CERTIFICATES]:
        try:
            if choice.name == "certificate":
                parsed = x509.Certificate.load(choice.chosen.untag().dump())
                _read = parsed.subject, parsed.public_key, parsed.not_valid_after, parsed.serial_number
                found.append(parsed)
        except MALFORMED:
            continue
    return found


def certificate_of(signer: cms.SignerInfo, travelling: list[x509.Certificate]) -> x509.Certificate | None:
    """The certificate a signature names, if it travels along."""
    named = signer["sid"]
    for certificate in travelling:
        if named.name == "issuer_and_serial_number":
            issuer, serial = named.chosen["issuer"], named.chosen["serial_number"].native
            if certificate.serial_number == serial and certificate.issuer == issuer:
                return certificate
        elif certificate.key_identifier == named.chosen.native:
            return certificate
    return None


def fit(
    signer: cms.SignerInfo, certificate: x509.Certificate, content_type: str, digest: bytes, first: bytes
) -> tuple[Integrity, tuple[Reason, ...]]:
    """Whether the signature is by the certificate's key and over a content of this type and digest.

    ``first`` is the first byte of the content. Never raises; anything but ``intact`` bears a reason.
    """
    try:
        return _fit(signer, certificate, content_type, digest, first)
    except errors.SignatureValidationError as error:
        problem = str(error.failure_message or "")[:120]
        if "ertificate" in problem:
            return Integrity.ALTERED, (deciding("certificate-mismatch"),)
        return Integrity.ALTERED, (deciding("attributes-wrong", problem=problem),)
    except (CMSExtractionError, CMSStructuralError, UnsupportedAlgorithm, InvalidSignature, *MALFORMED):
        return Integrity.UNSUPPORTED, (deciding("method-unknown", method=method_of(signer)),)


def _fit(
    signer: cms.SignerInfo, certificate: x509.Certificate, content_type: str, digest: bytes, first: bytes
) -> tuple[Integrity, tuple[Reason, ...]]:
    bare = isinstance(signer["signed_attrs"], core.Void) or len(signer["signed_attrs"]) == 0
    if bare and (not first or first[0] == _SET):
        # Without attributes a signature over attributes could be passed off as one over a content.
        return Integrity.ALTERED, (deciding("attributes-wrong", problem="none are signed"),)
    intact, valid = generic_cms.validate_sig_integrity(signer, certificate, content_type, digest)
    remarks: tuple[Reason, ...] = (warning("no-signed-attributes"),) if bare else ()
    if not valid and not bare and _fits_sorted(signer, certificate):
        valid, remarks = True, (*remarks, note("unsorted-attributes"))
    if not intact:
        return Integrity.ALTERED, (deciding("content-changed"),)
    if not valid:
        return Integrity.ALTERED, (deciding("signature-wrong"),)
    return Integrity.INTACT, remarks


def _fits_sorted(signer: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    """Some tools send the signed attributes in another order than the one they signed (DER's)."""
    sorted_attributes = sorted(attribute.dump() for attribute in signer["signed_attrs"])
    as_set = cms.CMSAttributes(contents=b"".join(sorted_attributes)).dump()
    try:
        DefaultSignatureValidator().validate_signature(
            signer["signature"].native,
            as_set,
            certificate.public_key,
            signer["signature_algorithm"],
            SignatureValidationContext(signer["digest_algorithm"]["algorithm"].native, prehashed=False),
        )
    except InvalidSignature:
        return False
    return True


def digest_of(signer: cms.SignerInfo) -> str:
    """The digest a signature uses, by its name or number; empty when it cannot be read."""
    try:
        return str(signer["digest_algorithm"]["algorithm"].native)
    except MALFORMED:
        return ""


def method_of(signer: cms.SignerInfo) -> str:
    """The method of a signature, for a sentence."""
    try:
        return str(signer["signature_algorithm"]["algorithm"].native)
    except MALFORMED:
        return "unreadable"


def key_of(certificate: x509.Certificate) -> str:
    """The kind and size of a key, as in ``rsa 2048``."""
    try:
        key = certificate.public_key
        return f"{key.algorithm} {key.bit_size}"
    except MALFORMED:
        return ""


def weaknesses(signer: cms.SignerInfo, certificate: x509.Certificate) -> tuple[Reason, ...]:
    """What about a signature is no longer safe: its digest, its key."""
    found, digest, key = [], digest_of(signer), key_of(certificate)
    if digest in _WEAK_DIGESTS:
        found.append(warning("weak-digest", digest=digest))
    kind, _, bits = key.partition(" ")
    least = _SMALL_CURVE if kind == "ec" else _SMALL_RSA
    if bits.isdigit() and kind in ("rsa", "rsassa_pss", "dsa", "ec") and int(bits) < least:
        found.append(warning("weak-key", key=key))
    return tuple(found)
