"""Draws the page of a made-up passport as a telephone takes it: askew, on a table, with its own data."""

import io
from datetime import date

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tragitto.candidates.rules.mending import digit_of

_PAGE, _MARGIN = (1480, 1040), 60
_CELL, _LINE = (31, 56), 46
_TABLE = (92, 74, 60)
_PAPER = (232, 236, 228)
_MODEL, _PLACE = 0x0110, 0x8825


def passport_zone(
    *,
    surnames: str = "EL IDRISSI",
    given_names: str = "AMINA",
    number: str = "AB1234567",
    state: str = "MAR",
    nationality: str = "MAR",
    birth_on: date = date(1998, 3, 14),
    expires_on: date = date(2029, 5, 2),
    personal_number: str = "BE123456",
) -> str:
    """The two lines of a passport that says this, with right check digits."""
    names = f"{surnames.replace(' ', '<')}<<{given_names.replace(' ', '<')}"
    first = f"P<{state:<<3}{names}".ljust(44, "<")[:44]
    numbers = number.ljust(9, "<") + digit_of(number.ljust(9, "<"))
    birth, expiry = f"{birth_on:%y%m%d}", f"{expires_on:%y%m%d}"
    optional = personal_number.ljust(14, "<")
    rest = expiry + digit_of(expiry) + optional + (digit_of(optional) if personal_number else "<")
    whole = digit_of(numbers + birth + digit_of(birth) + rest)
    return f"{first}\n{numbers}{nationality:<<3}{birth}{digit_of(birth)}F{rest}{whole}"


def passport_page(zone: str, *, lines: tuple[str, ...] = ("ROYAUME DU MAROC", "PASSEPORT")) -> Image.Image:
    """The page of a passport with these words and this zone, each of whose signs has a place of its own."""
    page = Image.new("RGB", _PAGE, _PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((_MARGIN, 150, 440, 680), fill=(180, 178, 172))
    for row, text in enumerate(lines):
        draw.text((500, 120 + 70 * row), text, fill="black", font=ImageFont.load_default(40))
    width, height = _CELL
    font = ImageFont.load_default(_LINE)
    top = _PAGE[1] - _MARGIN - 2 * height - 40
    for row, line in enumerate(zone.splitlines()):
        for place, sign in enumerate(line):
            middle = _MARGIN + width * place + width // 2, top + row * (height + 20)
            draw.text(middle, sign, fill=(20, 20, 25), font=font, anchor="ma")
    return page


def photo_of(page: Image.Image, *, askew: float = 0.0, turned: int = 0, orientation: int = 1) -> bytes:
    """A JPEG of `page` on a table, `askew` by some degrees or `turned` by quarters, with a camera's data."""
    table = Image.new("RGB", (1800, 1400), _TABLE)
    table.paste(page, (160, 180))
    shot = table.rotate(askew, Image.Resampling.BICUBIC, fillcolor=_TABLE).filter(
        ImageFilter.GaussianBlur(0.6)
    )
    shot = shot.rotate(turned * 90, expand=True)
    data = Image.Exif()
    data[_MODEL] = "Secret Phone 7"
    data[0x0112] = orientation
    data.get_ifd(_PLACE)[1] = "N"
    stream = io.BytesIO()
    shot.save(stream, "JPEG", quality=85, exif=data)
    return stream.getvalue()
