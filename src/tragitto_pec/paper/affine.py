"""Straight maps of the plane: how a page lies in a scan, found from points that are known in both."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

Point = tuple[float, float]
Pair = tuple[Point, Point]


class Affine(msgspec.Struct, frozen=True):
    """The map (x, y) → (a·x + b·y + c, d·x + e·y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def numbers(self) -> tuple[float, float, float, float, float, float]:
        """The six numbers in their order."""
        return self.a, self.b, self.c, self.d, self.e, self.f

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def scaled(self, factor: float) -> Affine:
        """The map, and then everything times ``factor``."""
        return Affine(*(number * factor for number in self.numbers()))

    def after(self, first: Affine) -> Affine:
        """The map that goes the way of ``first``, then this one's."""
        across, along, start = (
            self(first.a, first.d),
            self(first.b, first.e),
            self(first.c, first.f),
        )
        return Affine(
            across[0] - self.c,
            along[0] - self.c,
            start[0],
            across[1] - self.f,
            along[1] - self.f,
            start[1],
        )


def turned(pairs: Sequence[Pair]) -> Affine | None:
    """The turned, shifted and scaled plane that brings the first points nearest to the second ones.

    By least squares; the second plane counts downwards. No stretch and no shear: the points lie in two
    corners of a page, and half a point of error there would be three in the other corners. None when
    they are all the same point.
    """
    middle_x, middle_y = _middle([first for first, _second in pairs])
    to_x, to_y = _middle([second for _first, second in pairs])
    dot = cross = spread = 0.0
    for (x, y), (u, v) in _about(pairs, (middle_x, middle_y), (to_x, to_y)):
        dot, cross, spread = dot + x * u - y * v, cross + x * v + y * u, spread + x * x + y * y
    if spread < 1e-9:
        return None
    a, b = dot / spread, cross / spread
    shift = to_x - a * middle_x - b * middle_y, to_y - b * middle_x + a * middle_y
    return Affine(a, b, shift[0], b, -a, shift[1])


def distance(affine: Affine, pairs: Sequence[Pair]) -> float:
    """How far, on average of squares, the first points still are from the second ones."""
    squares = [math.dist(affine(*first), second) ** 2 for first, second in pairs]
    return math.sqrt(sum(squares) / len(squares)) if squares else 0.0


def _about(pairs: Sequence[Pair], middle: Point, to: Point) -> Iterator[Pair]:
    """The same pairs, each point as seen from the middle of its plane."""
    for (x, y), (u, v) in pairs:
        yield (x - middle[0], y - middle[1]), (u - to[0], v - to[1])


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)
