"""Sets words into lines of a width: a face for every letter, Arabic joined and running to the left."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from bidi import algorithm
from bidi.mirror import MIRRORED
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont, shapeStr

from tragitto.schemes.blanks.faces import ARABIC, faces

RIGHT_TO_LEFT = ("ar",)


@dataclass(frozen=True)
class Style:
    """How words look: weight, size in points, colour."""

    weight: str
    size: float
    colour: str
    leading: float


@dataclass(frozen=True)
class Run:
    """Letters of one face, as they stand from left to right."""

    face: str
    letters: str
    width: float


@dataclass(frozen=True)
class Line:
    """One line of set words: its runs from left to right, and the words as somebody would say them."""

    runs: tuple[Run, ...]
    width: float
    words: str
    is_leftward: bool = False
    language: str = "it"


def set_lines(words: str, style: Style, width: float, language: str = "it") -> list[Line]:
    """`words` in lines no wider than `width`; a single word that is wider has a line of its own."""
    found: list[Line] = []
    held = ""
    for word in words.split():
        longer = f"{held} {word}".strip()
        if held and _line(longer, style, language).width > width:
            found.append(_line(held, style, language))
            longer = word
        held = longer
    return [*found, _line(held, style, language)] if held else found


def cut_line(words: str, style: Style, width: float) -> Line:
    """`words` in a single line, cut with an ellipsis where they do not fit."""
    line = _line(words, style, "it")
    kept = words.split()
    while line.width > width and len(kept) > 1:
        kept.pop()
        line = _line(" ".join(kept) + " …", style, "it")
    return line


@lru_cache(maxsize=4096)
def _line(words: str, style: Style, language: str) -> Line:
    is_leftward = language in RIGHT_TO_LEFT
    have = faces(style.weight, arabic=is_leftward)
    if is_leftward:
        pieces = [run for text, left in _visual(words) for run in _runs(text, have, style.size, left)]
    else:
        pieces = list(_runs(words, have, style.size, False))
    return Line(tuple(pieces), sum(run.width for run in pieces), words, is_leftward, language)


def _runs(text: str, have: tuple[TTFont, ...], size: float, is_leftward: bool) -> Iterator[Run]:
    parts = [(face, "".join(letter for _, letter in group)) for face, group in _by_face(text, have)]
    for face, letters in reversed(parts) if is_leftward else parts:
        if face == ARABIC and any(unicodedata.bidirectional(letter) == "AL" for letter in letters):
            shaped = shapeStr(letters, face, size, force=True)
            width = sum(each.x_advance for each in shaped.__shapeData__) * size / 1000
            yield Run(face, shaped, width)
        else:
            seen = _mirrored(letters) if is_leftward else letters
            yield Run(face, seen, stringWidth(seen, face, size))


def _by_face(text: str, have: tuple[TTFont, ...]) -> Iterable[tuple[str, Iterable[tuple[str, str]]]]:
    chosen: list[tuple[str, str]] = []
    for letter in text:
        able = [face.fontName for face in have if ord(letter) in face.face.charToGlyph]
        stays = chosen[-1][0] if chosen else ""
        # A space or a comma stays with the letters before it; a letter takes the most wanted face.
        is_neutral = not unicodedata.category(letter).startswith(("L", "N"))
        name = stays if is_neutral and stays in able else (able or [have[-1].fontName])[0]
        chosen.append((name, letter))
    return groupby(chosen, key=lambda pair: pair[0])


def _mirrored(letters: str) -> str:
    return "".join(MIRRORED.get(letter, letter) for letter in reversed(letters))


def _visual(words: str) -> list[tuple[str, bool]]:
    """The runs of one direction from left to right, and whether each runs to the left (UAX 9, rule L2)."""
    levels = list(_levels(words))
    runs = [
        (level, "".join(letter for _, letter in group))
        for level, group in groupby(levels, key=lambda c: c[0])
    ]
    for depth in range(max((level for level, _ in runs), default=0), 0, -1):
        runs = list(_turned(runs, depth))
    return [(text, level % 2 == 1) for level, text in runs]


def _turned(runs: list[tuple[int, str]], depth: int) -> Iterator[tuple[int, str]]:
    for is_deep, group in groupby(runs, key=lambda run: run[0] >= depth):
        found = list(group)
        yield from reversed(found) if is_deep else found


def _levels(words: str) -> Iterator[tuple[int, str]]:
    storage: dict[str, Any] = {**algorithm.get_empty_storage(), "base_level": 1, "base_dir": "R"}
    algorithm.get_embedding_levels(words, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    for each in storage["chars"]:
        yield each["level"], each["ch"]
