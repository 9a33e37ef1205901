"""Finds the two-dimensional codes on the image of a page."""

from __future__ import annotations

import zxingcpp
from PIL import Image

from tragitto_pec.paper.reading import CodeSeen

_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.DataMatrix])
_MOST_CODES = 8
_MOST_CHARACTERS = 300


def codes_on(image: Image.Image, points_a_pixel: float) -> tuple[CodeSeen, ...]:
    """The DataMatrix codes of an image in grey, in the order they were found."""
    found = zxingcpp.read_barcodes(image, formats=_FORMATS, try_invert=False)
    codes = []
    for code in found[:_MOST_CODES]:
        place = code.position
        corners = place.top_left, place.top_right, place.bottom_right, place.bottom_left
        a, b, c, d = ((corner.x * points_a_pixel, corner.y * points_a_pixel) for corner in corners)
        codes.append(CodeSeen(text=code.text[:_MOST_CHARACTERS], corners=(a, b, c, d)))
    return tuple(codes)
