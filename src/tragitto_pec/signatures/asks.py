"""Where, and how, the revocation of a traced certificate can be asked; nothing is asked here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from asn1crypto import ocsp, x509
from pyhanko_certvalidator.path import ValidationPath

from tragitto_pec.signatures.limits import MALFORMED

_MOST = 4
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Ask:
    """An address out of a traced certificate: with a request to be sent there, or a list to be fetched."""

    url: str
    request: bytes = b""


def asks_for(path: ValidationPath) -> tuple[Ask, ...]:
    """Whom to ask about the certificate the path leads from: responders first, then lists. Never raises."""
    leaf = path.leaf
    if not isinstance(leaf, x509.Certificate):
        return ()
    try:
        issuer = path.find_issuing_authority(leaf)
        request = _request(leaf, bytes(issuer.public_key["public_key"]))
        answers = [Ask(url, request) for url in leaf.ocsp_urls]
        lists = [Ask(point.url) for point in leaf.crl_distribution_points if point.url]
    except (*MALFORMED, LookupError):
        return ()
    return tuple(ask for ask in (*answers[:_MOST], *lists[:_MOST]) if _is_web(ask.url))


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://")) and len(url) <= _LONGEST and url.isascii()


def _request(leaf: x509.Certificate, issuer_key: bytes) -> bytes:
    """A request about one certificate (RFC 6960 § 4.1; SHA-1 is what every responder knows for the name)."""
    identifier = ocsp.CertId(
        {
            "hash_algorithm": {"algorithm": "sha1"},
            "issuer_name_hash": hashlib.sha1(leaf.issuer.dump(), usedforsecurity=False).digest(),
            "issuer_key_hash": hashlib.sha1(issuer_key, usedforsecurity=False).digest(),
            "serial_number": leaf.serial_number,
        }
    )
    wanted = ocsp.Request({"req_cert": identifier})
    return bytes(ocsp.OCSPRequest({"tbs_request": {"request_list": [wanted]}}).dump())
