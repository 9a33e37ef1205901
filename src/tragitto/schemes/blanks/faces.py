"""The faces a form is printed in: those of the public pages, from their built files, else reportlab's."""

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import reportlab
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont as FontFile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

#: The built fonts of the pages, by weight, in the order in which a letter is looked for in them.
FILES = {
    "regular": ("titillium-web-latin-400-normal", "titillium-web-latin-ext-400-normal"),
    "bold": ("titillium-web-latin-600-normal", "titillium-web-latin-ext-700-normal"),
}
ARABIC = "noto-sans-arabic-arabic-400-normal"
FOLDER = "tragitto/fonts"
#: What reportlab brings along: prints where nothing was built.
RESERVE = {"regular": "Vera.ttf", "bold": "VeraBd.ttf"}


@lru_cache(maxsize=1)
def has_arabic() -> bool:
    """Whether Arabic can be printed: its font is built with the other assets."""
    return _built(ARABIC) is not None


@lru_cache(maxsize=8)
def faces(weight: str, *, arabic: bool) -> tuple[TTFont, ...]:
    """The faces of a weight, "regular" or "bold", the most wanted first.

    Arabic has one weight and is left out unless asked for, for reading it takes a fifth of a second.
    """
    names = [*FILES[weight], *([ARABIC] if arabic else [])]
    found = [face for name in names if (face := _built(name)) is not None]
    return (*found, _reserve(RESERVE[weight]))


@lru_cache(maxsize=8)
def _built(name: str) -> TTFont | None:
    path = finders.find(f"{FOLDER}/{name}.woff2")
    if not isinstance(path, str):
        return None
    # A PDF embeds TrueType; the pages have the same outlines in a wrapping of the web.
    font = FontFile(path)
    font.flavor = None
    unwrapped = io.BytesIO()
    font.save(unwrapped, reorderTables=None)
    unwrapped.seek(0)
    return _with_every_glyph(_registered(name, unwrapped))


@lru_cache(maxsize=2)
def _reserve(name: str) -> TTFont:
    return _registered(name, Path(reportlab.__file__).parent / "fonts" / name)


def _registered(name: str, file: io.BytesIO | Path) -> TTFont:
    face = TTFont(name, file)
    pdfmetrics.registerFont(face)
    return face


def _with_every_glyph(font: Any) -> TTFont:
    """Joined letters have no character; each gets its own now, so that every file numbers them alike."""
    shaper = font.hbFont()
    for glyph in range(font.hbFace.glyph_count):
        if glyph not in font.face.glyphToChar:
            width = font.pdfScale(shaper.get_glyph_h_advance(glyph))
            font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, width)
    named: TTFont = font
    return named
