"""A form as the list of what can be written into it, and what was written as the facts criteria read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tragitto.schemes.pack import FieldSpec, FormSpec, GroupSpec
from tragitto.schemes.vocabulary import FieldKind

WRITTEN_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
NOTHING = "-"
#: What can be meant: a day of these years, a whole number of one to four digits.
YEARS = range(1800, 2201)
NUMBERS = range(1, 10_000)
#: How much of a text is kept, by the kind of its field; what is longer is cut there and named unreadable.
LONGEST = {
    FieldKind.PARAGRAPH: 4000,
    FieldKind.MULTI: 1000,
    FieldKind.EMAIL: 320,
    FieldKind.PEC: 320,
    FieldKind.PHONE: 40,
    FieldKind.CODICE_FISCALE: 32,
    FieldKind.PARTITA_IVA: 32,
}
LONGEST_TEXT = 300
#: Characters no text means and no database keeps: control characters but those of lines, and half ones.
MEANINGLESS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
TICKED = {"/yes", "/on", "/1", "yes", "on", "true", "1", "x", "sì", "si", "oui", "نعم"}


@dataclass(frozen=True)
class Slot:
    """One place to write: a field, in the row of its group where rows repeat (from 1; 0 = no rows).

    ``name`` is the exact name of the field in the PDF: that of the field, with "_2" in the second row.
    """

    name: str
    field: FieldSpec
    group: GroupSpec
    row: int


@dataclass(frozen=True)
class Filled:
    """What a filled form says: nested ``facts``, and the slots whose words could not be read."""

    facts: dict[str, Any]
    unreadable: tuple[str, ...]
    missing: tuple[str, ...]


def slots(form: FormSpec) -> list[Slot]:
    """Every place to write, group by group and row by row."""
    found = []
    for group in form.groups:
        fields = [field for field in form.fields if field.section == group.name]
        rows = range(1, group.rows + 1) if group.rows > 1 else [0]
        found += [Slot(_slot_name(field, row), field, group, row) for row in rows for field in fields]
    return found


def read_filled(form: FormSpec, values: Mapping[str, str | None]) -> Filled:
    """The facts that ``values`` (slot name → what was written) state.

    A fact "units[].province" becomes ``facts["units"][0]["province"]``; rows in which nothing was
    written are left out; a date or number that is unreadable or out of bounds is None and named in
    ``unreadable``, and so is a text that had to be cut. ``missing`` names required slots left empty: those
    of repeated rows only where the row was begun, or is the first. Whatever was written, this never fails.
    """
    facts: dict[str, Any] = {}
    unreadable: list[str] = []
    used = _used_rows(form, values)
    for slot in slots(form):
        words = _words(values, slot)
        if not slot.field.fact or (slot.row and slot.row not in used[slot.group.name]):
            continue
        value, is_read = parse(slot.field.kind, words)
        if not is_read:
            unreadable.append(slot.name)
        place = sorted(used[slot.group.name]).index(slot.row) if slot.row else 0
        _put(facts, slot.field.fact, place, value)
    return Filled(facts, tuple(unreadable), tuple(_missing(form, values, used)))


def parse(kind: FieldKind, words: str) -> tuple[Any, bool]:
    """What ``words`` mean in a field of ``kind``, and whether they could be read; nothing written is None."""
    if kind == FieldKind.CHECKBOX:
        return words.lower() in TICKED, True
    if not words:
        return None, True
    kept = MEANINGLESS.sub("", words)[: LONGEST.get(kind, LONGEST_TEXT)]
    value = _PARSERS.get(kind, str)(kept)
    return value, value is not None and kept == words


def _day(words: str) -> str | None:
    try:
        if match := WRITTEN_DATE.fullmatch(words):
            day, month, year = (int(part) for part in match.groups())
            meant = date(year, month, day)
        else:
            meant = date.fromisoformat(words)
    except ValueError:
        return None
    return meant.isoformat() if meant.year in YEARS else None


def _number(words: str) -> int | None:
    meant = int(words) if words.isascii() and words.isdigit() else 0
    return meant if meant in NUMBERS else None


def _several(words: str) -> list[str]:
    return [part.strip() for part in words.split(",") if part.strip()]


def _identifier(words: str) -> str:
    return "".join(words.split()).upper()


_PARSERS: dict[FieldKind, Callable[[str], Any]] = {
    FieldKind.DATE: _day,
    FieldKind.NUMBER: _number,
    FieldKind.MULTI: _several,
    FieldKind.CODICE_FISCALE: _identifier,
    FieldKind.PARTITA_IVA: _identifier,
}


def _slot_name(field: FieldSpec, row: int) -> str:
    return f"{field.name}_{row}" if row else field.name


def _words(values: Mapping[str, str | None], slot: Slot) -> str:
    found = values.get(slot.name)
    # Readers end lines each in their own way: "\n", "\r" or both.
    written = found.strip().replace("\r\n", "\n").replace("\r", "\n") if isinstance(found, str) else ""
    # "/Off" is how a PDF writes a box that nobody ticked, "-" how ours writes a choice nobody made.
    return "" if written in ("/Off", NOTHING) else written.removeprefix("/") if _is_chosen(slot) else written


def _is_chosen(slot: Slot) -> bool:
    return slot.field.kind in (FieldKind.CHOICE, FieldKind.CHECKBOX)


def _used_rows(form: FormSpec, values: Mapping[str, str | None]) -> dict[str, set[int]]:
    used: dict[str, set[int]] = {group.name: set() for group in form.groups}
    for slot in slots(form):
        if slot.row and _words(values, slot):
            used[slot.group.name].add(slot.row)
    return used


def _missing(form: FormSpec, values: Mapping[str, str | None], used: Mapping[str, set[int]]) -> Iterable[str]:
    by_name: dict[str, Sequence[Slot]] = {}
    for slot in slots(form):
        by_name[slot.field.name] = [*by_name.get(slot.field.name, ()), slot]
    for slot in slots(form):
        if slot.row and slot.row not in (used[slot.group.name] or {1}):
            continue
        asks = slot.field.required or _condition_met(by_name.get(slot.field.required_when, ()), values)
        if asks and slot.field.kind != FieldKind.SIGNATURE and not _words(values, slot):
            yield slot.name


def _condition_met(condition: Iterable[Slot], values: Mapping[str, str | None]) -> bool:
    return any(_words(values, slot) for slot in condition)


def _put(facts: dict[str, Any], path: str, place: int, value: Any) -> None:
    *way, last = path.split(".")
    here = facts
    for word in way:
        if word.endswith("[]"):
            rows = here.setdefault(word.removesuffix("[]"), [])
            while len(rows) <= place:
                rows.append({})
            here = rows[place]
        else:
            here = here.setdefault(word, {})
    here[last] = value
