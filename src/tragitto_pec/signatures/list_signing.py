"""Checks who signed a trusted list, and finds in the European list of lists who may sign which."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources

import msgspec
from asn1crypto import x509
from lxml import etree  # type: ignore[import-untyped]
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.qualified import eutl_parse

from tragitto_pec.signatures.limits import MALFORMED
from tragitto_pec.signatures.reading import ListSummary
from tragitto_pec.signatures.trusted import TrustedListError, summary_of

#: Where the European Commission publishes the list of lists (Decision (EU) 2015/1505 art. 4).
LIST_OF_LISTS = "https://ec.europa.eu/tools/lotl/eu-lotl.xml"
_LIST = "{http://uri.etsi.org/02231/v2#}TrustServiceStatusList"


class ListSignatureError(ValueError):
    """The list is not signed by anybody who may sign it; ``signers`` names who did, as far as it says."""

    def __init__(self, signers: tuple[str, ...]) -> None:
        """Keep whom the list names as its signers."""
        super().__init__(", ".join(signers) or "nobody")
        self.signers = signers


class _Pinned(msgspec.Struct, frozen=True):
    territory: str
    sha256: str
    name: str


class _Pins(msgspec.Struct, frozen=True):
    signer: tuple[_Pinned, ...]


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a territory's trusted list lies, and the certificates of those who may sign it."""

    territory: str
    url: str
    signers: tuple[x509.Certificate, ...]


def pointers(list_of_lists: bytes, at: datetime | None = None) -> tuple[Pointer, ...]:
    """Read the European list of lists, signed by those whom the library's release knows.

    ``at`` is when its signer's certificate must hold: now, unless given. Raises ``ListSignatureError`` or
    ``TrustedListError``.
    """
    text = _single_list(list_of_lists)
    try:
        parsed = eutl_parse.validate_and_parse_lotl(text, validation_time=at)
    except SignatureValidationError as error:
        raise ListSignatureError(_named_signers(list_of_lists)) from error
    except (*MALFORMED, etree.LxmlError) as error:
        raise TrustedListError(f"not the list of lists: {type(error).__name__}") from error
    return tuple(Pointer(one.territory, one.location_uri, tuple(one.tlso_certs)) for one in parsed.references)


def verified(xml: bytes, signers: Iterable[x509.Certificate] = ()) -> ListSummary:
    """Check that a trusted list is signed by one of ``signers`` or of the pinned ones, when it was issued.

    A stored list outlives the certificate of its signer, so that is judged at the list's own date.
    Raises ``ListSignatureError`` or ``TrustedListError``.
    """
    summary, text = summary_of(xml), _single_list(xml)
    candidates = [*signers, *_pinned(xml, summary.territory)]
    if not candidates:
        raise ListSignatureError(_named_signers(xml))
    try:
        eutl_parse._validate_and_extract_tl_data_multiple_certs(text, candidates, summary.issued_at)
    except (SignatureValidationError, *MALFORMED, etree.LxmlError) as error:
        raise ListSignatureError(_named_signers(xml)) from error
    return summary


def _single_list(xml: bytes) -> str:
    """The text of an XML file that is one list and has no other one inside.

    The signature names what it covers: with a single list in the file that can be no other part.
    """
    try:
        tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        text = xml.decode("utf-8-sig")
    except (*MALFORMED, etree.LxmlError) as error:
        raise TrustedListError(f"not a trusted list: {type(error).__name__}") from error
    if tree.tag != _LIST or sum(1 for _each in tree.iter(_LIST)) != 1:
        raise TrustedListError("not a single list")
    return text


def _pinned(xml: bytes, territory: str) -> list[x509.Certificate]:
    """Certificates in the file's own signature that are pinned for the territory."""
    text = resources.files("tragitto_pec.signatures").joinpath("list_signers.toml").read_text("utf-8")
    pins = {pin.sha256 for pin in msgspec.toml.decode(text, type=_Pins).signer if pin.territory == territory}
    return [one for one in _certificates(xml) if one.sha256.hex() in pins]


def _certificates(xml: bytes) -> list[x509.Certificate]:
    """The certificates a list's own signature brings along."""
    found = []
    path = ".//{*}Signature/{*}KeyInfo//{*}X509Certificate"
    for element in etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True)).findall(
        path
    ):
        try:
            certificate = x509.Certificate.load(base64.b64decode("".join((element.text or "").split())))
            _read = certificate.subject, certificate.sha256
            found.append(certificate)
        except MALFORMED:
            continue
    return found


def _named_signers(xml: bytes) -> tuple[str, ...]:
    try:
        return tuple(
            f"{one.subject.human_friendly} (SHA-256 {one.sha256.hex()})" for one in _certificates(xml)
        )
    except (*MALFORMED, etree.LxmlError):
        return ()
