"""Gathers what a signature brings along about revocations: CAdES-LT values, CMS lists, Adobe's archive."""

from __future__ import annotations

import contextlib

from asn1crypto import cms, core, crl, ocsp

from tragitto_pec.signatures.evidence import Evidence
from tragitto_pec.signatures.limits import EVIDENCE, MALFORMED

_REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24"
_ADOBE_ARCHIVE = "1.2.840.113583.1.1.8"


class _Lists(core.SequenceOf):  # type: ignore[misc]
    _child_spec = crl.CertificateList


class _Answers(core.SequenceOf):  # type: ignore[misc]
    _child_spec = ocsp.BasicOCSPResponse


class _WholeAnswers(core.SequenceOf):  # type: ignore[misc]
    _child_spec = ocsp.OCSPResponse


class _RevocationValues(core.Sequence):  # type: ignore[misc]
    """ETSI TS 101 733 § 6.3.4."""

    _fields = [
        ("lists", _Lists, {"explicit": 0, "optional": True}),
        ("answers", _Answers, {"explicit": 1, "optional": True}),
        ("others", core.Any, {"explicit": 2, "optional": True}),
    ]


class _AdobeArchive(core.Sequence):  # type: ignore[misc]
    """ISO 32000-1 § 12.8.3.3.2."""

    _fields = [
        ("lists", _Lists, {"explicit": 0, "optional": True}),
        ("answers", _WholeAnswers, {"explicit": 1, "optional": True}),
        ("others", core.Any, {"explicit": 2, "optional": True}),
    ]


def travelling(signed: cms.SignedData, signer: cms.SignerInfo) -> Evidence:
    """The lists and answers that travel with one signature. Never raises."""
    found = Evidence()
    with contextlib.suppress(*MALFORMED):
        found = together(found, _of_message(signed))
    with contextlib.suppress(*MALFORMED):
        found = together(found, _of_attributes(signer))
    return found


def together(*parts: Evidence) -> Evidence:
    """Several pieces of evidence as one, each item once."""
    lists = dict.fromkeys(item for part in parts for item in part.crls)
    answers = dict.fromkeys(item for part in parts for item in part.ocsps)
    return Evidence(tuple(lists)[:EVIDENCE], tuple(answers)[:EVIDENCE])


def _of_message(signed: cms.SignedData) -> Evidence:
    lists: list[bytes] = []
    answers: list[bytes] = []
    for choice in signed["crls"] or ():
        if isinstance(choice.chosen, crl.CertificateList):
            lists.append(choice.chosen.untag().dump())
        elif choice.chosen["other_rev_info_format"].native == "ocsp_response":
            answers.append(choice.chosen["other_rev_info"].dump())
    return Evidence(tuple(lists), tuple(answers))


def _of_attributes(signer: cms.SignerInfo) -> Evidence:
    parts = []
    for attributes in (signer["unsigned_attrs"] or (), signer["signed_attrs"] or ()):
        for attribute in attributes:
            number = attribute["type"].dotted
            for value in attribute["values"] if number in (_REVOCATION_VALUES, _ADOBE_ARCHIVE) else ():
                parts.append(_values(value.dump(), whole=number == _ADOBE_ARCHIVE))
    return together(*parts)


def _values(der: bytes, *, whole: bool) -> Evidence:
    parsed = (_AdobeArchive if whole else _RevocationValues).load(der)
    answers = [answer if whole else _wrapped(answer) for answer in parsed["answers"] or ()]
    return Evidence(
        tuple(item.dump() for item in parsed["lists"] or ()),
        tuple(answer.dump() for answer in answers),
    )


def _wrapped(basic: ocsp.BasicOCSPResponse) -> ocsp.OCSPResponse:
    """A bare answer in the form in which a responder sends it (RFC 6960 § 4.2.1)."""
    return ocsp.OCSPResponse(
        {
            "response_status": "successful",
            "response_bytes": {"response_type": "basic_ocsp_response", "response": basic},
        }
    )
