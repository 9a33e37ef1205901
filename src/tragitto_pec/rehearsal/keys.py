"""Keys of the made-up authority: random for a demonstration, derived from a seed for repeatable tests."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

# The order of P-256 less one: a derived secret must lie between 1 and it (FIPS 186-5 § 6).
_LARGEST = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550


def random_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """Make a fresh RSA key, the kind real providers use."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def derived_key(seed: str) -> ec.EllipticCurvePrivateKey:
    """Derive a P-256 key from a seed: the same seed, the same key, no secret at all."""
    number = int.from_bytes(hashlib.sha512(seed.encode()).digest(), "big") % _LARGEST + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def serial_number(seed: str) -> int:
    """A positive certificate serial number of 64 bits that follows from the seed."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") | 1


def sign(key: PrivateKey, data: bytes, digest: hashes.HashAlgorithm) -> bytes:
    """Sign, the same bytes at each call."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), digest)
    return key.sign(data, ec.ECDSA(digest, deterministic_signing=True))


def to_pem(key: PrivateKey) -> bytes:
    """Write a key as unencrypted PEM: it is trusted nowhere but in a rehearsal."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def from_pem(pem: bytes) -> PrivateKey:
    """Read a key written by ``to_pem``. Raises ``ValueError`` for any other kind."""
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ValueError("neither an RSA nor an elliptic curve key")
    return key
