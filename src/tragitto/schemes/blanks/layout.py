"""Lays a form out: one pass says what is printed where, and where its answers stand."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reportlab.lib.pagesizes import A4

from tragitto.kernel.texts import in_language
from tragitto.schemes.blanks import words
from tragitto.schemes.blanks.blocks import ACCENT, FRAME, HELP, LABEL, SOFT, TEXT, TITLE, Block, block
from tragitto.schemes.blanks.grid import WIDTH, Cell, lines_of
from tragitto.schemes.blanks.lettering import Line, Style, set_lines
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules.forms import Slot, slots
from tragitto.schemes.vocabulary import FieldKind
from tragitto_pec.forms_code import CORNERS, CodePlace, Option, Place, PlaceKind, Template

PAGE_WIDTH, PAGE_HEIGHT = (round(float(side), 2) for side in A4)
LEFT = (PAGE_WIDTH - WIDTH) / 2
#: The codes are squares of 48 points, 17 mm: modules of half a millimetre, read from any office's scans.
CODE, EDGE = 48.0, 30.0
FIRST_TOP, TOP = PAGE_HEIGHT - 128, PAGE_HEIGHT - EDGE - CODE - 14
BOTTOM = EDGE + CODE + 10
BOX, TICK, TALL, SIGNED = 20.0, 12.0, 46.0, 58.0
LABEL_GAP, HELP_GAP, LINE_GAP, GROUP_GAP = 3.0, 2.5, 8.0, 13.0
#: A part that takes less of a page than this is not torn apart.
TOGETHER = 0.55
KINDS: dict[FieldKind, PlaceKind] = {
    FieldKind.CHECKBOX: "tick",
    FieldKind.CHOICE: "choice",
    FieldKind.SIGNATURE: "signature",
}
#: The field of the signature has the same name in every form, so that whoever signs by program finds it.
SIGNATURE = "signature"
NUMBER = Style("bold", 9.5, ACCENT, 12)
NOT_ALWAYS = Style("regular", 8.4, SOFT, 10.2)


@dataclass(frozen=True)
class Words:
    """A set line on a page, from its baseline; lines of one `block` belong together, `role` is their tag."""

    page: int
    x: float
    y: float
    line: Line
    style: Style
    block: int = 0
    role: str = "P"


@dataclass(frozen=True)
class Stroke:
    """A frame, or a line where it has no height; `place` names the answer that the frame holds."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    thickness: float
    place: str = ""


@dataclass(frozen=True)
class Laid:
    """A form that is laid out: its template, what is printed, and the slot of every place by its name."""

    template: Template
    marks: tuple[Words | Stroke, ...]
    slots: dict[str, Slot]


def laid_out(call: str, form: FormSpec, language: str) -> Laid:
    """Where everything of `form` stands, with guidance in `language` ("it": none)."""
    flow = _Flow(language)
    flow.text(words.texts(words.LEGEND, language))
    signing = next((slot.group.name for slot in slots(form) if slot.field.kind == FieldKind.SIGNATURE), "")
    number = 0
    for (group, row), found in groupby(slots(form), key=lambda slot: (slot.group, slot.row)):
        number += row <= 1
        before = form.legal if group.name == signing and row <= 1 else {}
        flow.group(list(found), number, row, before)
    if form.legal and not signing:
        flow.text(form.legal)
    return Laid(flow.template(call, form), tuple(flow.marks), flow.slots)


class _Flow:
    """Puts things on pages from top to bottom and turns over when one is full."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.page, self.y, self.blocks = 1, FIRST_TOP, 0
        self.marks: list[Words | Stroke] = []
        self.places: list[Place] = []
        self.slots: dict[str, Slot] = {}

    def group(self, found: list[Slot], number: int, row: int, legal: dict[str, str]) -> None:
        """A part of the form, or one row of a part that repeats; its heading stays with its first line."""
        group, lines = found[0].group, [_Row(line, self.language, row) for line in lines_of(found)]
        heading = [self._title(number, group.title)] if row <= 1 else []
        heading += [
            block(text, TEXT, WIDTH, self.language) for text in (group.guidance, legal) if text and row <= 1
        ]
        above = sum(part.height + 2 for part in heading) + (NUMBER.leading + 6 if row else 0) + 5
        above += GROUP_GAP if heading else 0
        whole = above + sum(line.height + LINE_GAP for line in lines) - LINE_GAP
        self._room(whole if whole < (TOP - BOTTOM) * TOGETHER else above + lines[0].height)
        for place, part in enumerate(heading):
            self.y -= 2 if place or self.y == TOP else GROUP_GAP
            self._block(part, LEFT, role="P" if place else "H2")
            self._rule(ACCENT, 0.9) if place == 0 else None
        if row:
            self._numbered(row)
        self.y -= 5
        for line in lines:
            self._room(line.height)
            self._line(line)

    def text(self, texts: dict[str, str]) -> None:
        """A paragraph over the whole width."""
        part = block(texts, TEXT, WIDTH, self.language)
        self._room(part.height)
        self._block(part, LEFT)

    def template(self, call: str, form: FormSpec) -> Template:
        """Where everything came to stand, with the fingerprint of all its places."""
        pages = ((PAGE_WIDTH, PAGE_HEIGHT),) * self.page
        codes = tuple(_code(page, corner) for page in range(1, self.page + 1) for corner in CORNERS)
        places = tuple(place for place in self.places if place.kind != "signature")
        signature = next((place for place in self.places if place.kind == "signature"), None)
        layout = hashlib.sha256(repr((pages, codes, places, signature)).encode()).hexdigest()[:8]
        return Template(call, form.code, form.version, self.language, layout, pages, codes, places, signature)

    def _title(self, number: int, title: dict[str, str]) -> Block:
        other = in_language(title, self.language)
        texts = {"it": f"{number}. {title['it']}"} | ({self.language: other} if other != title["it"] else {})
        return block(texts, TITLE, WIDTH, self.language)

    def _numbered(self, row: int) -> None:
        self.y -= 6
        x, y = LEFT, self.y - NUMBER.size
        self.blocks += 1
        said = [(line, NUMBER, "H3") for line in set_lines(f"n. {row}", NUMBER, WIDTH)]
        said += [(line, NOT_ALWAYS, "P") for line in _if_needed(self.language)] if row > 1 else []
        for line, style, role in said:
            self.marks.append(Words(self.page, x, y, line, style, self.blocks, role))
            x += line.width + 6
        self.marks.append(Stroke(self.page, x, y + 3, LEFT + WIDTH, y + 3, FRAME, 0.4))
        self.y -= NUMBER.leading

    def _rule(self, colour: str, thickness: float) -> None:
        self.y -= 2
        self.marks.append(Stroke(self.page, LEFT, self.y, LEFT + WIDTH, self.y, colour, thickness))

    def _block(self, part: Block, x: float, top: float | None = None, role: str = "P") -> None:
        begins = self.y if top is None else top
        self.blocks += 1
        for each in part.lines:
            right, y = x + each.right, begins - each.down
            tag = role if each.line.language == "it" else "P"
            self.marks.append(Words(self.page, right, y, each.line, each.style, self.blocks, tag))
        if top is None:
            self.y -= part.height

    def _line(self, row: "_Row") -> None:
        for cell in row.cells:
            x = LEFT + cell.cell.x
            shift = TICK + 8 if cell.is_tick else 0
            self._block(cell.label, x + shift, self.y - (row.label - cell.label.height))
            top = self.y - row.label - (LABEL_GAP if not cell.is_tick else -row.label)
            self._place(cell, x, top)
            below = self.y - cell.label.height - 1 if cell.is_tick else top - cell.box - HELP_GAP
            self._block(cell.help, x + shift, below)
        self.y -= row.height + LINE_GAP

    def _place(self, cell: "_Measured", x: float, top: float) -> None:
        slot, kind = cell.cell.slot, KINDS.get(cell.cell.slot.field.kind, "text")
        width = TICK if cell.is_tick else cell.cell.width
        x0, y0, x1, y1 = (round(side, 2) for side in (x, top - cell.box, x + width, top))
        is_second = kind == "signature" and SIGNATURE in self.slots
        name = "" if is_second else SIGNATURE if kind == "signature" else slot.name
        self.marks.append(Stroke(self.page, x0, y0, x1, y1, FRAME, 0.7, name))
        if is_second:
            # A locked signature closes the file: a second hand signs on paper.
            return
        options = tuple(Option(option.value, option.label["it"]) for option in slot.field.options)
        self.slots[name] = slot
        self.places.append(Place(name, self.page, x0, y0, x1, y1, kind, options if kind == "choice" else ()))

    def _room(self, height: float) -> None:
        if self.y - height < BOTTOM:
            self.page, self.y = self.page + 1, TOP


class _Measured:
    """A cell with its words set and its box measured."""

    def __init__(self, cell: Cell, language: str, row: int) -> None:
        field = cell.slot.field
        self.cell, self.is_tick = cell, field.kind == FieldKind.CHECKBOX
        width = cell.width - (TICK + 8 if self.is_tick else 0)
        self.label = block(
            field.label, LABEL, width, language, mark=" *" if field.required and row <= 1 else ""
        )
        texts = list(_helps(cell.slot, language)) if row <= 1 else []
        parts = [block(text, HELP, width, language) for text in texts]
        self.help = _stacked(parts)
        heights = {FieldKind.CHECKBOX: TICK, FieldKind.PARAGRAPH: TALL, FieldKind.SIGNATURE: SIGNED}
        self.box = heights.get(field.kind, BOX)


class _Row:
    """The cells of a line, their boxes level with each other."""

    def __init__(self, line: list[Cell], language: str, row: int) -> None:
        self.cells = [_Measured(cell, language, row) for cell in line]
        self.label = max(cell.label.height for cell in self.cells)
        self.height = max(self._below(cell) for cell in self.cells)

    def _below(self, cell: _Measured) -> float:
        helps = cell.help.height + (HELP_GAP if cell.help.height else 0)
        return max(TICK, self.label + helps) if cell.is_tick else self.label + LABEL_GAP + cell.box + helps


def _helps(slot: Slot, language: str) -> Iterator[dict[str, str]]:
    field = slot.field
    if field.kind == FieldKind.SIGNATURE:
        yield words.texts(words.SIGN_HERE, language)
    if field.help:
        yield field.help
    if field.kind == FieldKind.CHOICE and field.options:
        # On paper nothing opens: the words to choose from are printed.
        codes = dict.fromkeys(("it", language))
        yield {
            code: " / ".join(in_language(option.label, code) for option in field.options) for code in codes
        }


def _if_needed(language: str) -> list[Line]:
    """What stands beside the number of a row that need not be filled in."""
    said = words.texts(words.ONLY_IF_NEEDED, language)
    return [
        line
        for code, text in said.items()
        if code == "it" or text != said["it"]
        for line in set_lines(text, NOT_ALWAYS, WIDTH, code)
    ]


def _stacked(parts: list[Block]) -> Block:
    lines, height = [], 0.0
    for part in parts:
        lines += [type(each)(each.right, each.down + height, each.line, each.style) for each in part.lines]
        height += part.height
    return Block(tuple(lines), height)


def _code(page: int, corner: str) -> CodePlace:
    x, y = (LEFT + WIDTH - CODE, PAGE_HEIGHT - EDGE - CODE) if corner == "TR" else (LEFT, EDGE)
    x, y = round(x, 2), round(y, 2)
    return CodePlace(page, "TR" if corner == "TR" else "BL", x, y, x + CODE, y + CODE)
