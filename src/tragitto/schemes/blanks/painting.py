"""Paints a laid-out form on its pages: words, frames, codes, and the fields to fill in."""

from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tragitto.schemes.blanks import words
from tragitto.schemes.blanks.blocks import ACCENT, INK, SOFT
from tragitto.schemes.blanks.codes import dark_strips
from tragitto.schemes.blanks.grid import WIDTH
from tragitto.schemes.blanks.layout import CODE, EDGE, LEFT, PAGE_HEIGHT, Laid, Stroke, Words
from tragitto.schemes.blanks.lettering import Line, Style, cut_line, set_lines
from tragitto.schemes.blanks.tagging import Piece, Tags
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules.forms import NOTHING
from tragitto.schemes.vocabulary import FieldKind
from tragitto_pec.forms_code import Code, CodePlace, Place

OFFICE = Style("bold", 10.5, INK, 13)
CALL = Style("regular", 9.5, SOFT, 12)
NAME = Style("bold", 18, ACCENT, 21)
RUNNING = Style("bold", 11, ACCENT, 14)
FOOT = Style("regular", 8.5, SOFT, 10.5)
#: Blocks of the head; those of the form count up from 1.
OF_THE_OFFICE, OF_THE_CALL = -2, -1
BESIDE_CODE = WIDTH - CODE - 16
#: None: every program then takes what fits, and long names are not cut at the frame.
FONT_SIZE = 0
#: What is written stays off the frame.
INSET = 2.5


def painted(laid: Laid, form: FormSpec, *, office: str, call_title: str) -> tuple[bytes, list[Piece]]:
    """The pages with their fields, as reportlab writes them, and what stands on them in order of reading."""
    canvas: Any = Canvas(BytesIO(), pagesize=laid.template.pages[0], invariant=1)
    canvas.setTitle(form.title["it"])
    canvas.setAuthor(office)
    canvas.setSubject(call_title)
    tags = Tags(canvas)
    for page in range(1, len(laid.template.pages) + 1):
        _first_head(tags, form, office, call_title) if page == 1 else _next_head(tags, form, call_title)
        for mark in laid.marks:
            if mark.page == page:
                _mark(tags, mark)
        with tags.ornament():
            _foot(canvas, laid, page)
            for code in laid.template.codes:
                if code.page == page:
                    _code(canvas, laid, code)
        for place in laid.template.on_page(page):
            _field(canvas, place, laid.slots[place.name].field.kind)
        canvas.showPage()
        tags.turn_over()
    data: bytes = canvas.getpdfdata()
    return data, tags.pieces


def _next_head(tags: Tags, form: FormSpec, call_title: str) -> None:
    y = PAGE_HEIGHT - EDGE
    with tags.ornament():
        _say(tags.canvas, cut_line(form.title["it"], RUNNING, BESIDE_CODE), RUNNING, LEFT, y - 14)
        _say(tags.canvas, cut_line(call_title, CALL, BESIDE_CODE), CALL, LEFT, y - 28)


def _first_head(tags: Tags, form: FormSpec, office: str, call_title: str) -> None:
    canvas, y = tags.canvas, PAGE_HEIGHT - EDGE
    if office:
        with tags.words("P", block=OF_THE_OFFICE):
            _say(canvas, cut_line(office, OFFICE, BESIDE_CODE), OFFICE, LEFT, y - 10)
    titles = set_lines(call_title, CALL, BESIDE_CODE)
    for number, line in enumerate(titles[:2]):
        with tags.words("P", block=OF_THE_CALL):
            _say(canvas, line, CALL, LEFT, y - 24 - number * CALL.leading)
    with tags.words("H1"):
        _say(canvas, cut_line(form.title["it"], NAME, WIDTH), NAME, LEFT, y - 72)
    with tags.ornament():
        canvas.setStrokeColor(HexColor(ACCENT))
        canvas.setLineWidth(1.6)
        canvas.line(LEFT, y - 82, LEFT + WIDTH, y - 82)


def _foot(canvas: Any, laid: Laid, page: int) -> None:
    template = laid.template
    version = words.texts(words.VERSION, "it")["it"].format(version=template.version)
    identity = f"{template.call} · {template.form} · {version}"
    _say(canvas, cut_line(identity, FOOT, WIDTH), FOOT, LEFT + CODE + 14, EDGE)
    said = words.texts(words.PAGE, template.language)
    pages = len(template.pages)
    italian, *_ = set_lines(said["it"].format(page=page, pages=pages), FOOT, WIDTH)
    _say(canvas, italian, FOOT, LEFT + WIDTH - italian.width, EDGE)
    if said[template.language] != said["it"]:
        told = said[template.language].format(page=page, pages=pages)
        other, *_ = set_lines(told, FOOT, WIDTH, template.language)
        _say(canvas, other, FOOT, LEFT + WIDTH - other.width, EDGE + FOOT.leading)


def _mark(tags: Tags, mark: Words | Stroke) -> None:
    canvas = tags.canvas
    if isinstance(mark, Words):
        with tags.words(mark.role, block=mark.block, language=mark.line.language):
            _say(canvas, mark.line, mark.style, mark.x, mark.y)
        return
    with tags.ornament():
        canvas.setStrokeColor(HexColor(mark.colour))
        canvas.setLineWidth(mark.thickness)
        canvas.rect(mark.x0, mark.y0, mark.x1 - mark.x0, mark.y1 - mark.y0, stroke=1, fill=0)
    if mark.place:
        tags.field(mark.place)


def _say(canvas: Any, line: Line, style: Style, x: float, y: float) -> None:
    canvas.setFillColor(HexColor(style.colour))
    if line.is_leftward:
        # Joined letters are drawn as shapes from left to right: these are the words to copy and to read out.
        words_said = ("\ufeff" + line.words).encode("utf-16-be").hex()
        canvas._code.append(f"/Span <</ActualText <{words_said}>>> BDC")
    for run in line.runs:
        canvas.setFont(run.face, style.size)
        canvas.drawString(x, y, run.letters)
        x += run.width
    if line.is_leftward:
        canvas._code.append("EMC")


def _code(canvas: Any, laid: Laid, place: CodePlace) -> None:
    template = laid.template
    side, strips = dark_strips(
        Code(
            call=template.call,
            form=template.form,
            version=template.version,
            language=template.language,
            layout=template.layout,
            page=place.page,
            corner=place.corner,
        )
    )
    module = (place.x1 - place.x0) / side
    path = canvas.beginPath()
    for row, column, length in strips:
        path.rect(place.x0 + column * module, place.y1 - (row + 1) * module, length * module, module)
    canvas.setFillColor(HexColor("#000000"))
    canvas.drawPath(path, stroke=0, fill=1)


def _field(canvas: Any, place: Place, kind: FieldKind) -> None:
    # The frames are printed on the page, so that no filler draws them anew in its own way.
    look: dict[str, Any] = {"borderWidth": 0, "borderColor": None, "fillColor": None}
    spot: dict[str, Any] = {"name": place.name, "x": place.x0, "y": place.y0}
    if place.kind == "tick":
        size = round(place.x1 - place.x0)
        canvas.acroForm.checkbox(size=size, fieldFlags="", buttonStyle="cross", **spot, **look)
        return
    width, height = place.x1 - place.x0 - 2 * INSET, place.y1 - place.y0 - 2 * INSET
    spot |= {
        "x": place.x0 + INSET,
        "y": place.y0 + INSET,
        "width": width,
        "height": height,
        "fontSize": FONT_SIZE,
    }
    if place.kind == "choice":
        answers = [(" ", NOTHING), *((option.label, option.value) for option in place.options)]
        pairs = [(_printable(label), value) for label, value in answers]
        canvas.acroForm.choice(value=NOTHING, options=pairs, fieldFlags="combo", **spot, **look)
        return
    flags = "multiline" if kind == FieldKind.PARAGRAPH else ""
    canvas.acroForm.textfield(value="", fieldFlags=flags, maxlen=0, **spot, **look)


def _printable(label: str) -> str:
    # The appearance of a choice is drawn in a Latin-1 font; the value is what counts.
    return label.encode("latin-1", "replace").decode("latin-1")
