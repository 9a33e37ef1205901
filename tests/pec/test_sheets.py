"""Spreadsheets and separated values as rows of text; what is hostile or damaged has a word for it."""

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tragitto_pec import sheets
from tragitto_pec.confined import Confined
from tragitto_pec.confined_questions import SHEET, Nothing
from tragitto_pec.sheets import SheetReading, SheetRow, read_sheet


def workbook(hidden: bool = False) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        if hidden:
            book.add_worksheet("aside").hide()
        sheet = book.add_worksheet("people")
        sheet.activate()
        sheet.write_string(2, 1, "Nom")
        sheet.write_string(4, 0, "محمد")
        sheet.write_datetime(4, 1, datetime(1999, 3, 27), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(4, 2, 612345678)
        sheet.write_formula(4, 3, "=1+1", None, 2)
    return file.getvalue()


ROWS = (SheetRow(3, ("", "Nom")), SheetRow(5, ("محمد", "1999-03-27", "612345678", "2")))


def test_rows_are_text_under_their_own_numbers():
    assert read_sheet(workbook()) == SheetReading(ROWS)


def test_a_hidden_sheet_is_not_the_first():
    assert read_sheet(workbook(hidden=True)) == SheetReading(ROWS)


@pytest.mark.parametrize(
    ("raw", "cells"),
    [
        ("a;b\r\nc;é\r\n".encode(), ("c", "é")),
        ("a,b\nc,é\n".encode("utf-8-sig"), ("c", "é")),
        ("a\tb\nc\té\n".encode("utf-16"), ("c", "é")),
        ("a;b\nc;é\n".encode("cp1252"), ("c", "é")),
        (b'a;b\n"c\nd";=1+1\n', ("c\nd", "=1+1")),
    ],
)
def test_separated_values_are_read_as_offices_write_them(raw, cells):
    assert read_sheet(raw).rows[1].cells == cells


def bomb() -> bytes:
    """A workbook that would unfold to more than there is room for."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (257 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "empty"),
        (b"\n;;\n", "empty"),
        (b"PK\x03\x04 nothing", "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", "unreadable"),
        (b"a;b\0\n", "unreadable"),
        (b"a\n" * (sheets.MOST_ROWS + 1), "too-many-rows"),
        (b"a;" * (sheets.MOST_COLUMNS + 1) + b"a", "too-many-columns"),
        (b"a;" * 150 + b"a\n" + (b"x" * 1900 + b";") * 8000, "too-many-columns"),
        ((b"x" * 1900 + b"\n") * 8000, "too-large"),
    ],
)
def test_what_is_no_list_has_a_word_for_it(raw, problem):
    assert read_sheet(raw) == SheetReading(problem=problem)


def test_a_workbook_that_unfolds_beyond_measure_is_not_opened():
    assert read_sheet(bomb()) == SheetReading(problem="too-large")


def test_the_limited_process_says_the_same():
    with Confined() as confined:
        assert confined.ask(SHEET, workbook(), Nothing())[0] == SheetReading(ROWS)


@given(st.binary(max_size=400))
def test_no_bytes_raise(raw):
    read_sheet(raw)
    read_sheet(b"PK\x03\x04" + raw)
