"""Draws the page of a made-up passport, which says all over that it is one."""

import io
from datetime import date

from PIL import Image, ImageDraw, ImageFont

from tragitto.candidates.rules.mending import digit_of

_PAGE, _MARGIN = (1480, 1040), 60
_CELL, _LINE = (31, 56), 46
_TABLE, _PAPER, _INK, _GREY = (92, 74, 60), (232, 236, 228), (20, 20, 25), (182, 186, 180)
_STATE = "MAR"


def zone(*, surnames: str, given_names: str, number: str, personal: str, born: date, expires: date) -> str:
    """The two lines of a passport that says this, with right check digits and no sex (ICAO 9303, part 4)."""
    names = f"{surnames.replace(' ', '<')}<<{given_names.replace(' ', '<')}"
    first = f"P<{_STATE}{names}".ljust(44, "<")[:44]
    numbers = _checked(number.ljust(9, "<"))
    birth, rest = (
        _checked(f"{born:%y%m%d}"),
        _checked(f"{expires:%y%m%d}") + _checked(personal.ljust(14, "<")),
    )
    whole = digit_of(numbers + birth + rest)
    return f"{first}\n{numbers}{_STATE}{birth}<{rest}{whole}"


def photo(lines: str, words: tuple[str, ...]) -> bytes:
    """The page with these words and this zone as a telephone takes it: a little askew, on a table."""
    page = Image.new("RGB", _PAGE, _PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((_MARGIN, 150, 440, 680), fill=_GREY)
    for row, text in enumerate(("SPECIMEN - PASSEPORT DE DEMONSTRATION", *words)):
        draw.text((500, 120 + 70 * row), text, fill=_INK, font=ImageFont.load_default(36))
    draw.text((120, 740), "SPECIMEN  SPECIMEN  SPECIMEN", fill=_GREY, font=ImageFont.load_default(72))
    _write_zone(draw, lines)
    table = Image.new("RGB", (1700, 1260), _TABLE)
    table.paste(page, (110, 110))
    stream = io.BytesIO()
    shot = table.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=_TABLE)
    shot.save(stream, "JPEG", quality=80)
    return stream.getvalue()


def _write_zone(draw: ImageDraw.ImageDraw, lines: str) -> None:
    """Each sign of the zone in a place of its own, as machines want it."""
    width, height = _CELL
    font = ImageFont.load_default(_LINE)
    top = _PAGE[1] - _MARGIN - 2 * height - 40
    for row, line in enumerate(lines.splitlines()):
        for place, sign in enumerate(line):
            middle = _MARGIN + width * place + width // 2, top + row * (height + 20)
            draw.text(middle, sign, fill=_INK, font=font, anchor="ma")


def _checked(text: str) -> str:
    return text + digit_of(text)
