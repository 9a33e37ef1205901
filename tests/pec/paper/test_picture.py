"""One plain picture of a photo or scan: upright, small, without what cameras write; whatever the bytes do."""

import io

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tragitto_pec.confined import Confined
from tragitto_pec.confined_questions import PICTURE
from tragitto_pec.picture import MOST_PAGES, MOST_SIDE, PictureAsked, PictureSeen, picture_of


def file_of(image: Image.Image, kind: str = "JPEG", **more) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **more)
    return stream.getvalue()


def pdf_of(pages: int) -> bytes:
    document, stream = pdfium.PdfDocument.new(), io.BytesIO()
    for _each in range(pages):
        document.new_page(595, 842)
    document.save(stream)
    document.close()
    return stream.getvalue()


def drawn(raw: bytes, **asked) -> tuple[PictureSeen, Image.Image]:
    seen, content = picture_of(raw, PictureAsked(**asked))
    assert seen.problem == ""
    return seen, Image.open(io.BytesIO(content))


def test_a_photo_is_turned_as_the_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6

    _seen, picture = drawn(file_of(Image.new("RGB", (800, 600)), exif=exif))

    assert picture.size == (600, 800)


def test_what_the_camera_wrote_stays_behind():
    exif = Image.Exif()
    exif[0x0110] = "Secret Phone"
    raw = file_of(Image.new("RGB", (800, 600)), exif=exif, comment=b"Secret words")

    _seen, picture = drawn(raw)

    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("size", "kept"), [((4000, 3000), (2000, 1500)), ((800, 600), (800, 600)), ((300, 2400), (250, 2000))]
)
def test_a_picture_is_made_smaller_and_never_larger(size, kept):
    assert drawn(file_of(Image.new("RGB", size)))[1].size == kept


def test_the_pages_of_a_scan_stand_one_under_another():
    seen, picture = drawn(pdf_of(2))

    assert (seen.pages, picture.height) == (2, 2 * MOST_SIDE)


def test_grey_pixels_are_a_byte_each():
    seen, content = picture_of(file_of(Image.new("RGB", (800, 600))), PictureAsked(is_grey=True))

    assert len(content) == seen.width * seen.height == 800 * 600


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "not-paper"),
        (b"hello", "not-paper"),
        (b"\xff\xd8\xff\xe0 damaged", "unreadable"),
        (file_of(Image.new("RGB", (100, 100))), "too-small"),
        (pdf_of(MOST_PAGES + 1), "too-many-pages"),
        (file_of(Image.new("1", (12_000, 12_000)), "PNG"), "unreadable"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_word(raw, problem):
    seen, content = picture_of(raw, PictureAsked())

    assert (seen.problem, content) == (problem, b"")


@given(st.binary(max_size=400), st.integers(-5, 10_000))
def test_no_bytes_break_it(raw, most_side):
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n"):
        picture_of(start + raw, PictureAsked(most_side=most_side))


def test_the_limited_process_draws_the_same():
    raw = file_of(Image.effect_mandelbrot((900, 700), (-2, -1.5, 1, 1.5), 20).convert("RGB"))

    with Confined() as confined:
        assert confined.ask(PICTURE, raw, PictureAsked()) == picture_of(raw, PictureAsked())
