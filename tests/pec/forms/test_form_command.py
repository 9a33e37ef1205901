"""The command that reads filled forms."""

from __future__ import annotations

import io
import json
import shutil

import pytest
from click.testing import CliRunner
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from tests.pec.forms.making import FILLED, field, opened, written
from tests.pec.paper.making import printed, scanned
from tests.schemes.fillers import fill_with_pdftk
from tragitto.cli.form import read_files
from tragitto.schemes.blanks import blank_form
from tragitto.schemes.pack import Pack, read_pack, shipped_packs
from tragitto_pec.forms import read_fields

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract here")


def run(*words: object, status: int = 0) -> str:
    """What the command prints."""
    result = CliRunner().invoke(read_files, [str(word) for word in words])
    assert (result.exit_code, type(result.exception)) in ((0, type(None)), (status, SystemExit))
    return result.output


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

    assert lines[0].endswith("a.pdf: lombardia-2025/modulo-a version 1 · 6 fields, 6 filled in · unsigned")
    assert "  denominazione: Però & Figli S.r.l." in lines


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


def test_every_file_gets_an_answer(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"ciao")

    lines = run(tmp_path / "a.txt", tmp_path / "none.pdf").splitlines()

    assert [line.split(": ", 1)[1] for line in lines] == [
        "not-a-pdf · unsigned",
        "No such file or directory",
    ]


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
    assert CliRunner().invoke(read_files, ["--template", f"{call}/x", str(tmp_path / "a.pdf")]).exit_code == 1


@pytest.mark.parametrize("wanted", ["x", "/x", "x/", "a/b/c"])
def test_a_form_is_asked_for_with_its_call(tmp_path, wanted):
    result = CliRunner().invoke(read_files, ["--template", wanted, str(tmp_path)])

    assert (result.exit_code, "as CALL/FORM" in result.output) == (2, True)
