"""Straight maps of the plane, found again from the points they moved."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto_pec.paper.affine import Affine, distance, turned

numbers = st.floats(-500, 500)
CORNERS = [(10.0, 20.0), (58.0, 20.0), (58.0, 68.0), (10.0, 68.0)]
FAR = [(500.0, 700.0), (548.0, 700.0), (548.0, 748.0), (500.0, 748.0)]


def as_scanned(angle: float, scale: float, x: float, y: float) -> Affine:
    """A page turned by an angle in a plane that counts downwards."""
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    return Affine(cosine, sine, x, sine, -cosine, y)


@given(st.floats(-math.pi, math.pi), st.floats(0.5, 3), numbers, numbers)
def test_a_turned_page_is_found_from_one_code(angle, scale, x, y):
    way = as_scanned(angle, scale, x, y)
    found = turned([(corner, way(*corner)) for corner in CORNERS])

    assert found is not None
    assert found(560, 800) == pytest.approx(way(560, 800), abs=1e-6)


def test_points_found_a_little_beside_do_not_bend_the_page():
    way = as_scanned(0.05, 2, 30, 40)
    beside = [(0.4, -0.4), (-0.4, 0.4), (0.4, 0.4), (-0.4, -0.4)] * 2
    pairs = [
        (corner, (way(*corner)[0] + off[0], way(*corner)[1] + off[1]))
        for corner, off in zip([*CORNERS, *FAR], beside, strict=True)
    ]
    found = turned(pairs)

    assert found is not None
    assert math.dist(found(20, 780), way(20, 780)) < 0.5
    assert distance(found, pairs) < 1


def test_a_point_alone_tells_no_direction():
    assert turned([((1.0, 1.0), (2.0, 2.0))] * 4) is None


def test_points_that_moved_apart_are_at_a_distance():
    assert distance(Affine(1, 0, 0, 0, 1, 0), [((0.0, 0.0), (3.0, 4.0))]) == 5.0
    assert distance(Affine(1, 0, 0, 0, 1, 0), []) == 0.0


@given(numbers, numbers)
def test_one_map_after_another_is_both(x, y):
    first, second = Affine(1, 2, 3, 4, 5, 6), Affine(0.5, 0, 7, 1, -1, 8)

    assert second.after(first)(x, y) == pytest.approx(second(*first(x, y)))
