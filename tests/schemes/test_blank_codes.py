"""The codes of a printed page say which form it is, and lie where the template says."""

from io import BytesIO

import pypdfium2 as pdfium
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tragitto.schemes.blanks import blank_form, template_of
from tragitto_pec.forms_code import CORNERS, Code, parse

CODE = Code("a-call", "modulo-a", 1, "it", "00ff00ff", 2, "BL")
WORDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,40}", fullmatch=True)


@given(WORDS, WORDS, st.integers(1, 999_999), st.integers(1, 999_999), st.sampled_from(CORNERS))
def test_what_a_code_says_is_read_again(call, form, version, page, corner):
    code = Code(call, form, version, "ar", "0123abcd", page, corner)

    assert parse(code.text()) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TRAGITTO",
        "https://impresa.example/?q=TRAGITTO|a-call",
        CODE.text().lower(),
        CODE.text() + "|",
        CODE.text() + "\n",
        CODE.text().replace("|2|", "|0|"),
        CODE.text().replace("|2|", "|02|"),
        CODE.text().replace("|2|", "|\u0662|"),
        CODE.text().replace("|BL", "|TL"),
        CODE.text().replace("00ff00ff", "00ff"),
        CODE.text().replace("a-call", "../a-call"),
        CODE.text().replace("a-call", "a" * 400),
    ],
)
def test_other_peoples_codes_say_nothing(text):
    assert parse(text) is None


@given(st.text())
def test_no_text_breaks_the_reading(text):
    assert parse(text) is None or parse(text).text() == text


@pytest.mark.parametrize("call", ["", "two words", "a|call", "a" * 81])
def test_a_code_that_could_not_be_read_again_is_not_made(call):
    with pytest.raises(ValueError, match="not a code"):
        Code(call, "modulo-a", 1, "it", "00ff00ff", 2, "BL").text()


@pytest.fixture(scope="module", params=["it", "fr", "ar", "en"])
def printed(request, shipped):
    """The template and the pages of a form with the guidance of each language, as a scanner sees them."""
    form = shipped.form("modulo-a")
    pdf = blank_form(call_code="a-call", call_title="Un avviso", form=form, language=request.param)
    pages = [page.render(scale=150 / 72).to_pil() for page in pdfium.PdfDocument(pdf)]
    return template_of("a-call", form, request.param), pages, pdf


def test_every_page_says_in_two_corners_what_it_is(printed):
    template, pages, _ = printed

    seen = [sorted(parse(each.text).corner for each in zxingcpp.read_barcodes(page)) for page in pages]
    fit = [
        template.fits(parse(each.text)) and parse(each.text).page == number
        for number, page in enumerate(pages, 1)
        for each in zxingcpp.read_barcodes(page)
    ]

    assert seen == [["BL", "TR"]] * len(template.pages)
    assert all(fit)


def test_the_codes_lie_where_the_template_says(printed):
    template, pages, _ = printed
    height = template.pages[0][1]

    for code in template.codes:
        (found,) = [
            each
            for each in zxingcpp.read_barcodes(pages[code.page - 1])
            if parse(each.text).corner == code.corner
        ]
        corner = found.position.top_left
        assert corner.x * 72 / 150 == pytest.approx(code.x0, abs=1.5)
        assert height - corner.y * 72 / 150 == pytest.approx(code.y1, abs=1.5)


def test_a_code_of_other_places_does_not_fit(printed):
    template, pages, _ = printed
    said = parse(zxingcpp.read_barcodes(pages[0])[0].text)

    others = [Code(said.call, said.form, said.version, said.language, "00000000", 1, "TR")]
    others += [Code(said.call, said.form, said.version + 1, said.language, said.layout, 1, "TR")]
    others += [Code(said.call, said.form, said.version, said.language, said.layout, 99, "TR")]

    assert [template.fits(other) for other in others] == [False] * 3


@pytest.mark.parametrize("dots", [100, 150, 300])
@pytest.mark.parametrize("skew", [-4, 3, 180])
def test_codes_are_read_from_crooked_scans(printed, dots, skew):
    _, _, pdf = printed
    page = pdfium.PdfDocument(pdf)[0].render(scale=dots / 72).to_pil().convert("L")

    read = zxingcpp.read_barcodes(page.rotate(skew, expand=True, fillcolor=255))

    assert sorted(parse(each.text).corner for each in read) == ["BL", "TR"]


def test_every_field_of_the_file_lies_in_its_place(printed):
    template, _, pdf = printed
    places = {place.name: place for place in (*template.places, template.signature)}

    found = 0
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, 1):
        for annotation in page["/Annots"]:
            widget = annotation.get_object()
            x0, y0, x1, y1 = (float(side) for side in widget["/Rect"])
            place = places[str(widget["/T"])]
            assert place.page == number
            assert place.x0 <= x0 + 0.01 < x1 <= place.x1 + 0.01
            assert place.y0 <= y0 + 0.01 < y1 <= place.y1 + 0.01
            found += 1
    assert found == len(places)
