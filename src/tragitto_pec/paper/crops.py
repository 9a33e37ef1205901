"""Cuts the places of a form out of a scanned page, straightened; for the limited process."""

from __future__ import annotations

import msgspec
from PIL import Image

from tragitto_pec.paper.affine import Affine
from tragitto_pec.paper.drawing import POINTS
from tragitto_pec.paper.sources import NoPagesError, pages_of

Box = tuple[float, float, float, float]

#: Finer images take longer, and of scans with 150 dots per inch they were read worse.
DPI = 200
_MOST_PLACES = 400
_MOST_BYTES = 12_000_000
_MOST_SIDE = 4000
#: A pixel is ink when it is darker than this part of the paper around it.
_INK = 0.65
#: How far beside its place, in points, a line of a frame may be, and how dark all of it is at least.
_BESIDE, _LINE = 2.2, 0.88
#: Paper is as light as the lightest tenth of a place.
_LIGHTEST = 0.9


class CropsAsked(msgspec.Struct, frozen=True):
    """Which places of a page (from 1): boxes in points of the form, from its lower left corner.

    ``affine`` leads from points of the form to points of the page as it is shown, from its upper left.
    ``frames`` are the printed lines around the places, in the same order, or none.
    """

    page: int
    affine: Affine
    boxes: tuple[Box, ...]
    frames: tuple[Box, ...] = ()


class CropSeen(msgspec.Struct, frozen=True):
    """One place as an image in grey, a byte for each pixel, and which part of it is ink (0 to 1).

    ``sides`` is how many sides of its frame were found where they should be: that it is the right place.
    """

    width: int
    height: int
    ink: float
    sides: int = 0


class CropsSeen(msgspec.Struct, frozen=True):
    """The places in the order they were asked for; their pixels travel beside it, one after the other.

    ``problem`` is a word, empty when they were cut: those of ``paper_of``, ``no-such-page, too-large``.
    """

    crops: tuple[CropSeen, ...] = ()
    problem: str = ""


def crops_of(raw: bytes, asked: CropsAsked) -> tuple[CropsSeen, bytes]:
    """Cut places out of one page. Never raises: see ``CropsSeen.problem``."""
    sizes = [_size(box) for box in asked.boxes]
    if len(asked.frames) not in (0, len(sizes)) or len(sizes) > _MOST_PLACES:
        return CropsSeen(problem="too-large"), b""
    if sum(width * height for width, height in sizes) > _MOST_BYTES:
        return CropsSeen(problem="too-large"), b""
    try:
        with pages_of(raw) as pages:
            if not 1 <= asked.page <= pages.count:
                return CropsSeen(problem="no-such-page"), b""
            width, _height = pages.size(asked.page - 1)
            image = pages.picture(asked.page - 1, DPI, _MOST_BYTES, "L")
    except NoPagesError as error:
        return CropsSeen(problem=str(error)), b""
    to_pixels = asked.affine.scaled(image.width / width)
    cut = [_cut(image, box, to_pixels) for box in asked.boxes]
    sides = [_sides(image, frame, to_pixels) for frame in asked.frames] or [0] * len(cut)
    seen = (
        CropSeen(crop.width, crop.height, ink_of(crop), found) for crop, found in zip(cut, sides, strict=True)
    )
    return CropsSeen(tuple(seen)), b"".join(crop.tobytes() for crop in cut)


def _sides(image: Image.Image, frame: Box, to_pixels: Affine) -> int:
    """How many of the four lines of a frame are there, each within a little of its place."""
    left, low, right, high = frame
    around = _cut(image, (left - _BESIDE, low - _BESIDE, right + _BESIDE, high + _BESIDE), to_pixels)
    width, height = around.size
    band = round(2 * _BESIDE * DPI / POINTS)
    if min(width, height) <= 2 * band:
        return 0
    lying = [(band, 0, width - band, band), (band, height - band, width - band, height)]
    upright = [(0, band, band, height - band), (width - band, band, width, height - band)]
    # Each band is pressed into a row of pixels across it, of which a line makes one or two dark.
    rows = [around.crop(side).resize((1, band), Image.Resampling.BOX) for side in lying]
    rows += [around.crop(side).resize((band, 1), Image.Resampling.BOX) for side in upright]
    dark = int(_LINE * _paper(around))
    return sum(any(row.histogram()[: dark + 1]) for row in rows)


def _size(box: Box) -> tuple[int, int]:
    scale = DPI / POINTS
    across, along = (round(abs(end - start) * scale) for start, end in ((box[0], box[2]), (box[1], box[3])))
    return min(max(across, 1), _MOST_SIDE), min(max(along, 1), _MOST_SIDE)


def _cut(image: Image.Image, box: Box, to_pixels: Affine) -> Image.Image:
    """One place, upright: each of its pixels is fetched from where the page shows that point of the form."""
    points_a_pixel = POINTS / DPI
    start = Affine(points_a_pixel, 0.0, min(box[0], box[2]), 0.0, -points_a_pixel, max(box[1], box[3]))
    way = to_pixels.after(start)
    return image.transform(
        _size(box), Image.Transform.AFFINE, way.numbers(), Image.Resampling.BILINEAR, fillcolor=255
    )


def ink_of(crop: Image.Image, ground: Image.Image | None = None) -> float:
    """Which part of an image in grey is ink, by the paper it is on, or by that of ``ground``."""
    counts = crop.histogram()
    darker = int(_paper(ground or crop) * _INK)
    whole = sum(counts)
    return sum(counts[:darker]) / whole if whole else 0.0


def _paper(image: Image.Image) -> int:
    counts = image.histogram()
    paper, passed = 255, 0
    while paper > 0 and passed < (1 - _LIGHTEST) * sum(counts):
        passed += counts[paper]
        paper -= 1
    return paper
