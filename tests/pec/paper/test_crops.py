"""Places cut out of a page: upright, of the size of the form, and told from places beside them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from tests.pec.paper.making import picture
from tragitto_pec.paper import crops
from tragitto_pec.paper.affine import Affine
from tragitto_pec.paper.crops import CropsAsked, crops_of

# A picture of 595 x 842 pixels is a page of as many points, whose second axis runs downwards.
LYING = Affine(1, 0, 0, 0, -1, 842)
PLACE = (100.0, 700.0, 200.0, 720.0)


@pytest.fixture(scope="module")
def page() -> bytes:
    """A page with one framed place, a tenth of it black."""
    image = Image.new("L", (595, 842), 240)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 122, 200, 142), outline=90)
    draw.rectangle((130, 130, 179, 134), fill=20)
    return picture(image, "PNG")


def asked(*boxes: tuple[float, float, float, float], page: int = 1) -> CropsAsked:
    """These places of the page, each with its frame."""
    return CropsAsked(page, LYING, boxes, boxes)


def test_a_place_is_cut_out_with_its_ink_and_its_frame(page):
    found, pixels = crops_of(page, asked(PLACE))

    (crop,) = found.crops
    assert (found.problem, len(pixels)) == ("", crop.width * crop.height)
    assert (crop.width, crop.height, crop.sides) == (278, 56, 4)
    assert crop.ink == pytest.approx(0.17, abs=0.08)


@pytest.mark.parametrize("beside", [4.0, -4.0, 30.0])
def test_a_place_beside_shows_no_whole_frame(page, beside):
    left, low, right, high = PLACE

    found, _pixels = crops_of(page, asked((left, low + beside, right, high + beside)))

    assert found.crops[0].sides < 3


def test_a_place_off_the_page_is_paper(page):
    found, pixels = crops_of(page, asked((-900.0, -900.0, -800.0, -880.0)))

    assert (found.crops[0].ink, found.crops[0].sides, set(pixels)) == (0.0, 0, {255})


def test_a_place_without_any_size_is_one_pixel(page):
    found, pixels = crops_of(page, asked((5.0, 5.0, 5.0, 5.0)))

    assert (found.crops[0].width, found.crops[0].height, len(pixels)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (asked(PLACE, page=2), "no-such-page"),
        (asked(*[PLACE] * 401), "too-large"),
        (asked(*[(0.0, 0.0, 1400.0, 1400.0)] * 2), "too-large"),
        (CropsAsked(1, LYING, (PLACE,), (PLACE, PLACE)), "too-large"),
    ],
)
def test_what_is_not_cut_out_has_a_word(page, question, problem):
    assert crops_of(page, question) == (crops.CropsSeen(problem=problem), b"")


def test_a_file_without_pages_has_a_word():
    assert crops_of(b"ciao", asked(PLACE))[0].problem == "not-paper"
