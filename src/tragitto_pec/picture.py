"""Makes one plain picture of a photo or scan of somebody's papers; for the limited process.

Whatever camera, place and program wrote into the file stays behind: only what can be seen is drawn anew.
"""

from __future__ import annotations

import io

import msgspec
from PIL import Image

from tragitto_pec.paper.drawing import POINTS
from tragitto_pec.paper.sources import NoPagesError, Pages, pages_of

MOST_SIDE = 2000
#: A card has two sides and a diploma some pages: they are put one under another.
MOST_PAGES = 4
_QUALITY = 82
_LEAST_SIDE = 200
_MOST_SIDE_OF_PIXELS = 2400


class PictureAsked(msgspec.Struct, frozen=True):
    """The longer side of a page in pixels, at most; ``is_grey``: a byte for each pixel, no file."""

    most_side: int = MOST_SIDE
    is_grey: bool = False


class PictureSeen(msgspec.Struct, frozen=True):
    """The size of the picture, whose bytes travel beside it; or ``problem``, a word, where none was made.

    The words of ``paper_of``, and ``too-many-pages, too-small``.
    """

    width: int = 0
    height: int = 0
    pages: int = 0
    problem: str = ""


def picture_of(raw: bytes, asked: PictureAsked) -> tuple[PictureSeen, bytes]:
    """All pages of a file as one picture, upright as the camera held it. Never raises: see ``problem``."""
    most = min(max(asked.most_side, _LEAST_SIDE), _MOST_SIDE_OF_PIXELS)
    mode = "L" if asked.is_grey else "RGB"
    try:
        with pages_of(raw) as pages:
            if pages.count > MOST_PAGES:
                return PictureSeen(pages=pages.count, problem="too-many-pages"), b""
            image = _one_under_another([_page(pages, index, most, mode) for index in range(pages.count)])
            count = pages.count
    except NoPagesError as error:
        return PictureSeen(problem=str(error)), b""
    if min(image.size) < _LEAST_SIDE:
        return PictureSeen(image.width, image.height, count, problem="too-small"), b""
    content = image.tobytes() if asked.is_grey else _jpeg(image)
    return PictureSeen(image.width, image.height, count), content


def _page(pages: Pages, index: int, most: int, mode: str) -> Image.Image:
    """The page, with its longer side as long as may be, but a picture never larger than it is."""
    dpi = most / max(pages.size(index)) * POINTS
    return pages.picture(index, min(dpi, pages.finest(index)), most * most, mode)


def _one_under_another(images: list[Image.Image]) -> Image.Image:
    if len(images) == 1:
        return images[0]
    size = max(image.width for image in images), sum(image.height for image in images)
    whole, top = Image.new(images[0].mode, size, "white"), 0
    for image in images:
        whole.paste(image, (0, top))
        top += image.height
    return whole


def _jpeg(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    bare.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return stream.getvalue()
