"""Guidance is printed in each language: French and English under the act, Arabic joined, from the right."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.schemes.fillers.missing import missing
from tragitto.schemes.blanks import blank_form, faces, lettering, template_of
from tragitto.schemes.blanks.lettering import Style, cut_line, set_lines

PLAIN = Style("regular", 10, "#000000", 12)


@pytest.fixture
def arabic():
    """The built font of the pages."""
    if not faces.has_arabic():
        missing("the fonts are not built (./tragitto start builds them)")


@pytest.fixture
def no_fonts(settings):
    """A machine on which no asset was built."""
    settings.STATICFILES_FINDERS = []
    caches = (faces.has_arabic, faces.faces, faces._built)
    for cached in caches:
        cached.cache_clear()
    lettering._line.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()
    lettering._line.cache_clear()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def made(shipped, language: str, **more: str) -> bytes:
    form = shipped.form("modulo-b")
    return blank_form(call_code="a-call", call_title="Un avviso", form=form, language=language, **more)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_guidance_is_printed_under_the_act(shipped, language):
    form = shipped.form("modulo-b")

    text = text_of(made(shipped, language))

    for field in form.fields:
        assert field.label["it"] in text
        assert field.label[language] in text


def test_without_guidance_the_act_stands_alone(shipped):
    text = text_of(made(shipped, "it"))

    assert shipped.form("modulo-b").fields[0].label["fr"] not in text


@pytest.mark.usefixtures("arabic")
def test_arabic_runs_to_the_left(shipped):
    (line,) = set_lines("رمز النشاط (ATECO)", PLAIN, 500, "ar")

    assert line.is_leftward
    assert "".join(run.letters for run in line.runs).startswith("(ATECO)")


@pytest.mark.usefixtures("arabic")
def test_arabic_letters_are_joined():
    """A letter in the middle of a word has another shape than alone."""
    (alone,) = set_lines("ع", PLAIN, 500, "ar")
    (joined,) = set_lines("ععع", PLAIN, 500, "ar")

    shapes = set(joined.runs[0].letters)
    assert len(shapes) == 3
    assert alone.runs[0].letters not in shapes


@pytest.mark.usefixtures("arabic")
def test_numbers_inside_arabic_keep_their_order():
    (line,) = set_lines("المادة 286/1998", PLAIN, 500, "ar")

    assert "".join(run.letters for run in line.runs).startswith("286/1998")


@pytest.mark.usefixtures("arabic")
def test_arabic_can_be_copied_as_it_is_said(shipped):
    label = shipped.form("modulo-b").fields[0].label["ar"]
    (page,) = PdfReader(BytesIO(made(shipped, "ar"))).pages

    spoken = ("\ufeff" + label).encode("utf-16-be").hex().encode()

    assert b"/ActualText <" + spoken + b">" in page.get_contents().get_data()


@pytest.mark.usefixtures("no_fonts")
def test_without_its_font_arabic_stands_in_the_tool_tips(shipped):
    form = shipped.form("modulo-b")
    pdf = made(shipped, "ar")

    tips = {name: field.get("/TU") for name, field in PdfReader(BytesIO(pdf)).get_fields().items()}

    assert tips["delegate_name"] == next(f.label["ar"] for f in form.fields if f.name == "delegate_name")
    assert template_of("a-call", form, "ar").language == "it"


@pytest.mark.usefixtures("no_fonts")
def test_without_any_font_the_act_is_printed_all_the_same(shipped):
    text = text_of(made(shipped, "fr"))

    assert shipped.form("modulo-b").fields[0].label["it"] in text


def test_letters_of_the_neighbours_are_printed():
    (line,) = set_lines("Škoda Łódź", PLAIN, 500)

    assert all(letter in "".join(run.letters for run in line.runs) for letter in "ŠŁódź")


def test_a_line_that_is_too_long_is_cut_with_a_sign():
    line = cut_line("Avviso pubblico per la raccolta di manifestazioni di interesse", PLAIN, 120)

    assert line.width <= 120
    assert line.words.endswith("…")


def test_no_line_is_wider_than_asked():
    words = "Dichiara l'assenza degli impedimenti dell'art. 22, comma 2-ter, del d.lgs. 286/1998 " * 3

    assert all(line.width <= 150 for line in set_lines(words, PLAIN, 150))


def test_the_office_stands_at_the_head(shipped):
    assert "Ufficio di prova" in text_of(made(shipped, "it", office="Ufficio di prova"))
