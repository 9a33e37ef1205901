"""Loads the parts of pyHanko that it would load on first use: a sealed process can load nothing then."""

from __future__ import annotations

import logging

import lxml.etree  # type: ignore[import-untyped]
import pyhanko.pdf_utils.crypt.pdfmac
import pyhanko.pdf_utils.crypt.pubkey
import pyhanko.pdf_utils.filters
import pyhanko.pdf_utils.metadata.xmp_xml
import pyhanko.sign.fields
import pyhanko.sign.validation.pdf_embedded

LOADED = (
    lxml.etree,
    pyhanko.pdf_utils.crypt.pdfmac,
    pyhanko.pdf_utils.crypt.pubkey,
    pyhanko.pdf_utils.filters,
    pyhanko.pdf_utils.metadata.xmp_xml,
    pyhanko.sign.fields,
    pyhanko.sign.validation.pdf_embedded,
)

# They tell with names and traces what a reading says with reasons.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)
