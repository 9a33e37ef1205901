"""Who signs in these tests, on whose list they stand, and what they sign."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from reportlab.pdfgen import canvas

from tragitto_pec.rehearsal.authority import Authority
from tragitto_pec.rehearsal.signing import Signatory
from tragitto_pec.rehearsal.stamping import Stamper
from tragitto_pec.rehearsal.trusting import Service, trusted_list_of
from tragitto_pec.signatures import FileSigner, SignatureReading, open_signed, read_signed, trusted_list

SINCE, UNTIL = datetime(2024, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)
#: When the message arrived, certified; the file was signed a few hours before.
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
MORNING = NOON - timedelta(hours=3)
ISSUED = datetime(2025, 1, 15, tzinfo=UTC)


def authority(name: str) -> Authority:
    """An authority in force for ten years, the same at each run."""
    return Authority.create(valid_from=SINCE, valid_until=UNTIL, name=name, seed=name)


LISTED, STAMPING, UNLISTED = authority("Firma di prova"), authority("Marche di prova"), authority("Altrove")
BRUNO = Signatory("Bruno Bianchi", "BNCBRN70A01F205X", LISTED)
CARLA = Signatory("Carla Conti", "CNTCRL75B41F205U", LISTED)
STRANGER = Signatory("Sconosciuto Altri", "LTRSCN80A01F205Z", UNLISTED)
STAMPER = Stamper(STAMPING)
XML = trusted_list_of([LISTED, Service(STAMPING, gives_stamps=True)], issued_at=ISSUED)
LIST = trusted_list(XML)
LETTER = b"Manifestazione di interesse: tre posti di saldatore."


def read(raw: bytes, **asked: Any) -> SignatureReading:
    """Read at noon with the list of these tests, unless asked otherwise."""
    return read_signed(raw, **{"moment": NOON, "trust": LIST, **asked})


def content(raw: bytes, **asked: Any) -> bytes:
    """The bytes that are signed."""
    return open_signed(raw, **{"moment": NOON, "trust": LIST, **asked})[1]


def signer(raw: bytes, **asked: Any) -> FileSigner:
    """The only signer of a file."""
    (found,) = read(raw, **asked).signers
    return found


def codes(found: SignatureReading | FileSigner) -> list[str]:
    """The codes of the reasons given."""
    return [reason.code for reason in found.reasons]


@cache
def form() -> bytes:
    """A form of one page with two filled fields."""
    written = io.BytesIO()
    page = canvas.Canvas(written, invariant=True)
    page.drawString(100, 700, "Modulo A")
    for name, value, height in (("name", "Bruno", 600), ("places", "3", 500)):
        page.acroForm.textfield(name=name, value=value, x=100, y=height, width=200, height=20)
    page.showPage()
    page.save()
    return written.getvalue()


@cache
def signed_form() -> bytes:
    """The form, signed by Bruno."""
    return BRUNO.sign_pdf(form(), at=MORNING)
