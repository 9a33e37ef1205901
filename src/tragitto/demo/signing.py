"""Signs the story's forms as its people would: with a made-up certificate, or by hand on paper."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pypdfium2 as pdfium
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from tragitto.demo.story import Signing
from tragitto_pec.forms_code import Place
from tragitto_pec.rehearsal import Authority, Enclosure
from tragitto_pec.rehearsal.signing import Signatory

#: The field of the forms in which their reader signs.
FIELD = "signature"
_DPI = 150
_SOMEBODY_ELSE = "Marta Moretti", "MRTMRT77T59H501Q"


@dataclass(frozen=True)
class Hand:
    """Who signs a form, when, and where on its page a pen would."""

    certifier: Authority
    name: str
    codice_fiscale: str
    at: datetime
    place: Place | None = None

    def another(self) -> "Hand":
        """Somebody whom the form does not name."""
        return replace(self, name=_SOMEBODY_ELSE[0], codice_fiscale=_SOMEBODY_ELSE[1])

    def signatory(self) -> Signatory:
        """This person with a certificate of the demonstration."""
        return Signatory(self.name, self.codice_fiscale, self.certifier)


def signed(paper: Enclosure, signing: Signing, hand: Hand, refill: Mapping[str, str]) -> Enclosure:
    """The filled form as it was signed; `refill` is what is filled in afterwards, where something is."""
    if signing is Signing.WRAPPED:
        wrapped = hand.signatory().p7m(paper.content, at=hand.at)
        return Enclosure(f"{paper.name}.p7m", wrapped)
    if signing is Signing.BY_HAND:
        return Enclosure(paper.name.replace(".pdf", "-scansione.pdf"), _scanned(paper.content, hand.place))
    if signing is Signing.NONE:
        return paper
    signer = hand.another() if signing is Signing.ANOTHER else hand
    inside = signer.signatory().sign_pdf(paper.content, FIELD, at=hand.at)
    return Enclosure(paper.name, _refilled(inside, refill) if signing is Signing.REFILLED else inside)


def _refilled(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The signed form with other values, appended as an honest program does."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(values), auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _scanned(pdf: bytes, place: Place | None) -> bytes:
    """The form as an office's scanner makes it of paper, with ink where a person signs."""
    pages = _printed(pdf)
    if place:
        page = pages[place.page - 1]
        left, right = (edge * _DPI / 72 for edge in (place.x0, place.x1))
        middle = page.height - (place.y0 + place.y1) / 2 * _DPI / 72
        reach = (right - left) / 12
        line = [(left + reach * (2 + step), middle + (-1) ** step * reach / 2) for step in range(8)]
        ImageDraw.Draw(page).line(line, fill=20, width=4, joint="curve")
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=float(_DPI), quality=60)
    return stream.getvalue()


def _printed(pdf: bytes) -> list[Image.Image]:
    """Every page as a printer would put it on paper: the fields with what is filled in."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_page(document, index) for index in range(len(document))]
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, index: int) -> Image.Image:
    page = document[index]
    pdfium.raw.FPDFPage_Flatten(page.raw, 0)
    page.close()
    # Loaded again, or what was flattened into it is not drawn; and closed before its document.
    page = document[index]
    try:
        drawn: Image.Image = page.render(scale=_DPI / 72, may_draw_forms=False).to_pil()
        return drawn.convert("L")
    finally:
        page.close()
