"""Shares the width of a page among fields: twelve columns, short fields several on a line."""

from collections.abc import Iterable
from dataclasses import dataclass

from tragitto.schemes.blanks.lettering import Style, set_lines
from tragitto.schemes.rules.forms import Slot
from tragitto.schemes.vocabulary import FieldKind

COLUMNS, WIDTH, GUTTER = 12, 499.0, 10.0
COLUMN = (WIDTH - (COLUMNS - 1) * GUTTER) / COLUMNS
#: How many columns a field asks for; what is left over on a line goes to those that can use it.
BY_KIND = {
    FieldKind.PARAGRAPH: 6,
    FieldKind.DATE: 3,
    FieldKind.NUMBER: 3,
    FieldKind.MONEY: 3,
    FieldKind.PHONE: 3,
    FieldKind.PEC: 6,
    FieldKind.MULTI: 6,
    FieldKind.CHOICE: 3,
    FieldKind.SIGNATURE: 5,
    FieldKind.CHECKBOX: 12,
}
#: Facts whose words are short or long by their nature, whatever form asks for them.
BY_FACT = {"enterprise.name": 8, "province": 2, "shift": 3, "start_period": 3, "ateco": 3, "address": 6}
ORDINARY = 4
STRETCHING = (
    FieldKind.TEXT,
    FieldKind.EMAIL,
    FieldKind.PEC,
    FieldKind.PARAGRAPH,
    FieldKind.MULTI,
    FieldKind.SIGNATURE,
)
#: A choice shows its longest label and an arrow, in the letters in which readers draw it.
CHOSEN, ARROW = Style("regular", 10, "", 0), 18


@dataclass(frozen=True)
class Cell:
    """A field on its line: where it begins and how wide it is."""

    slot: Slot
    x: float
    width: float


def width_of(columns: int) -> float:
    """The width of so many columns with the gutters between them."""
    return columns * COLUMN + (columns - 1) * GUTTER


def lines_of(slots: Iterable[Slot]) -> list[list[Cell]]:
    """The slots line by line, in their order; lines end flush where a field can be stretched."""
    lines: list[list[tuple[Slot, int]]] = []
    for slot in slots:
        wanted = _columns(slot)
        if not lines or sum(columns for _, columns in lines[-1]) + wanted > COLUMNS:
            lines.append([])
        lines[-1].append((slot, wanted))
    return [_cells(_stretched(line)) for line in lines]


def _columns(slot: Slot) -> int:
    field = slot.field
    if field.kind == FieldKind.TEXT:
        return BY_FACT.get(field.fact) or BY_FACT.get(field.fact.rpartition(".")[2], ORDINARY)
    wanted = BY_KIND.get(field.kind, ORDINARY)
    labels = [option.label["it"] for option in field.options]
    needed = max((set_lines(label, CHOSEN, 10_000)[0].width for label in labels), default=0) + ARROW
    while labels and wanted < COLUMNS and width_of(wanted) < needed:
        wanted += 1
    return wanted


def _stretched(line: list[tuple[Slot, int]]) -> list[tuple[Slot, int]]:
    kinds = [slot.field.kind for slot, _ in line]
    able = [place for place, kind in enumerate(kinds) if kind in STRETCHING]
    able = able or [place for place, kind in enumerate(kinds) if kind == FieldKind.CHOICE]
    left = COLUMNS - sum(columns for _, columns in line)
    extra = [0] * len(line)
    for turn in range(left if able else 0):
        extra[able[turn % len(able)]] += 1
    return [(slot, columns + more) for (slot, columns), more in zip(line, extra, strict=True)]


def _cells(line: list[tuple[Slot, int]]) -> list[Cell]:
    cells, before = [], 0
    for slot, columns in line:
        cells.append(Cell(slot, before * (COLUMN + GUTTER), width_of(columns)))
        before += columns
    return cells
