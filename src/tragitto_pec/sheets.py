"""Reads the first sheet of a spreadsheet, or a text of separated values, as rows of plain text.

Nothing is computed: of a formula, the value that stands in the file is read; in a text it stays text.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

import msgspec
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tragitto_pec.limits import KIB, MIB

MOST_ROWS = 20_000
MOST_COLUMNS = 200
#: What fits into an answer; ten thousand people with every column filled need a third of it.
_MOST_TEXT = 12 * MIB
_MOST_CELL = 2000
#: What a workbook may unfold to; the process has memory for three times as much.
_MOST_UNFOLDED = 256 * MIB
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEPARATORS = ";,\t"


class SheetRow(msgspec.Struct, frozen=True):
    """A row that is not empty, under the number that its reader's program shows."""

    number: int
    cells: tuple[str, ...]


class SheetReading(msgspec.Struct, frozen=True):
    """The rows of a sheet, or the problem for which it was not read: all of them or none.

    The words: ``empty, too-large, too-many-rows, too-many-columns, encrypted, unreadable``.
    """

    rows: tuple[SheetRow, ...] = ()
    problem: str = ""


class _NotReadError(Exception):
    """The sheet is left unread; the text is the word for the reason."""


def read_sheet(raw: bytes) -> SheetReading:
    """Read a spreadsheet (XLSX, ODS, XLS) or separated values. Never raises: see ``problem``."""
    try:
        rows = tuple(_whole(_of_workbook(raw) if raw.startswith((_ZIP, _COMPOUND)) else _of_text(raw)))
    except _NotReadError as error:
        return SheetReading(problem=str(error))
    except Exception as error:
        # Damaged and hostile files surface as nearly any exception.
        is_locked = "password" in f"{type(error).__name__} {error}".lower()
        return SheetReading(problem="encrypted" if is_locked else "unreadable")
    return SheetReading(rows) if rows else SheetReading(problem="empty")


def _whole(rows: Iterable[tuple[int, Sequence[object]]]) -> Iterator[SheetRow]:
    """The rows that say something, counted while they come."""
    taken, text = 0, 0
    for number, row in rows:
        cells = [_as_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        taken, text = taken + 1, text + sum(len(cell.encode()) + 4 for cell in cells)
        if taken > MOST_ROWS:
            raise _NotReadError("too-many-rows")
        if len(cells) > MOST_COLUMNS:
            raise _NotReadError("too-many-columns")
        if text > _MOST_TEXT:
            raise _NotReadError("too-large")
        yield SheetRow(number, tuple(cells))


def _of_workbook(raw: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    if raw.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNFOLDED:
                raise _NotReadError("too-large")
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    sheet = book.get_sheet_by_name(shown[0])
    if sheet.start is None:
        return
    first, before = sheet.start[0], [""] * sheet.start[1]
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=first + 1):
        yield number, [*before, *row]


def _of_text(raw: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    text = _decoded(raw)
    if "\0" in text:
        raise _NotReadError("unreadable")
    head = next((line for line in text[: 64 * KIB].splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    # Spreadsheet programs show rows, not lines: a cell may hold several lines.
    yield from enumerate(reader, start=1)


def _decoded(raw: bytes) -> str:
    """Text as UTF-8, as UTF-16 with its mark, or as programs of western offices write without asking."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _as_text(cell: object) -> str:
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).replace("\0", "").strip()[:_MOST_CELL]
