"""Everything the fuzzing ever found, read once more: see fuzzing/README.md."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzzing.findings import MOST_SECONDS, Findings, place_of, smaller
from fuzzing.targets import TARGETS, BrokenPromiseError, Target

FOUND = Path(__file__).parent / "found"
FILES = sorted(path for path in FOUND.rglob("*") if path.is_file())
KIB = 1024


def run_quickly(target: str, raw: bytes) -> None:
    """Read, and see that it neither fails nor thinks for long."""
    begin = time.process_time()
    TARGETS[target].run(raw)
    assert time.process_time() - begin < MOST_SECONDS


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_stopped_a_reader_stops_none_now(path):
    run_quickly(path.parent.name, path.read_bytes())


def test_every_folder_is_that_of_a_reader():
    assert {path.parent.name for path in FILES} <= set(TARGETS)


@pytest.mark.parametrize(
    "piece",
    [b"<!--", b"<!-- >", b"<a ", b"</", b'<a a="', b"<?", b"<![CDATA[", b"<script></script", b"<a a='>"],
)
def test_half_a_mebibyte_of_open_markup_is_a_letter_all_the_same(piece):
    raw = b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + piece * (500 * KIB // len(piece))

    run_quickly("letter", raw)


def test_two_thousand_fields_that_share_one_long_value_are_too_large():
    run_quickly("fields", _form(b"(" + b"x" * 19_999 + b")", 1990))


def test_a_table_of_nine_million_objects_is_not_read():
    rows = zlib.compress(b"\1\0\0\0\0\0\0" * 9_000_000, 9)
    head = b"<< /Type /XRef /Size 9999999 /W [1 4 2] /Index [0 9000000] /Root 1 0 R /Filter /FlateDecode"
    table = b"1 0 obj\n%b /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (head, len(rows), rows)

    run_quickly("signed-pdf", b"%PDF-1.7 /ByteRange\n" + table + b"startxref\n20\n%%EOF\n")


def _form(value: bytes, count: int) -> bytes:
    """A form in which every field has the same value, written once; the table is left to be rebuilt."""
    names = range(100, 100 + count)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%b] >> >>"
        % b" ".join(b"%d 0 R" % name for name in names),
        2: b"<< /Type /Pages /Kids [] /Count 0 >>",
        4: value,
        **{name: b"<< /FT /Tx /T (f%d) /V 4 0 R >>" % name for name in names},
    }
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % each for each in objects.items())
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R /Size 5000 >>\nstartxref\n0\n%%EOF\n"


def broken_for(is_bad: Callable[[bytes], bool]) -> Target:
    """A reader that breaks its promise for some bytes."""

    def run(raw: bytes) -> None:
        if is_bad(raw):
            raise BrokenPromiseError("not a promise kept")

    return Target("broken", "mail", run)


def test_a_broken_promise_is_kept_once(tmp_path):
    found = Findings(broken_for(lambda raw: raw != b"good"), tmp_path)

    for raw in (b"good", b"one", b"two"):
        found.run(raw)

    kept = [path for path in tmp_path.iterdir() if not path.suffix]
    assert [path.read_bytes() for path in kept] == [b"one"]
    assert kept[0].with_suffix(".txt").read_text().startswith("BrokenPromiseError")


def test_a_finding_is_made_smaller_while_it_still_is_one():
    target = broken_for(lambda raw: b"x" in raw and b"y" in raw)

    assert smaller(b"ab" * 40 + b"x" + b"cd" * 40 + b"y", lambda raw: bool(place_of(target, raw))) == b"xy"
