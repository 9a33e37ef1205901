"""Judges a signer's certificate at a moment: its chain, its qualification, its revocation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import x509
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements
from pyhanko.sign.validation.qualified.assess import QualificationAssessor
from pyhanko.sign.validation.qualified.tsp import (
    CAServiceInformation,
    QcCertType,
    QualifiedServiceInformation,
)
from pyhanko_certvalidator import ValidationContext, find_valid_path
from pyhanko_certvalidator import errors as refusals
from pyhanko_certvalidator.path import ValidationPath

from tragitto_pec.reading import Reason
from tragitto_pec.signatures.limits import ISSUERS, MALFORMED
from tragitto_pec.signatures.people import issuer_name
from tragitto_pec.signatures.reasons import warning
from tragitto_pec.signatures.trusted import TrustedList
from tragitto_pec.signatures.vocabulary import Chain, Qualified
from tragitto_pec.signatures.waiting import settled

_SIGNING_USAGES = frozenset({"non_repudiation", "digital_signature"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What the trusted list says of a certificate at a moment; ``path`` leads to it when there is one."""

    chain: Chain
    reasons: tuple[Reason, ...] = ()
    path: ValidationPath | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Qualification:
    """Whether certificate and device are qualified, and whether it is the seal of an organisation."""

    qualified: Qualified
    qscd: bool | None = None
    is_seal: bool = False
    reasons: tuple[Reason, ...] = ()


def judge(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    moment: datetime,
    trust: TrustedList,
    service: type[QualifiedServiceInformation] = CAServiceInformation,
) -> Judged:
    """Trace a certificate to a service that the list names for ``moment`` (RFC 5280 § 6). Never raises.

    ``service`` is the kind of service that counts: one that certifies people, or one that stamps.
    """
    travelling: tuple[x509.Certificate, ...] = ()
    try:
        travelling = tuple(other for other in others if other.ca)[:ISSUERS]
        context = ValidationContext(
            trust_manager=trust.at(moment), other_certs=travelling, moment=moment, allow_fetching=False
        )
        paths = context.path_builder.async_build_paths_lazy(certificate)
        path = settled(find_valid_path(certificate, paths, context))
    except refusals.PathBuildingError:
        return _nowhere(certificate, travelling)
    except refusals.ValidationError as error:
        return _refused(error, certificate, moment, travelling)
    except MALFORMED as error:
        return Judged(Chain.UNTRUSTED, (warning("chain-wrong", problem=type(error).__name__),))
    if not any(isinstance(one, service) for one in trust.registry.applicable_tsps_on_path(path, moment)):
        return Judged(Chain.UNTRUSTED, (warning("service-not-in-force", moment=moment.isoformat()),))
    return Judged(Chain.TRUSTED, (), path)


def _refused(
    error: refusals.ValidationError,
    certificate: x509.Certificate,
    moment: datetime,
    travelling: tuple[x509.Certificate, ...],
) -> Judged:
    """Say why the path is none, by the kind of the library's error."""
    at = moment.isoformat()
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    if isinstance(error, refusals.InvalidCertificateError):
        return _nowhere(certificate, travelling)
    if isinstance(error, refusals.DisallowedAlgorithmError):
        return Judged(Chain.UNTRUSTED, (warning("chain-weak"),))
    if ends < moment:
        return Judged(Chain.EXPIRED, (warning("certificate-expired", moment=at, until=ends.isoformat()),))
    if begins > moment:
        return Judged(Chain.NOT_YET, (warning("certificate-not-yet", moment=at, since=begins.isoformat()),))
    if isinstance(error, refusals.ExpiredError | refusals.NotYetValidError):
        return Judged(Chain.UNTRUSTED, (warning("service-not-in-force", moment=at),))
    return Judged(Chain.UNTRUSTED, (warning("chain-wrong", problem=type(error).__name__),))


def _nowhere(certificate: x509.Certificate, travelling: tuple[x509.Certificate, ...]) -> Judged:
    """No way to the list: the chain ends in an authority of another kind, or nobody knows the issuer."""
    top = certificate
    for _step in range(len(travelling) + 1):
        if top.subject == top.issuer:
            return Judged(Chain.UNTRUSTED, (warning("issuer-not-listed", issuer=issuer_name(top)),))
        issuers = [other for other in travelling if other.subject == top.issuer]
        if not issuers:
            break
        top = issuers[0]
    return Judged(Chain.INCOMPLETE, (warning("issuer-unknown", issuer=issuer_name(top)),))


def qualification(path: ValidationPath, moment: datetime, trust: TrustedList) -> Qualification:
    """Assess a traced certificate against the list (ETSI TS 119 615; eIDAS art. 3 no. 12 and 27)."""
    try:
        status = QualificationAssessor(trust.registry).check_entity_cert_qualified(path, moment).status
    except MALFORMED as error:
        problem = warning("chain-wrong", problem=type(error).__name__)
        return Qualification(Qualified.UNKNOWN, reasons=(problem,))
    is_seal = status.qc_type == QcCertType.QC_ESEAL
    if not status.qualified or status.qc_type not in (QcCertType.QC_ESIGN, QcCertType.QC_ESEAL):
        return Qualification(Qualified.NOT_QUALIFIED, None, is_seal, (warning("not-qualified"),))
    if not status.qc_key_security.is_qscd:
        return Qualification(Qualified.NOT_QUALIFIED, False, is_seal, (warning("no-device"),))
    return Qualification(Qualified.QUALIFIED, True, is_seal)


def claims_qualified(certificate: x509.Certificate) -> bool:
    """Whether the certificate calls itself qualified (ETSI EN 319 412-5 § 4.2.1), which proves nothing."""
    try:
        return any(one["statement_id"].native == "qc_compliance" for one in get_qc_statements(certificate))
    except MALFORMED:
        return False


def is_for_signing(certificate: x509.Certificate) -> bool:
    """Whether the certificate may sign documents, as far as it says (RFC 5280 § 4.2.1.3)."""
    try:
        usage = certificate.key_usage_value
        return usage is None or bool(_SIGNING_USAGES & set(usage.native))
    except MALFORMED:
        return False
