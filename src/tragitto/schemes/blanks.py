"""Makes the fillable PDF of a form: the Italian text of the act, guidance in a language, fields by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import reportlab
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import FieldSpec, FormSpec
from tragitto.schemes.rules.forms import NOTHING, Slot, slots
from tragitto.schemes.vocabulary import FieldKind

MARGIN, LINE, GAP = 50, 14, 8
TALL = {FieldKind.PARAGRAPH: 48}
INK, FRAME = HexColor("#17324d"), HexColor("#5b6f82")
PAPER = Color(1, 1, 1)
# The font that prints the page; it has no Arabic letters, so guidance in Arabic stands in the tool tips,
# which the reader's own program draws.
PRINTED = ("it", "fr", "en")
READ_ONLY = 1
HIDDEN = 2


@dataclass(frozen=True)
class Identity:
    """What a filled form says about itself: the call, the form and its version, hidden and read-only."""

    call: str
    form: str
    version: int

    def fields(self) -> Iterator[tuple[str, str]]:
        """The names and values of the hidden fields."""
        yield "call", self.call
        yield "form", self.form
        yield "version", str(self.version)


def blank_form(*, call_code: str, call_title: str, form: FormSpec, language: str) -> bytes:
    """A fillable PDF of ``form``, its fields named as `rules.slots` names them.

    The text is the Italian one, which is the act; ``language`` adds guidance under it, or in the tool tips
    alone where the script cannot be printed. Choices carry their values, ticks "/Yes".
    """
    page = _Page(Canvas(BytesIO(), pagesize=A4, invariant=1), language)
    page.heading(form.title["it"], call_title)
    group = None
    for slot in slots(form):
        if (slot.group.name, slot.row) != group:
            group = (slot.group.name, slot.row)
            page.group(slot)
        page.field(slot)
    if form.legal:
        page.paragraph(in_language(form.legal, "it"))
        page.guidance(form.legal)
    data: bytes = page.canvas.getpdfdata()  # type: ignore[no-untyped-call]
    return _finished(data, Identity(call_code, form.code, form.version), form, language)


class _Page:
    """Writes down the page, from top to bottom, and turns over when it is full."""

    def __init__(self, canvas: Canvas, language: str) -> None:
        self.canvas, self.language = canvas, language
        self.width, self.y = A4[0] - 2 * MARGIN, A4[1] - MARGIN
        self.regular, self.bold = _fonts()
        canvas.setFillColor(INK)

    def heading(self, title: str, call_title: str) -> None:
        self.canvas.setTitle(title)
        self._write(title, self.bold, 15)
        self._write(call_title, self.regular, 10)
        self.y -= GAP

    def group(self, slot: Slot) -> None:
        self._room(70)
        self.y -= GAP
        number = f" – {slot.row}" if slot.row else ""
        self._write(f"{slot.group.title['it']}{number}", self.bold, 11)
        self.guidance(slot.group.title)
        if slot.group.guidance and slot.row <= 1:
            self.paragraph(slot.group.guidance["it"])
            self.guidance(slot.group.guidance)

    def paragraph(self, text: str) -> None:
        self._write(text, self.regular, 8.5)

    def guidance(self, texts: dict[str, str]) -> None:
        if self.language in PRINTED and self.language != "it":
            self._write(in_language(texts, self.language), self.regular, 7.5)

    def field(self, slot: Slot) -> None:
        field = slot.field
        height = TALL.get(field.kind, 18)
        self._room(height + 4 * LINE)
        asked = " *" if field.required else ""
        if field.kind == FieldKind.CHECKBOX:
            self._tick(slot)
        self._write(field.label["it"] + asked, self.regular, 9, indent=22 if _is_tick(field) else 0)
        self.guidance(field.label)
        if field.help:
            self._write(field.help["it"], self.regular, 7.5)
            self.guidance(field.help)
        if field.kind not in (FieldKind.CHECKBOX, FieldKind.SIGNATURE):
            self._fill_in(slot, height)
        self.y -= height + GAP if not _is_tick(field) else GAP

    def _tick(self, slot: Slot) -> None:
        self.canvas.acroForm.checkbox(
            name=slot.name, x=MARGIN, y=round(self.y) - 12, size=12, borderColor=FRAME, fillColor=PAPER
        )

    def _fill_in(self, slot: Slot, height: int) -> None:
        place: dict[str, Any] = {
            "name": slot.name,
            "x": MARGIN,
            "y": self.y - height,
            "width": self.width,
            "height": height,
            "borderColor": FRAME,
            "fillColor": PAPER,
            "fontSize": 9,
            "borderWidth": 0.5,
        }
        options = slot.field.options
        if slot.field.kind == FieldKind.CHOICE and options:
            answers = [("-", NOTHING), *((option.label["it"], option.value) for option in options)]
            pairs = [(_printable(label), value) for label, value in answers]
            self.canvas.acroForm.choice(value=NOTHING, options=pairs, fieldFlags="combo", **place)
        else:
            flags = "multiline" if slot.field.kind == FieldKind.PARAGRAPH else ""
            self.canvas.acroForm.textfield(value="", fieldFlags=flags, maxlen=0, **place)

    def _write(self, text: str, font: str, size: float, *, indent: int = 0) -> None:
        for line in simpleSplit(text, font, size, self.width - indent):
            self._room(LINE)
            self.canvas.setFont(font, size)
            self.canvas.setFillColor(INK)
            self.canvas.drawString(MARGIN + indent, self.y - size, line)
            self.y -= size + 3

    def _room(self, height: float) -> None:
        if self.y - height < MARGIN:
            self.canvas.showPage()
            self.y = A4[1] - MARGIN


def _is_tick(field: FieldSpec) -> bool:
    return field.kind == FieldKind.CHECKBOX


def _printable(label: str) -> str:
    # The appearance of a choice is drawn in a Latin-1 font; the value is what counts.
    return label.encode("latin-1", "replace").decode("latin-1")


def _fonts() -> tuple[str, str]:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, folder / file))
    return "Vera", "VeraBd"


def _finished(pdf: bytes, identity: Identity, form: FormSpec, language: str) -> bytes:
    """The PDF with its hidden identity, tool tips, and the wish that values be drawn by the reader."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    acro = writer._root_object["/AcroForm"].get_object()
    assert isinstance(acro, DictionaryObject)
    acro[NameObject("/NeedAppearances")] = BooleanObject(True)
    tips = {slot.name: _tip(slot, language) for slot in slots(form)}
    fields = acro["/Fields"]
    assert isinstance(fields, ArrayObject)
    for reference in fields:
        field = reference.get_object()
        if tip := tips.get(str(field.get("/T"))):
            field[NameObject("/TU")] = TextStringObject(tip)
    for name, value in identity.fields():
        fields.append(_hidden(writer, name, value))
    writer.root_object[NameObject("/Lang")] = TextStringObject("it-IT")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _tip(slot: Slot, language: str) -> str:
    words = [in_language(slot.field.label, language)]
    if slot.field.help:
        words.append(in_language(slot.field.help, language))
    return " – ".join(words)


def _hidden(writer: PdfWriter, name: str, value: str) -> Any:
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/V"): TextStringObject(value),
            NameObject("/Ff"): NumberObject(READ_ONLY),
            NameObject("/F"): NumberObject(HIDDEN),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
        }
    )
    return writer._add_object(field)
