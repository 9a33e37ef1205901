"""The trusted list of a member state (ETSI TS 119 612): which services were qualified, and when."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asn1crypto import x509
from lxml import etree  # type: ignore[import-untyped]
from pyhanko.sign.validation.qualified.eutl_parse import trust_list_to_registry_unsafe
from pyhanko.sign.validation.qualified.tsp import TSPRegistry, TSPTrustManager
from pyhanko_certvalidator.authority import Authority, TrustAnchor, TrustQualifiers

from tragitto_pec.limits import MIB
from tragitto_pec.signatures.limits import MALFORMED
from tragitto_pec.signatures.reading import ListSummary

_MOST_BYTES = 64 * MIB
_TSL = "{http://uri.etsi.org/02231/v2#}"
_IDENTITY = f"{_TSL}ServiceDigitalIdentity/{_TSL}DigitalId"
_HISTORY = f"{_TSL}ServiceHistory/{_TSL}ServiceHistoryInstance/{_TSL}ServiceDigitalIdentity"
_TAKEN_OVER = "{http://uri.etsi.org/02231/v2/additionaltypes#}TakenOverBy"


class TrustedListError(ValueError):
    """The bytes are no trusted list that can be read."""


@dataclass(frozen=True, slots=True)
class TrustedList:
    """A trusted list, parsed; whether it is genuine was settled by whoever supplied it."""

    summary: ListSummary
    sha256: str
    services: int
    registry: TSPRegistry = field(repr=False, compare=False)

    def at(self, moment: datetime) -> TSPTrustManager:
        """Whom the list trusts at ``moment``."""
        return _TrustedAt(self.registry, moment)


class _TrustedAt(TSPTrustManager):
    """The library's manager takes a service's latest period; this one takes that of the moment."""

    def __init__(self, registry: TSPRegistry, moment: datetime) -> None:
        super().__init__(registry)
        self.moment = moment

    def as_trust_anchor(self, authority: Authority) -> TrustAnchor | None:
        """The authority as an anchor, bound to the period that holds at the moment if there is one."""
        latest = super().as_trust_anchor(authority)
        if latest is None:
            return None
        for service in self.tsp_registry.applicable_service_definitions(authority, self.moment):
            known = latest.trust_qualifiers
            period = TrustQualifiers(
                trusted_service_type=known.trusted_service_type,
                valid_from=service.base_info.valid_from,
                valid_until=service.base_info.valid_until,
            )
            return TrustAnchor(authority, quals=period)
        return latest

    def find_potential_issuers(self, cert: x509.Certificate) -> Iterator[TrustAnchor]:  # type: ignore[override]
        """Listed authorities that may have issued the certificate: those of time stamps too."""
        registry = self.tsp_registry
        listed = {*registry.known_certificate_authorities, *registry.known_timestamp_authorities}
        for authority in listed:
            if authority.is_potential_issuer_of(cert) and (anchor := self.as_trust_anchor(authority)):
                yield anchor


_known: dict[str, TrustedList] = {}


def trusted_list(xml: bytes) -> TrustedList:
    """Parse a trusted list; the last one is remembered. Raises ``TrustedListError``.

    Its signature is not looked at: see ``list_signing.verified``.
    """
    digest = hashlib.sha256(xml).hexdigest()
    if digest not in _known:
        parsed = _parsed(xml, digest)
        _known.clear()
        _known[digest] = parsed
    return _known[digest]


def _parsed(xml: bytes, digest: str) -> TrustedList:
    if len(xml) > _MOST_BYTES:
        raise TrustedListError("too large for a trusted list")
    try:
        tree = etree.fromstring(xml, _parser())
        summary = _summary(tree)
        _completed(tree)
        registry, _problems = trust_list_to_registry_unsafe(etree.tostring(tree, encoding="unicode"))
    except (*MALFORMED, etree.LxmlError) as error:
        raise TrustedListError(f"not a trusted list: {type(error).__name__}") from error
    services = len({*registry.known_certificate_authorities, *registry.known_timestamp_authorities})
    return TrustedList(summary, digest, services, registry)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def summary_of(xml: bytes) -> ListSummary:
    """What a trusted list says of itself, without its services. Raises ``TrustedListError``."""
    try:
        return _summary(etree.fromstring(xml, _parser()))
    except (*MALFORMED, etree.LxmlError) as error:
        raise TrustedListError(f"not a trusted list: {type(error).__name__}") from error


def _summary(tree: etree._Element) -> ListSummary:
    if tree.tag != f"{_TSL}TrustServiceStatusList":
        raise TrustedListError("another kind of XML")
    scheme = tree.find(f"{_TSL}SchemeInformation")
    if scheme is None:
        raise TrustedListError("no scheme information")
    following = scheme.findtext(f"{_TSL}NextUpdate/{_TSL}dateTime")
    return ListSummary(
        territory=(scheme.findtext(f"{_TSL}SchemeTerritory") or "").strip()[:10],
        sequence=int(scheme.findtext(f"{_TSL}TSLSequenceNumber") or ""),
        issued_at=_instant(scheme.findtext(f"{_TSL}ListIssueDateTime") or ""),
        next_update=_instant(following) if following else None,
    )


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text.strip())
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _completed(tree: etree._Element) -> None:
    """Say in the list what the library does not infer: it drops services it does not fully understand.

    A service that changed hands bears a critical extension that only names the new owner (TS 119 612
    § 5.5.9.3). Earlier periods of a service name its key alone (§ 5.6.3): the certificate is that of today.
    """
    for extension in tree.iter(f"{_TSL}Extension"):
        if [child.tag for child in extension] == [_TAKEN_OVER]:
            extension.set("Critical", "false")
    for service in tree.iter(f"{_TSL}TSPService"):
        known = service.findall(f"{_TSL}ServiceInformation/{_IDENTITY}")
        for identity in service.findall(_HISTORY):
            if identity.find(f"{_TSL}DigitalId/{_TSL}X509Certificate") is None:
                identity.extend(copy.deepcopy(holder) for holder in known)
