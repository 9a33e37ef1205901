"""Gathers what a PDF brings along for long-term validation: its document security store."""

from __future__ import annotations

from collections.abc import Iterator

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from tragitto_pec.signatures.evidence import Evidence
from tragitto_pec.signatures.limits import CERTIFICATES, EVIDENCE, MALFORMED


def evidence_of(reader: PdfFileReader) -> Evidence:
    """The lists and answers in the store (ETSI EN 319 142-1 § 5.4.2). Never raises."""
    return Evidence(tuple(_streams(reader, "/CRLs", EVIDENCE)), tuple(_streams(reader, "/OCSPs", EVIDENCE)))


def certificates_of(reader: PdfFileReader) -> tuple[x509.Certificate, ...]:
    """The certificates in the store, those that can be read. Never raises."""
    found = []
    for der in _streams(reader, "/Certs", CERTIFICATES):
        try:
            parsed = x509.Certificate.load(der)
            _read = parsed.subject, parsed.public_key, parsed.not_valid_after
            found.append(parsed)
        except MALFORMED:
            continue
    return tuple(found)


def _streams(reader: PdfFileReader, name: str, most: int) -> Iterator[bytes]:
    try:
        entries = list(reader.root["/DSS"][name])[:most]
    except (PdfError, *MALFORMED):
        return
    for entry in entries:
        try:
            is_apart = isinstance(entry, generic.IndirectObject)
            stream = entry.get_object() if is_apart else entry
            yield bytes(stream.data)
        except (PdfError, *MALFORMED):
            continue
