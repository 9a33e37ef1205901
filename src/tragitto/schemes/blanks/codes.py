"""The two-dimensional codes of a page, as rows of dark modules."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import zxingcpp

from tragitto_pec.forms_code import Code


@lru_cache(maxsize=256)
def dark_strips(code: Code) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """The modules of a side, and the dark strips (row from above, column, modules) of a square symbol."""
    made = zxingcpp.create_barcode(code.text(), zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    image: Any = made.to_image(scale=1, add_quiet_zones=False)
    pixels: Any = memoryview(image).tolist()
    return len(pixels), tuple(_strips(pixels))


def _strips(pixels: list[list[int]]) -> Iterator[tuple[int, int, int]]:
    for row, line in enumerate(pixels):
        column = 0
        for is_dark, group in groupby(line, key=lambda value: value == 0):
            length = len(list(group))
            if is_dark:
                yield row, column, length
            column += length
