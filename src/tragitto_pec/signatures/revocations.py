"""Finds out whether a certificate had been revoked at a moment, from lists and answers at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator import errors as refusals
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.revinfo.validate_crl import verify_crl
from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response

from tragitto_pec.reading import Reason
from tragitto_pec.signatures.evidence import Evidence
from tragitto_pec.signatures.limits import EVIDENCE, MALFORMED
from tragitto_pec.signatures.reasons import note, warning
from tragitto_pec.signatures.trusted import TrustedList
from tragitto_pec.signatures.vocabulary import Revocation
from tragitto_pec.signatures.waiting import settled

_UNCLEAR = (
    refusals.CRLValidationError,
    refusals.OCSPValidationError,
    refusals.ValidationError,
    refusals.PathError,
)
_NOT_OURS = (refusals.CRLNoMatchesError, refusals.OCSPNoMatchesError)


@dataclass(frozen=True, slots=True)
class State:
    """Whether it was revoked, and why that is so."""

    revocation: Revocation
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A traced certificate whose revocation is in question, and when."""

    path: ValidationPath
    others: tuple[x509.Certificate, ...]
    moment: datetime
    trust: TrustedList

    @property
    def leaf(self) -> x509.Certificate:
        """The certificate itself."""
        found = self.path.leaf
        assert isinstance(found, x509.Certificate)
        return found


def state_of(case: Case, evidence: Evidence) -> State:
    """Judge by every list and answer at hand; one that says revoked outweighs all. Never raises.

    Not ``good`` unless one that is genuine, about this certificate and fresh at the moment says so. A
    list made later speaks of the moment too: it says when each certificate was revoked.
    """
    found = [
        *(_by(case, der, _from_list) for der in evidence.crls[:EVIDENCE]),
        *(_by(case, der, _from_answer) for der in evidence.ocsps[:EVIDENCE]),
    ]
    states = [state for state in found if state]
    for wanted in (Revocation.REVOKED, Revocation.GOOD, Revocation.UNKNOWN):
        if matching := [state for state in states if state.revocation is wanted]:
            return max(matching, key=lambda state: len(state.reasons))
    return State(Revocation.NOT_CHECKED)


def _by(case: Case, der: bytes, judge: Callable[[Case, bytes], State | None]) -> State | None:
    try:
        return judge(case, der)
    except _NOT_OURS:
        return None
    except refusals.RevokedError as revoked:
        return _revoked(case, revoked)
    except (*_UNCLEAR, *MALFORMED) as error:
        return State(Revocation.UNKNOWN, (warning("revocation-unclear", problem=type(error).__name__),))


def _revoked(case: Case, revoked: refusals.RevokedError) -> State:
    at = revoked.revocation_dt
    if at <= case.moment:
        why = str(revoked.reason.human_friendly)
        return State(Revocation.REVOKED, (warning("revoked", at=at.isoformat(), why=why),))
    return State(Revocation.GOOD, (note("revoked-later", at=at.isoformat()),))


def _from_list(case: Case, der: bytes) -> State | None:
    revoked = crl.CertificateList.load(der)
    if revoked.issuer != case.leaf.issuer and revoked.issuer_alt_name_value is None:
        return None
    made = revoked["tbs_cert_list"]["this_update"].native
    context = _context(case, made, crls=[revoked])
    settled(verify_crl(case.leaf, case.path, context))
    keeps = any(
        extension["extn_id"].dotted == "2.5.29.60" for extension in revoked["tbs_cert_list"]["crl_extensions"]
    )
    return _good(case, made, keeps_expired=keeps)


def _from_answer(case: Case, der: bytes) -> State | None:
    answer = ocsp.OCSPResponse.load(der)
    basic = answer.response_data
    serial = case.leaf.serial_number
    singles = [one for one in basic["responses"] if one["cert_id"]["serial_number"].native == serial]
    if not singles:
        return None
    made = max(single["this_update"].native for single in singles)
    settled(verify_ocsp_response(case.leaf, case.path, _context(case, made, ocsps=[answer])))
    keeps = all(single.archive_cutoff_value is not None for single in singles)
    return _good(case, made, keeps_expired=keeps)


def _good(case: Case, made: datetime, *, keeps_expired: bool) -> State:
    """Not revoked, unless what says so was made when it may already have forgotten the certificate."""
    if made > case.leaf.not_valid_after and not keeps_expired:
        problem = "the list was made after the certificate expired"
        return State(Revocation.UNKNOWN, (warning("revocation-unclear", problem=problem),))
    return State(Revocation.GOOD)


def _context(
    case: Case,
    made: datetime,
    *,
    crls: Iterable[crl.CertificateList] = (),
    ocsps: Iterable[ocsp.OCSPResponse] = (),
) -> ValidationContext:
    """Judge what was made later at the time it was made: its signer's certificate is often that young."""
    moment = max(case.moment, made)
    return ValidationContext(
        trust_manager=case.trust.at(moment),
        other_certs=case.others,
        moment=moment,
        allow_fetching=False,
        crls=crls,
        ocsps=ocsps,
    )
