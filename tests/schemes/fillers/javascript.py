"""Firefox: pdf.js under the Node that builds the assets."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.schemes.fillers.missing import missing
from tragitto.config.assets import find_node

MODULES = Path(__file__).parents[3] / "node_modules"
SCRIPT = Path(__file__).with_name("fill.mjs")


def fill_with_pdfjs(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The file as Firefox saves it."""
    if not (MODULES / "pdfjs-dist").exists():
        missing("pdfjs-dist is not installed (./tragitto test installs it)")
    node, _ = find_node()
    with tempfile.TemporaryDirectory() as folder:
        blank, words, filled = (Path(folder) / name for name in ("blank.pdf", "words.json", "filled.pdf"))
        blank.write_bytes(pdf)
        words.write_text(json.dumps(dict(values)))
        command = [node, SCRIPT, MODULES, blank, filled, words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert filled.exists(), done.stderr
        return filled.read_bytes()
