"""Describes one signature: who made it, whether it fits, when, and what its certificate was worth then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from asn1crypto import cms, x509

from tragitto_pec.reading import Reason
from tragitto_pec.signatures import chains, embedded, fitting, people, revocations, stamps
from tragitto_pec.signatures.asks import asks_for
from tragitto_pec.signatures.evidence import NONE, Evidence
from tragitto_pec.signatures.limits import MALFORMED
from tragitto_pec.signatures.reading import FileSigner
from tragitto_pec.signatures.reasons import deciding, note, warning
from tragitto_pec.signatures.trusted import TrustedList
from tragitto_pec.signatures.vocabulary import Chain, Integrity, Qualified, Revocation


@dataclass(frozen=True, slots=True)
class Asked:
    """By what a file is judged: the moment it is proven to have existed, whom to trust, what is known.

    ``certificates`` travel beside the signature; ``stamped_at`` is when a time stamp saw it whole.
    """

    moment: datetime | None = None
    trust: TrustedList | None = None
    evidence: Evidence = NONE
    certificates: tuple[x509.Certificate, ...] = ()
    stamped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as it was found: in which message, over which content, in which layer.

    ``digest`` is None where the content is not here.
    """

    signed: cms.SignedData
    info: cms.SignerInfo
    digest: Callable[[str], bytes] | None = field(repr=False)
    first: bytes = b""
    layer: int = 1
    field: str = ""
    claimed_at: datetime | None = None


def examined(signature: Signature, asked: Asked) -> FileSigner:
    """Describe and judge one signature. Never raises."""
    try:
        return _examined(signature, asked)
    except MALFORMED as error:
        problem = deciding("signature-unreadable", problem=type(error).__name__)
        return FileSigner("", layer=signature.layer, field=signature.field, reasons=(problem,))


def _examined(signature: Signature, asked: Asked) -> FileSigner:
    travelling = fitting.certificates_of(signature.signed)
    certificate = fitting.certificate_of(signature.info, travelling)
    if certificate is None:
        problem = deciding("certificate-missing")
        return FileSigner("", layer=signature.layer, field=signature.field, reasons=(problem,))
    found = _described(signature, certificate)
    found = _compared(found, signature, certificate)
    found, proof = _dated(found, signature, asked)
    return _judged(found, signature, certificate, travelling, replace(asked, moment=proof))


def _described(signature: Signature, certificate: x509.Certificate) -> FileSigner:
    holder = people.holder_of(certificate)
    return FileSigner(
        name=holder.name,
        given_name=holder.given_name,
        surname=holder.surname,
        codice_fiscale=holder.codice_fiscale,
        country=holder.country,
        organisation=holder.organisation,
        serial=f"{certificate.serial_number:x}",
        issuer=people.issuer_name(certificate),
        claimed_at=_claimed(signature.info) or signature.claimed_at,
        layer=signature.layer,
        field=signature.field,
        digest=fitting.digest_of(signature.info),
        key=fitting.key_of(certificate),
    )


def _claimed(info: cms.SignerInfo) -> datetime | None:
    """The signer's own clock (RFC 5652 § 11.3)."""
    for attribute in info["signed_attrs"] or ():
        if attribute["type"].native == "signing_time":
            found = attribute["values"][0].native
            if isinstance(found, datetime):
                return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _compared(found: FileSigner, signature: Signature, certificate: x509.Certificate) -> FileSigner:
    if signature.digest is None:
        return replace(found, reasons=(deciding("no-content"),))
    try:
        digest = signature.digest(found.digest)
    except MALFORMED:
        problem = deciding("method-unknown", method=found.digest or "no digest")
        return replace(found, reasons=(problem,))
    content_type = str(signature.signed["encap_content_info"]["content_type"].native)
    integrity, reasons = fitting.fit(signature.info, certificate, content_type, digest, signature.first)
    weak = fitting.weaknesses(signature.info, certificate)
    return replace(found, integrity=integrity, is_weak=bool(weak), reasons=(*reasons, *weak))


def _dated(found: FileSigner, signature: Signature, asked: Asked) -> tuple[FileSigner, datetime | None]:
    """Put in what is proven of the time, and give the moment at which the certificate is judged."""
    value = bytes(signature.info["signature"])
    proof = stamps.proof_of(stamps.tokens_of(signature.info), value, asked.moment, asked.trust)
    proven = min((at for at in (proof.at, asked.stamped_at) if at), default=None)
    found = replace(found, proven_at=proven, reasons=(*found.reasons, *proof.reasons))
    if proven and (asked.moment is None or proven < asked.moment):
        remark: Reason = note("judged-at-stamp", at=proven.isoformat())
        return replace(found, judged_at=proven, reasons=(*found.reasons, remark)), proven
    if asked.moment:
        return replace(found, judged_at=asked.moment), asked.moment
    remark = warning("moment-claimed") if found.claimed_at else warning("no-moment")
    found = replace(found, judged_at=found.claimed_at, reasons=(*found.reasons, remark))
    return found, found.claimed_at


def _judged(
    found: FileSigner,
    signature: Signature,
    certificate: x509.Certificate,
    travelling: list[x509.Certificate],
    asked: Asked,
) -> FileSigner:
    """Put in what the trusted list says, at the moment settled on."""
    if not chains.is_for_signing(certificate):
        found = replace(found, reasons=(*found.reasons, warning("usage-wrong")))
    moment, trust = asked.moment, asked.trust
    if trust is None or moment is None:
        remarks = () if trust else (warning("no-trusted-list"),)
        return replace(found, reasons=(*found.reasons, *remarks))
    others = (*travelling, *asked.certificates)
    judged = chains.judge(certificate, others, moment, trust)
    found = replace(found, chain=judged.chain, reasons=(*found.reasons, *judged.reasons))
    if judged.path is None:
        return _untraced(found, certificate, trust)
    case = revocations.Case(judged.path, others, moment, trust)
    known = embedded.together(asked.evidence, embedded.travelling(signature.signed, signature.info))
    state = revocations.state_of(case, known)
    assessed = chains.qualification(judged.path, moment, trust)
    return replace(
        found,
        revocation=state.revocation,
        qualified=_word(found, state, assessed),
        qscd=assessed.qscd,
        is_seal=assessed.is_seal,
        asks=asks_for(judged.path),
        reasons=(*found.reasons, *state.reasons, *assessed.reasons),
    )


def _untraced(found: FileSigner, certificate: x509.Certificate, trust: TrustedList) -> FileSigner:
    """Not qualified by this list; by another state's list it may be (eIDAS art. 25 par. 3)."""
    country, territory = people.issuer_country(certificate), trust.summary.territory
    if country == territory or not chains.claims_qualified(certificate):
        return replace(found, qualified=Qualified.NOT_QUALIFIED)
    reason = warning("foreign", country=country or "?", territory=territory)
    return replace(found, qualified=Qualified.UNKNOWN, reasons=(*found.reasons, reason))


def _word(found: FileSigner, state: revocations.State, assessed: chains.Qualification) -> Qualified:
    """A qualified certificate makes no qualified signature when the rest is not in order."""
    if found.integrity is Integrity.UNSUPPORTED:
        return Qualified.UNKNOWN
    is_sound = found.integrity is Integrity.INTACT and not found.is_weak and not found.has("usage-wrong")
    if not is_sound or found.chain is not Chain.TRUSTED or state.revocation is Revocation.REVOKED:
        return Qualified.NOT_QUALIFIED
    return assessed.qualified
