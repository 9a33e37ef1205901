"""pdftk, from a file of form data (FDF) whose words are UTF-16."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pypdf import PdfReader

from tests.schemes.fillers.missing import missing


def fill_with_pdftk(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The file as pdftk writes it."""
    program = shutil.which("pdftk")
    if program is None:
        missing("no pdftk on this machine (Debian: apt install pdftk-java)")
    assert program
    with tempfile.TemporaryDirectory() as folder:
        blank, data, filled = (Path(folder) / name for name in ("blank.pdf", "data.fdf", "filled.pdf"))
        blank.write_bytes(pdf)
        data.write_bytes(_form_data(values, _ticks(blank)))
        command = [program, blank, "fill_form", data, "output", filled]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert filled.exists(), done.stderr
        return filled.read_bytes()


def _ticks(blank: Path) -> set[str]:
    fields = PdfReader(blank).get_fields() or {}
    return {name for name, field in fields.items() if field.field_type == "/Btn"}


def _form_data(values: Mapping[str, str], ticks: set[str]) -> bytes:
    rows = [
        f"<< /T {_hexadecimal(name)} /V {'/Yes' if name in ticks else _hexadecimal(words)} >>"
        for name, words in values.items()
    ]
    inside = "\n".join(rows)
    data = f"1 0 obj\n<< /FDF << /Fields [\n{inside}\n] >> >>\nendobj\n"
    return f"%FDF-1.2\n{data}trailer\n<< /Root 1 0 R >>\n%%EOF\n".encode("ascii")


def _hexadecimal(words: str) -> str:
    return f"<FEFF{words.encode('utf-16-be').hex()}>"
