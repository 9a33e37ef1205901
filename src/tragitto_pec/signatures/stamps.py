"""Verifies time stamps (RFC 3161): that somebody listed saw something, at latest then."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp, x509
from pyhanko.sign.validation.qualified.tsp import QTSTServiceInformation

from tragitto_pec.reading import Reason
from tragitto_pec.signatures import chains, fitting
from tragitto_pec.signatures.limits import MALFORMED, SIGNERS
from tragitto_pec.signatures.reasons import warning
from tragitto_pec.signatures.trusted import TrustedList
from tragitto_pec.signatures.vocabulary import Chain, Integrity

_DIGESTS = ("sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512")


@dataclass(frozen=True, slots=True)
class Proof:
    """The earliest time stamp that holds, and what is to be said of those that do not."""

    at: datetime | None = None
    reasons: tuple[Reason, ...] = ()


def proof_of(
    tokens: Iterable[cms.SignedData],
    data: bytes,
    moment: datetime | None,
    trust: TrustedList | None,
) -> Proof:
    """Verify tokens over ``data`` and give the earliest time that is proven. Never raises.

    A token proves something when it fits and its certificate leads to a listed service: judged at
    ``moment`` when that is known, for later nobody knows what became of the key.
    """
    times, reasons = [], []
    for token in list(tokens)[:SIGNERS]:
        try:
            at, problem = _verified(token, data, moment, trust)
        except MALFORMED:
            at, problem = None, warning("stamp-wrong")
        if problem:
            reasons.append(problem)
        elif at:
            times.append(at)
    return Proof(min(times, default=None), tuple(reasons))


def tokens_of(signer: cms.SignerInfo) -> list[cms.SignedData]:
    """The time stamps over a signature that travel with it (RFC 3161 appendix A)."""
    try:
        return [
            token["content"]
            for attribute in signer["unsigned_attrs"] or ()
            if attribute["type"].native == "signature_time_stamp_token"
            for token in attribute["values"]
        ]
    except MALFORMED:
        return []


def _verified(
    token: cms.SignedData, data: bytes, moment: datetime | None, trust: TrustedList | None
) -> tuple[datetime | None, Reason | None]:
    """The time a token proves, or why it proves none."""
    body = bytes(token["encap_content_info"]["content"])
    info = tsp.TSTInfo.load(body)
    at, travelling = info["gen_time"].native, fitting.certificates_of(token)
    signers = token["signer_infos"]
    certificate = fitting.certificate_of(signers[0], travelling) if len(signers) == 1 else None
    if not _is_over(info["message_imprint"], data) or certificate is None:
        return None, warning("stamp-wrong")
    digest = _hashed(fitting.digest_of(signers[0]), body)
    integrity, _reasons = fitting.fit(signers[0], certificate, "tst_info", digest, body[:1])
    if integrity is not Integrity.INTACT or "time_stamping" not in _purposes(certificate):
        return None, warning("stamp-wrong")
    if trust is None or fitting.weaknesses(signers[0], certificate):
        return None, warning("stamp-unproven", at=at.isoformat())
    judged = chains.judge(certificate, travelling, moment or at, trust, QTSTServiceInformation)
    if judged.chain is not Chain.TRUSTED:
        return None, warning("stamp-unproven", at=at.isoformat())
    return at, None


def _is_over(imprint: tsp.MessageImprint, data: bytes) -> bool:
    algorithm = str(imprint["hash_algorithm"]["algorithm"].native)
    return algorithm in _DIGESTS and _hashed(algorithm, data) == imprint["hashed_message"].native


def _purposes(certificate: x509.Certificate) -> list[str]:
    usage = certificate.extended_key_usage_value
    return [] if usage is None else list(usage.native)


def _hashed(algorithm: str, data: bytes) -> bytes:
    return hashlib.new(algorithm, data, usedforsecurity=False).digest()
