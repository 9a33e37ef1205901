"""The command that reads filled forms."""

from __future__ import annotations

import io
import json
import shutil

import pytest
from click.testing import CliRunner
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from tests.house.test_documented import DOCS, unnamed
from tests.pec.forms.making import FILLED, field, opened, written
from tests.pec.paper.making import printed, scanned
from tests.pec.signatures.changing import refilled
from tests.pec.signatures.stage import NOON, XML, signed_form
from tests.schemes.fillers import fill_with_pdftk
from tragitto.cli.form import read_files
from tragitto.cli.form_words import FORM_PROBLEMS, SCAN_PROBLEMS
from tragitto.schemes.blanks import blank_form
from tragitto.schemes.pack import Pack, read_pack, shipped_packs
from tragitto.web.office import file_words as words
from tragitto_pec.forms import read_fields

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract here")


def run(*words: object, status: int = 0) -> str:
    """What the command prints."""
    result = CliRunner().invoke(read_files, [str(word) for word in words])
    assert result.exit_code == status
    return result.output


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    """A deployment that has loaded no trusted list."""
    settings.VAR = tmp_path / "var"


def with_pages(count: int) -> bytes:
    """A filled form with so many pages."""
    writer = PdfWriter(clone_from=io.BytesIO(FILLED))
    for _page in range(count - 1):
        writer.add_blank_page(595, 842)
    return written(writer)


@pytest.fixture(scope="module")
def pack() -> Pack:
    (folder,) = list(shipped_packs().values())[:1]
    return read_pack(folder, rehearsal=True)


@pytest.fixture(scope="module")
def delegation(pack) -> tuple[str, str, bytes]:
    """The shortest form with fields of any call, filled in by a program: call, form, file."""
    found = [(call, spec) for call in pack.calls for spec in pack.forms if spec.code in call.forms]
    fields = {(call.code, spec.code): spec for call, spec in found if spec.fields}
    (call, form), spec = min(fields.items(), key=lambda each: len(each[1].fields))
    blank = blank_form(call_code=call, call_title="Avviso", form=spec, language="it")
    name = next(name for name in read_fields(blank).fields if name.endswith("_name"))
    return call, form, fill_with_pdftk(blank, {name: "Bruno Bianchi"})


def test_a_filled_form_is_printed_field_by_field(tmp_path):
    (tmp_path / "a.pdf").write_bytes(FILLED)

    lines = run(tmp_path / "a.pdf").splitlines()

    assert lines[0].endswith("a.pdf: lombardia-2025/modulo-a version 1 · 3 fields, 3 filled in · unsigned")
    assert "  denominazione: Però & Figli S.r.l." in lines
    assert not any(line.startswith(("  call:", "  form:", "  version:")) for line in lines)


def test_of_a_blank_nothing_is_filled_in(tmp_path, pack):
    (call, spec) = max(
        ((call, spec) for call in pack.calls for spec in pack.forms if spec.code in call.forms),
        key=lambda each: len(each[1].fields),
    )
    (tmp_path / "a.pdf").write_bytes(
        blank_form(call_code=call.code, call_title="Avviso", form=spec, language="it")
    )

    lines = run(tmp_path / "a.pdf").splitlines()

    assert ", 0 filled in · unsigned" in lines[0]
    assert len(lines) == 1


def test_what_is_seen_otherwise_is_said(tmp_path):
    writer = PdfWriter(clone_from=io.BytesIO(FILLED))
    field(writer, "denominazione")[NameObject("/V")] = TextStringObject("Altra S.p.A.")
    (tmp_path / "a.pdf").write_bytes(written(writer))

    said = run(tmp_path / "a.pdf")

    assert "1 seen otherwise" in said
    assert "  denominazione: says “Altra S.p.A.”, shows “Però & Figli S.r.l.”" in said


def test_a_dangerous_file_is_said_to_be_one(tmp_path):
    writer = opened()
    writer.add_attachment("x.exe", b"MZ")
    (tmp_path / "a.pdf").write_bytes(written(writer))

    assert "  carries embedded-files: open it only as images" in run(tmp_path / "a.pdf")


def test_pages_that_could_not_be_compared_are_said_to_be(tmp_path):
    (tmp_path / "a.pdf").write_bytes(with_pages(41))

    assert "  The pages could not be compared with the values" in run(tmp_path / "a.pdf")


def test_who_signed_is_said_and_judged_by_the_list_and_the_moment_given(tmp_path):
    (tmp_path / "list.xml").write_bytes(XML)
    (tmp_path / "a.pdf").write_bytes(signed_form())

    judged = run("--trusted-list", tmp_path / "list.xml", "--at", NOON.isoformat(), tmp_path / "a.pdf")
    alone = run(tmp_path / "a.pdf")

    assert " · intact pades" in judged.splitlines()[0]
    assert judged.splitlines()[1].startswith(
        "  Bruno Bianchi BNCBRN70A01F205X · intact · trusted · qualified"
    )
    assert "    No trusted list is at hand" in alone


def test_what_was_changed_after_signing_is_said_and_the_signed_values_are_shown(tmp_path):
    (tmp_path / "a.pdf").write_bytes(refilled(signed_form(), places="30"))

    lines = run(tmp_path / "a.pdf").splitlines()

    assert lines[0].endswith(" · changed-after pades")
    assert "  places: 3" in lines
    assert any("the value of a field was changed: places" in line for line in lines)


def test_a_list_that_is_none_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_bytes(FILLED)

    assert "TSL-IT.xml" in run("--trusted-list", tmp_path / "a.pdf", tmp_path / "a.pdf", status=1)


def test_every_file_gets_an_answer_and_one_that_cannot_be_opened_fails(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"ciao")

    lines = run(tmp_path / "a.txt", tmp_path / "none.pdf", status=1).splitlines()

    assert lines[0].endswith("a.txt: no form read · unsigned")
    assert lines[1].startswith("  It is neither a PDF nor a picture")
    assert lines[2].endswith("none.pdf: no form read · unreadable")
    assert lines[3:] == [
        "  The file could not be opened: No such file or directory. Check its name and the right to read it."
    ]


def test_a_form_that_cannot_be_read_is_an_answer_and_no_failure(tmp_path):
    writer = opened()
    writer.encrypt("segreta", "padrone")
    (tmp_path / "a.pdf").write_bytes(written(writer))

    lines = run(tmp_path / "a.pdf").splitlines()

    assert sum("encrypted" in line or "password" in line for line in lines[1:]) == 1


def test_every_problem_has_a_sentence_that_says_what_to_do():
    assert sorted(FORM_PROBLEMS) == sorted(words.FORM_PROBLEMS)
    assert sorted(SCAN_PROBLEMS) == sorted(
        ["no-ocr", "no-template", "one-code", "repeated", "stopped", "unreadable"]
    )


def test_the_line_of_a_missing_file_has_the_shape_of_all_others(tmp_path):
    (tmp_path / "a.pdf").write_bytes(FILLED)

    found = run("--json", tmp_path / "a.pdf", tmp_path / "none", status=1).splitlines()

    here, missing = map(json.loads, found)
    assert [list(here), list(here["form"])] == [list(missing), list(missing["form"])]
    assert (missing["problem"], missing["signature"]["verdict"]) == ("file-not-opened", "unreadable")


@needs_tesseract
def test_every_key_of_the_line_is_documented(tmp_path, delegation):
    (tmp_path / "scan.pdf").write_bytes(scanned(printed(delegation[2])))

    (line,) = map(json.loads, run("--json", tmp_path / "scan.pdf").splitlines())

    (scan,) = line["scans"]
    keys = [*line, *line["form"], *scan, *scan["code"], *scan["pages"][0]]
    keys += next(iter(scan["proposals"].values()))
    assert unnamed(keys, (DOCS / "forms.md").read_text()) == []


def test_json_is_one_line_with_everything(tmp_path):
    (tmp_path / "a.pdf").write_bytes(FILLED)

    (line,) = run("--json", tmp_path / "a.pdf").splitlines()

    found = json.loads(line)
    assert line.isascii()
    assert found["form"]["fields"]["denominazione"] == "Però & Figli S.r.l."
    assert (found["problem"], found["form"]["is_suspicious"], found["scans"]) == ("", False, [])
    assert found["signature"]["verdict"] == "unsigned"


@needs_tesseract
def test_a_scan_is_printed_as_proposals(tmp_path, delegation):
    call, form, filled = delegation
    (tmp_path / "scan.pdf").write_bytes(scanned(printed(filled), turn=2))

    said = run(tmp_path / "scan.pdf")

    assert f"scan of {call}/{form} version" in said
    assert ": Bruno Bianchi (9" in said
    assert said.endswith("\n")


def test_another_form_than_the_one_asked_for_fails(tmp_path, delegation):
    call, form, filled = delegation
    (tmp_path / "a.pdf").write_bytes(filled)

    assert run("--template", f"{call}/{form}", tmp_path / "a.pdf")
    assert run("--template", f"{call}/x", tmp_path / "a.pdf", status=1)


@pytest.mark.parametrize("wanted", ["x", "/x", "x/", "a/b/c"])
def test_a_form_is_asked_for_with_its_call(tmp_path, wanted):
    result = CliRunner().invoke(read_files, ["--template", wanted, str(tmp_path)])

    assert (result.exit_code, "as CALL/FORM" in result.output) == (2, True)
