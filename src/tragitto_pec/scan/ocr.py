"""Has tesseract read small images of text: in a bounded process, given nothing but pixels of ours."""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from tragitto_pec.paper.crops import DPI

#: Page segmentation modes of tesseract: one line of text, and one block of lines.
ONE_LINE, ONE_BLOCK = 7, 6
_LANGUAGE = "ita"
_MARGIN = 16
#: Darker than this part of the paper is black, lighter than that is white.
_BLACK, _WHITE = 0.1, 0.8
#: Paper is as light as the lightest part of an image, this much of it.
_PAPER = 0.3
_SECONDS = 60
_WAITING = 90.0
_ASKING = 5.0
_MEMORY = 2 << 30
_MOST_OUTPUT = 4 << 20
_WORD = "5"
_COLUMNS = 12


class NoOcrError(Exception):
    """There is no tesseract with Italian here, or it gave no answer in its time."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was read from one image, and how sure that is (0 to 1). Empty when no word was found."""

    text: str = ""
    confidence: float = 0.0


def can_read() -> bool:
    """Whether there is a tesseract with Italian here. Never raises; takes some hundredths of a second."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        said = subprocess.run(  # noqa: S603  a program of the system, by its full path
            [program, "--list-langs"], capture_output=True, timeout=_ASKING, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and _LANGUAGE.encode() in said.stdout.split()


def read_images(images: Sequence[Image.Image], mode: int, *, signs: str = "") -> list[Line]:
    """Read each image, which is grey, in one run; only ``signs`` are there, if any are named.

    Raises ``NoOcrError``.
    """
    if not images:
        return []
    rows = [row.split("\t") for row in _run(_stacked(images), mode, signs).splitlines()]
    words: dict[int, list[tuple[str, str, float]]] = defaultdict(list)
    for row in rows:
        if len(row) == _COLUMNS and row[0] == _WORD and row[11].strip():
            # A line is known by its block, paragraph and number.
            words[int(row[1])].append(("-".join(row[2:5]), row[11].strip(), float(row[10])))
    return [_line(words[number]) for number in range(1, len(images) + 1)]


def _line(words: list[tuple[str, str, float]]) -> Line:
    lines: dict[str, list[str]] = defaultdict(list)
    for place, word, _sureness in words:
        lines[place].append(word)
    letters = sum(len(word) for _place, word, _sureness in words)
    if not letters:
        return Line()
    sureness = sum(len(word) * sureness for _place, word, sureness in words) / letters
    text = "\n".join(" ".join(line) for line in lines.values())
    return Line(text, min(max(sureness / 100, 0.0), 1.0))


def _stacked(images: Sequence[Image.Image]) -> bytes:
    """All images as one TIFF of many pages: starting the program takes longer than reading a line."""
    pages = [ImageOps.expand(_cleared(image), _MARGIN, 255) for image in images]
    stream = io.BytesIO()
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:], dpi=(DPI, DPI))
    return stream.getvalue()


def _cleared(image: Image.Image) -> Image.Image:
    """Dark letters on white, whatever the paper is like: its stains are read as letters otherwise."""
    counts = image.histogram()
    paper, passed = 255, 0
    while paper > 1 and passed < _PAPER * image.width * image.height:
        passed += counts[paper]
        paper -= 1
    black, white = paper * _BLACK, paper * _WHITE
    steps = ((value - black) * 255 / (white - black) for value in range(256))
    return image.point([max(0, min(255, int(step))) for step in steps])


def _run(tiff: bytes, mode: int, signs: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise NoOcrError("no tesseract")
    command = [program, "stdin", "stdout", "--psm", str(mode), "-l", _LANGUAGE, "--dpi", str(DPI)]
    command += ["-c", f"tessedit_char_whitelist={signs}", "tsv"] if signs else ["tsv"]
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    with subprocess.Popen(  # noqa: S603  a program of the system, by its full path
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"},
    ) as process:
        _bound(process.pid)
        try:
            output, _errors = process.communicate(tiff, timeout=_WAITING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise NoOcrError("out of time") from None
    if process.returncode != 0 or len(output) > _MOST_OUTPUT:
        raise NoOcrError(f"status {process.returncode}")
    return output.decode("utf-8", "replace")


def _bound(pid: int) -> None:
    """It waits for its input, so the bounds stand before it looks at any."""
    if not hasattr(resource, "prlimit"):
        return  # other systems have the limit of time alone
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.prlimit(pid, limit, (most, most))
