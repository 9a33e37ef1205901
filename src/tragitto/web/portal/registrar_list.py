"""The spreadsheets that registrars are handed: the list to be filled, and the rows to be mended."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from tragitto.candidates.models import Batch, BatchRow
from tragitto.candidates.queries.choices import Lists
from tragitto.candidates.rules.columns import BY_CODE, COLUMNS, Column, Kind
from tragitto.candidates.words.rows import heading, sentence
from tragitto.kernel.texts import in_language

#: Down to this row of the list the cells are ready: texts stay texts, and lists can be opened.
_READY = 2000
type Table = list[list[str]]


def filled_list(title: str, lists: Lists, language: str) -> bytes:
    """The list to be filled: people on the first sheet, then how to fill it, then every answer."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        people, help_sheet, answers = (
            book.add_worksheet(name) for name in (_("People"), _("How to fill it"), _("Lists"))
        )
        places = _write_answers(book, answers, lists, language)
        _write_people(book, people, places)
        _write_help(book, help_sheet, title)
        if language == "ar":
            for sheet in (people, help_sheet, answers):
                sheet.right_to_left()
    return file.getvalue()


def to_mend_table(batch: Batch, rows: Iterable[BatchRow], language: str) -> Table:
    """Rows as they were sent under their headings, each with its number and what is wrong before it."""
    named = {code for _heading, code in batch.columns if code}
    codes = [column.code for column in COLUMNS if column.code in named]
    head = [_("Row"), _("What to mend"), *(in_language(BY_CODE[code].headings, language) for code in codes)]
    return [head, *([str(row.number), _why(row), *(row.raw.get(code, "") for code in codes)] for row in rows)]


def rows_to_mend(table: Table, language: str) -> bytes:
    """The same as a spreadsheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("People"))
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        plain = book.add_format({"num_format": "@", "valign": "top"})
        for place, line in enumerate(table):
            for column, text in enumerate(line):
                sheet.write_string(
                    place, column, text, bold if not place else wrapped if column == 1 else plain
                )
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, max(2, len(table[0]) - 1), 20)
        sheet.freeze_panes(1, 2)
        if language == "ar":
            sheet.right_to_left()
    return file.getvalue()


def _why(row: BatchRow) -> str:
    told = ((heading(each["field"]), sentence(each["code"], each["facts"])) for each in row.problems)
    return "\n".join(f"{column}: {text}" for column, text in told)


def _write_answers(book: Any, sheet: Any, lists: Lists, language: str) -> dict[str, str]:
    """Every list in two columns, title and code; where each one's titles stand."""
    bold, places = book.add_format({"bold": True}), {}
    used = dict.fromkeys(column.choices for column in COLUMNS if column.choices)
    for place, name in enumerate([*used, "mastery"]):
        first = place * 2
        sheet.write_string(0, first, _list_word(name), bold)
        sheet.write_string(0, first + 1, _("code"), bold)
        for line, (code, title) in enumerate(lists[name], start=1):
            sheet.write_string(line, first, in_language(title, language))
            sheet.write_string(line, first + 1, code)
        letters = xlsxwriter.utility.xl_col_to_name(first, col_abs=True)
        sheet_name = sheet.get_name().replace("'", "''")
        places[name] = f"='{sheet_name}'!{letters}$2:{letters}${len(lists[name]) + 1}"
        sheet.set_column(first, first, 36)
        sheet.set_column(first + 1, first + 1, 18)
    sheet.freeze_panes(1, 0)
    return places


def _write_people(book: Any, sheet: Any, places: dict[str, str]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    day, text = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, heading(column.code) + (" *" if column.is_needed else ""), bold)
        sheet.set_column(place, place, 22, day if column.kind == Kind.DAY else text)
        if column.kind == Kind.CHOICE:
            allowed = {"validate": "list", "source": places[column.choices], "error_type": "warning"}
            sheet.data_validation(1, place, _READY, place, allowed)
    sheet.freeze_panes(1, 1)


def _write_help(book: Any, sheet: Any, title: str) -> None:
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, title, bold)
    lines = [
        _("Write one person in each row of the first sheet; leave the headings as they are."),
        _("Columns with * must be filled for somebody new. Give a mobile number or an e-mail address as well:"
          " we tell each person that you registered them, and how they can take the registration over."),
        _("Names in Latin letters are those of the passport, all of them, not shortened."),
        _("Only people of age. No consents: each person gives their own, or does not."),
        _("Send a person again under the same reference to change what you said. An empty cell changes"
          " nothing; but say a document, a diploma, a certificate or a job whole. What the person wrote"
          " stays."),
    ]  # fmt: skip
    for place, line in enumerate(lines, start=1):
        sheet.write_string(place, 1, line, wrapped)
    for place, column in enumerate(COLUMNS, start=len(lines) + 2):
        sheet.write_string(place, 0, heading(column.code), bold)
        sheet.write_string(place, 1, _kind_words(column), wrapped)


def _kind_words(column: Column) -> str:
    if column.code == "skills":
        return _("From the list, several parted by ; and after each, if known, how well: code: answer.")
    if column.code == "languages":
        return _("From the list, several parted by ; and after each the level: fr: B1; ar: C2.")
    if column.code == "reference":
        return _("Your own number or code of the person; nobody else of yours has it.")
    return {
        Kind.TEXT: _("Text."),
        Kind.DAY: _("A date, such as 2001-12-31 or 31/12/2001."),
        Kind.MONTH: _("A month, such as 2021-09 or 09/2021."),
        Kind.NUMBER: _("A whole number."),
        Kind.STATE: _("Three letters, as passports have them: MAR, ITA, SEN."),
        Kind.CHOICE: _("One answer from the sheet of lists."),
        Kind.CHOICES: _("Answers from the sheet of lists, parted by ;"),
    }[column.kind]


def _list_word(name: str) -> str:
    if name == "mastery":
        return _("How well")
    column = next(each for each in COLUMNS if each.choices == name)
    return heading(column.code).removesuffix(" 1")
