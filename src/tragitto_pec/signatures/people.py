"""Who a certificate says its holder is: name, codice fiscale, country, organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from asn1crypto import x509

from tragitto_pec.names import on_one_line
from tragitto_pec.signatures.limits import MALFORMED

# TINIT-… (ETSI EN 319 412-1 § 5.1.3), IT:… (before 2017), IDCIT-… and a bare code were all met.
_FISCAL = re.compile(
    r"(?:TINIT-|IDCIT-|PNOIT-|IT:|)([A-Z]{6}[0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z])"
)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Holder:
    """What the subject of a certificate says."""

    name: str
    given_name: str = ""
    surname: str = ""
    codice_fiscale: str = ""
    country: str = ""
    organisation: str = ""


def holder_of(certificate: x509.Certificate) -> Holder:
    """Read the subject; what cannot be read is empty."""
    try:
        parts = _parts(certificate.subject)
    except MALFORMED:
        return Holder("")
    given, surname = parts.get("given_name", ""), parts.get("surname", "")
    return Holder(
        name=parts.get("common_name") or f"{given} {surname}".strip() or parts.get("pseudonym", ""),
        given_name=given,
        surname=surname,
        codice_fiscale=codice_fiscale_of(parts.get("serial_number", "")),
        country=parts.get("country_name", ""),
        organisation=parts.get("organization_name", ""),
    )


def codice_fiscale_of(serial_number: str) -> str:
    """The codice fiscale in a subject's serial number, or nothing."""
    found = _FISCAL.fullmatch(serial_number.strip().upper())
    return found[1] if found else ""


def issuer_name(certificate: x509.Certificate) -> str:
    """The issuer's common name, or all it says."""
    try:
        parts = _parts(certificate.issuer)
        return parts.get("common_name") or on_one_line(certificate.issuer.human_friendly, _LONGEST)
    except MALFORMED:
        return ""


def issuer_country(certificate: x509.Certificate) -> str:
    """The country the issuer says it is of, in two capital letters as a rule."""
    try:
        return _parts(certificate.issuer).get("country_name", "").upper()
    except MALFORMED:
        return ""


def _parts(name: x509.Name) -> dict[str, str]:
    """The first value of each kind, on one line and of bounded length."""
    found: dict[str, str] = {}
    for relative in name.chosen:
        for pair in relative:
            found.setdefault(str(pair["type"].native), on_one_line(str(pair["value"].native), _LONGEST))
    return found
