"""Writes a small trusted list (ETSI TS 119 612) of made-up authorities, signed like a real one if wanted."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree  # type: ignore[import-untyped]
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.xades.xades import XAdESSigner

from tragitto_pec.rehearsal.authority import Authority, Credentials

_STATUS = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/"
_CA = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
_STAMPS = "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"
_FOR = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/"
_HALF_A_YEAR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Service:
    """A service in the list: granted since ``since``; when withdrawn, the grant is its history."""

    authority: Authority
    since: datetime | None = None
    withdrawn_at: datetime | None = None
    gives_stamps: bool = False
    was_taken_over: bool = False


def trusted_list_of(
    services: Iterable[Service | Authority],
    *,
    issued_at: datetime,
    next_update: datetime | None = None,
    sequence: int = 1,
    territory: str = "IT",
    signer: Credentials | None = None,
) -> bytes:
    """Write a list of these services, for the half year after ``issued_at`` unless said otherwise."""
    listed = [one if isinstance(one, Service) else Service(one) for one in services]
    until = next_update or issued_at + _HALF_A_YEAR
    xml = _LIST.format(
        sequence=sequence,
        territory=escape(territory),
        issued=_zulu(issued_at),
        until=_zulu(until),
        services="".join(_service(service) for service in listed),
    ).encode()
    return _signed(xml, signer) if signer else xml


def _service(service: Service) -> str:
    since = _zulu(service.since or service.authority.valid_from)
    if service.withdrawn_at is None:
        return f"<TSPService>{_period('ServiceInformation', service, 'granted', since)}</TSPService>"
    now = _period("ServiceInformation", service, "withdrawn", _zulu(service.withdrawn_at))
    before = _period("ServiceHistoryInstance", service, "granted", since, names_key=True)
    return f"<TSPService>{now}<ServiceHistory>{before}</ServiceHistory></TSPService>"


def _period(element: str, service: Service, status: str, since: str, *, names_key: bool = False) -> str:
    certificate = service.authority.certificate
    identity = _by_key(certificate) if names_key else _by_certificate(certificate)
    uses = "" if service.gives_stamps else _USES.format(base=_FOR)
    extensions = uses + (_TAKEN_OVER if service.was_taken_over else "")
    return _PERIOD.format(
        element=element,
        type=_STAMPS if service.gives_stamps else _CA,
        name=escape(service.authority.name),
        identity=identity,
        status=_STATUS + status,
        since=since,
        extensions=extensions
        and f"<ServiceInformationExtensions>{extensions}</ServiceInformationExtensions>",
    )


def _by_certificate(certificate: x509.Certificate) -> str:
    der = certificate.public_bytes(serialization.Encoding.DER)
    return f"<DigitalId><X509Certificate>{base64.b64encode(der).decode()}</X509Certificate></DigitalId>"


def _by_key(certificate: x509.Certificate) -> str:
    key = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    return f"<DigitalId><X509SKI>{base64.b64encode(key).decode()}</X509SKI></DigitalId>"


def _zulu(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _signed(xml: bytes, signer: Credentials) -> bytes:
    """Sign as scheme operators do: XAdES, enveloped (TS 119 612 § 5.7)."""
    tree = etree.fromstring(xml)
    pem = signer.certificate.public_bytes(serialization.Encoding.PEM).decode()
    is_curve = isinstance(signer.key, ec.EllipticCurvePrivateKey)
    method = SignatureMethod.ECDSA_SHA256 if is_curve else SignatureMethod.RSA_SHA256
    # Inclusive, and in its place from the start: parts of the signature are signed with the names around.
    form = CanonicalizationMethod.CANONICAL_XML_1_0
    signing = XAdESSigner(signature_algorithm=method, c14n_algorithm=form)
    etree.SubElement(tree, "{http://www.w3.org/2000/09/xmldsig#}Signature", Id="placeholder")
    signed = signing.sign(tree, key=signer.key, cert=pem)
    return b'<?xml version="1.0" encoding="UTF-8"?>' + bytes(etree.tostring(signed))


_LIST = """<?xml version="1.0" encoding="UTF-8"?><TrustServiceStatusList \
xmlns="http://uri.etsi.org/02231/v2#" xmlns:a="http://uri.etsi.org/02231/v2/additionaltypes#" \
Id="list" TSLTag="http://uri.etsi.org/19612/TSLTag"><SchemeInformation>\
<TSLVersionIdentifier>5</TSLVersionIdentifier><TSLSequenceNumber>{sequence}</TSLSequenceNumber>\
<TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric</TSLType>\
<SchemeOperatorName><Name xml:lang="en">Rehearsal</Name></SchemeOperatorName>\
<SchemeTerritory>{territory}</SchemeTerritory>\
<ListIssueDateTime>{issued}</ListIssueDateTime><NextUpdate><dateTime>{until}</dateTime></NextUpdate>\
</SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName>\
<Name xml:lang="en">Rehearsal</Name></TSPName></TSPInformation><TSPServices>{services}</TSPServices>\
</TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>"""

_PERIOD = """<{element}><ServiceTypeIdentifier>{type}</ServiceTypeIdentifier>\
<ServiceName><Name xml:lang="en">{name}</Name></ServiceName>\
<ServiceDigitalIdentity>{identity}</ServiceDigitalIdentity>\
<ServiceStatus>{status}</ServiceStatus><StatusStartingTime>{since}</StatusStartingTime>{extensions}</{element}>"""

_USES = """<Extension Critical="true"><AdditionalServiceInformation>\
<URI xml:lang="en">{base}ForeSignatures</URI></AdditionalServiceInformation></Extension>\
<Extension Critical="true"><AdditionalServiceInformation>\
<URI xml:lang="en">{base}ForeSeals</URI></AdditionalServiceInformation></Extension>"""

_TAKEN_OVER = """<Extension Critical="true"><a:TakenOverBy><a:URI xml:lang="en">http://prova.example</a:URI>\
<TSPName><Name xml:lang="en">Other</Name></TSPName>\
<SchemeOperatorName><Name xml:lang="en">Rehearsal</Name></SchemeOperatorName>\
<SchemeTerritory>IT</SchemeTerritory></a:TakenOverBy></Extension>"""
