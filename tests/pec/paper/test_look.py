"""Files as paper: pages counted, drawn, searched for codes, and never more than was asked for."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, NameObject, NumberObject, StreamObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from tests.pec.forms.making import FILLED, field, opened, written
from tests.pec.paper.making import coded, picture, printed, scanned
from tragitto_pec.confined import Bounds, Confined, StoppedError
from tragitto_pec.confined_questions import PAGE, PAPER, Nothing
from tragitto_pec.paper import sources
from tragitto_pec.paper.look import PageAsked, page_of, paper_of

TEXT = "TRAGITTO|lombardia-2025|modulo-a|1|it|0123abcd|1|TR"
PHOTO = Image.linear_gradient("L").resize((600, 800))


@pytest.fixture(scope="module")
def confined():
    with Confined() as process:
        yield process


def shown(file: bytes, **asked: int) -> Image.Image:
    """One page as an image."""
    found, png = page_of(file, PageAsked(**asked))
    assert found.problem == ""
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", (found.width, found.height))
    return image


def test_a_pdf_is_counted_and_measured():
    paper = paper_of(FILLED)

    assert (paper.format, paper.pages, paper.problem, paper.is_scan) == ("pdf", 1, "", False)
    assert (round(paper.sheets[0].width), round(paper.sheets[0].height)) == (595, 842)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_paper_as_long_as_a4(kind):
    paper = paper_of(picture(PHOTO, kind))

    assert (paper.format, paper.pages, paper.is_scan) == ("image", 1, True)
    assert (paper.sheets[0].width, paper.sheets[0].height) == (631.5, 842.0)


def test_a_fax_of_two_pages():
    page = Image.new("1", (1728, 2200), 1)
    paper = paper_of(picture(page, "TIFF", compression="group4", save_all=True, append_images=[page]))

    assert (paper.pages, len(paper.sheets), paper.problem) == (2, 2, "")


def test_a_scan_is_a_picture_on_every_page():
    assert paper_of(scanned(printed(FILLED))).is_scan


def test_a_code_is_found_with_its_corners():
    code = paper_of(coded(TEXT)).sheets[0].codes[0]

    assert code.text == TEXT
    expected = ((400, 94), (448, 94), (448, 142), (400, 142))
    for corner, wanted in zip(code.corners, expected, strict=True):
        assert corner == pytest.approx(wanted, abs=1)


def test_the_codes_of_forms_are_told_from_those_of_others():
    ours, other = coded(TEXT, pages=2), coded("https://example.org")

    assert [code.text() for code in paper_of(ours).form_codes] == [TEXT]
    assert paper_of(other).form_codes == ()


def test_the_corners_turn_with_the_page():
    page = printed(coded(TEXT))[0].rotate(180)

    corners = paper_of(scanned([page])).sheets[0].codes[0].corners

    assert corners[0] == pytest.approx((195, 748), abs=1)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_code_is_read_askew_and_compressed(dpi):
    scan = scanned(printed(coded(TEXT), dpi), turn=4, quality=35, dpi=dpi)

    assert [code.text for code in paper_of(scan).sheets[0].codes] == [TEXT]


def test_only_the_first_forty_pages_are_searched():
    writer = opened()
    for _page in range(50):
        writer.add_blank_page(100, 100)

    paper = paper_of(written(writer))

    assert (paper.pages, len(paper.sheets)) == (51, 40)


def test_a_page_is_drawn_as_asked():
    assert shown(FILLED, page=1, dpi=72).size == (596, 842)


@pytest.mark.parametrize(("asked", "width"), [(10_000, 1654), (1, 166)])
def test_a_page_is_never_drawn_finer_than_two_hundred_dots_nor_coarser_than_twenty(asked, width):
    assert abs(shown(FILLED, dpi=asked).width - width) <= 1


@pytest.mark.parametrize("size", [(200_000, 200_000), (1_000_000, 1), (14_400, 14_400)])
def test_a_page_of_any_size_stays_below_the_most_pixels(size):
    writer = PdfWriter()
    writer.add_blank_page(*size)

    image = shown(written(writer), dpi=200)

    assert image.width * image.height <= 4_100_000


def test_fewer_pixels_can_be_asked_for():
    image = shown(FILLED, dpi=200, most_pixels=100_000)

    assert image.width * image.height <= 101_000


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_page_that_is_not_there(number):
    assert page_of(FILLED, PageAsked(number)) == (page_of(FILLED, PageAsked(99))[0], b"")
    assert page_of(FILLED, PageAsked(number))[0].problem == "no-such-page"


def test_the_values_a_form_says_are_not_drawn_in_place_of_what_it_shows():
    plain = shown(FILLED).tobytes()
    writer = PdfWriter(clone_from=io.BytesIO(FILLED))
    field(writer, "denominazione")[NameObject("/V")] = TextStringObject("Altra S.p.A.")
    writer.root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(True)

    assert shown(written(writer)).tobytes() == plain


def test_what_is_clear_in_a_picture_is_paper():
    assert shown(picture(Image.new("RGBA", (60, 80), (0, 0, 0, 0)), "PNG")).getextrema() == ((255, 255),) * 3


def test_a_photograph_is_turned_as_its_camera_says():
    exif = Image.Exif()
    exif[0x0112] = 6

    image = shown(picture(Image.new("RGB", (80, 60)), "JPEG", exif=exif))

    assert image.height > image.width


def test_no_words_of_a_camera_travel_with_the_image():
    exif = Image.Exif()
    exif[0x010E] = "Amina"

    _found, png = page_of(picture(Image.new("RGB", (80, 60)), "JPEG", exif=exif), PageAsked())

    assert b"Amina" not in png
    assert b"eXIf" not in png


@pytest.mark.parametrize(
    "raw", [b"", b"ciao", b"PK\3\4", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"II*\0", b"\xff\xd8\xff"]
)
def test_what_has_no_pages_is_a_problem_and_no_exception(raw):
    problem = paper_of(raw).problem

    assert problem in ("not-paper", "unreadable")
    assert page_of(raw, PageAsked())[0].problem == problem


def test_a_locked_file_is_said_to_be_locked():
    writer = opened()
    writer.encrypt(user_password="secret", algorithm="AES-256")
    locked = written(writer)

    assert (paper_of(locked).problem, page_of(locked, PageAsked())[0].problem) == ("encrypted", "encrypted")


def test_a_picture_of_too_many_pixels_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(sources, "_MOST_UNPACKED", 1000)

    assert paper_of(picture(PHOTO, "PNG")).problem == "too-large"


def png_that_says(width: int, height: int) -> bytes:
    """A file that says it is huge and holds nothing."""
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    checked = head + zlib.crc32(head).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + checked + bytes(4) + b"IEND\xaeB`\x82"


def test_a_picture_that_says_it_is_a_hundred_thousand_pixels_wide():
    assert paper_of(png_that_says(100_000, 100_000)).problem in ("too-large", "unreadable")


# --- in the limited process


def test_all_of_it_works_behind_the_seal(confined):
    paper, _nothing = confined.ask(PAPER, coded(TEXT), Nothing())
    page, png = confined.ask(PAGE, FILLED, PageAsked())

    assert [code.text for code in paper.sheets[0].codes] == [TEXT]
    assert (page.problem, png[:4]) == ("", b"\x89PNG")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_every_kind_of_picture_opens_behind_the_seal(confined, kind):
    assert confined.ask(PAGE, picture(PHOTO, kind), PageAsked())[0].problem == ""


def test_letters_are_drawn_without_the_fonts_of_the_machine(confined):
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(100, 700, "Regione")
    canvas.save()

    _page, png = confined.ask(PAGE, stream.getvalue(), PageAsked())

    assert Image.open(io.BytesIO(png)).convert("L").getextrema()[0] < 60


def bomb() -> bytes:
    """A page whose content unpacks to hundreds of megabytes (hostile input 27)."""
    packer = zlib.compressobj(1)
    piece = b"0 0 m 9 9 l S\n" * 80_000
    packed = zlib.compress(b"".join(packer.compress(piece) for _count in range(300)) + packer.flush())
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream._data = packed
    stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * 2)
    stream[NameObject("/Length")] = NumberObject(len(packed))
    page[NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def test_a_page_that_unpacks_to_hundreds_of_megabytes_costs_itself_alone():
    raw = bomb()

    with Confined(Bounds(memory_bytes=700 << 20, cpu_seconds=2, wall_seconds=15)) as process:
        try:
            answer = process.ask(PAPER, raw, Nothing())[0].problem
        except StoppedError as stopped:
            answer = stopped.code
        after = process.ask(PAPER, FILLED, Nothing())[0].problem

    assert len(raw) < 100_000
    assert answer in ("unreadable", "reader-stopped", "reader-out-of-time", "")
    assert after == ""


def test_pages_that_contain_themselves(confined):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    pages = writer.root_object["/Pages"]
    pages["/Kids"].append(pages.indirect_reference)
    pages[NameObject("/Count")] = NumberObject(5)

    paper, _nothing = confined.ask(PAPER, written(writer), Nothing())

    assert (paper.problem, paper.pages) in (("unreadable", 0), ("", 1))


@given(st.integers(0, len(FILLED) - 1), st.integers(0, 200), st.binary(max_size=20))
@settings(max_examples=30, deadline=None)
def test_any_mangled_file_gets_an_answer(position, length, filler):
    mangled = FILLED[:position] + filler + FILLED[position + length :]

    assert paper_of(mangled).problem in ("", "not-paper", "unreadable", "encrypted")
    assert page_of(mangled, PageAsked(dpi=20))[0].problem in (
        *("", "not-paper", "unreadable", "encrypted"),
        "no-such-page",
    )


PICTURES = {kind: picture(PHOTO.resize((60, 80)), kind) for kind in ("PNG", "JPEG", "TIFF")}


@given(st.sampled_from(sorted(PICTURES)), st.integers(4, 2000), st.integers(0, 50), st.binary(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_mangled_picture_gets_an_answer(kind, position, length, filler):
    raw = PICTURES[kind]
    mangled = raw[:position] + filler + raw[position + length :]

    assert paper_of(mangled).problem in ("", "not-paper", "unreadable", "too-large")
