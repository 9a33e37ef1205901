"""A spreadsheet (XLSX) of one sheet, written row by row: text is text, whatever it begins with."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from itertools import batched
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

#: The day from which spreadsheets count, and the most that fits into a cell.
_DAY_ZERO = date(1899, 12, 30).toordinal()
_LONGEST = 32_767
#: Letters that XML has no place for.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Rows that are packed together.
_TOGETHER = 200
_HEAD, _PLAIN, _DAY = 1, 0, 2
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
        '<xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    ),
}  # fmt: skip


def spreadsheet(
    name: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, is_rtl: bool = False
) -> bytes:
    """A sheet called `name`: the words of the first row, which stays in sight, and a row for each of `rows`.

    Days are days, numbers numbers, all else is text that no program takes for a formula. With `is_rtl` the
    first column stands on the right.
    """
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for part, text in _PARTS.items():
            archive.writestr(part, _XML + text)
        archive.writestr("xl/workbook.xml", _XML + _workbook(name))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            _write(sheet, head, rows, is_rtl=is_rtl)
    return file.getvalue()


def _workbook(name: str) -> str:
    # A sheet has at most 31 letters, none of those that stand in the address of a cell.
    short = _text(re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "1")
    sheet = f'<sheet name="{short}" sheetId="1" r:id="r1"/>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheet}</sheets></workbook>'


def _write(sheet: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[object]], *, is_rtl: bool) -> None:
    direction = ' rightToLeft="1"' if is_rtl else ""
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0"{direction}>{pane}</sheetView></sheetViews>'
    widths = f'<cols><col min="1" max="{len(head)}" width="20" customWidth="1"/></cols>'
    first = "".join(_cell(word, _HEAD) for word in head)
    opening = f'{_XML}<worksheet xmlns="{_MAIN}">{view}{widths}<sheetData><row>{first}</row>'
    sheet.write(opening.encode())
    for some in batched(rows, _TOGETHER):
        sheet.write("".join(f"<row>{''.join(map(_cell, row))}</row>" for row in some).encode())
    sheet.write(b"</sheetData></worksheet>")


def _cell(value: object, style: int = _PLAIN) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, date):
        return f'<c s="{_DAY}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{int(value)}</v></c>"
    styled = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{styled}><is><t xml:space="preserve">{_text(str(value))}</t></is></c>'


def _text(value: str) -> str:
    if not value.isprintable():
        value = _FORBIDDEN.sub("", value)
    value = value[:_LONGEST]
    if "&" in value or "<" in value or ">" in value or '"' in value:
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return value
