"""What is drawn in a field without being a letter of it: strokes, other annotations, ticks nobody gave."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tragitto_pec.forms import read_fields
from tragitto_pec.forms.appearance import PICTURE
from tragitto_pec.paper import drawing

WORDS = b"/Tx BMC q BT 0 g /Helv 12 Tf 2 5 Td (30) Tj ET Q EMC"
TICK = b"q 2 w 3 3 m 17 17 l 3 17 m 17 3 l S Q"
TICK_OF_THE_PAGE = b"q 2 w 103 503 m 117 517 l 103 517 m 117 503 l S Q"


class Page:
    """A page with one field from (100, 500) upwards, and what it draws itself."""

    def __init__(self, drawn: bytes = b"") -> None:
        self.document = pikepdf.new()
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        self.fonts = Dictionary(Font=Dictionary(Helv=self.document.make_indirect(helvetica)))
        self.page = self.document.add_blank_page(page_size=(595, 842)).obj
        self.page.Resources = self.fonts
        self.page.Contents = self.document.make_stream(drawn)
        self.page.Annots = Array()

    def look(self, content: bytes, width: int = 200) -> pikepdf.Stream:
        """An appearance that draws this."""
        look = self.document.make_stream(content)
        look.Subtype, look.Resources = Name.Form, self.fonts
        look.BBox = Array([0, 0, width, 20])
        return look

    def add(self, subtype: str, width: int = 200, **entries: object) -> pikepdf.Object:
        """An annotation over the place of the field."""
        node = Dictionary(Subtype=Name("/" + subtype), Rect=Array([100, 500, 100 + width, 520]), F=4)
        for key, value in entries.items():
            node["/" + key] = value
        self.page.Annots.append(self.document.make_indirect(node))
        return self.page.Annots[-1]

    def read(self, field: pikepdf.Object) -> Mapping[str, str]:
        """What is seen in the field where it is something else than its value."""
        field.T = String("places")
        widgets = (each for each in self.page.Annots if each.Subtype == Name.Widget)
        self.document.Root.AcroForm = Dictionary(Fields=Array(widgets), DR=self.fonts)
        stream = io.BytesIO()
        self.document.save(stream)
        found = read_fields(stream.getvalue())
        assert (found.flags, found.problem) == ((), "")
        return found.appearance


def texted(page: Page, look: bytes = WORDS, value: str = "30", **entries: object) -> pikepdf.Object:
    """A field of text on the page, with the look it is given."""
    given = {"FT": Name.Tx, "V": String(value), "AP": Dictionary(N=page.look(look)), **entries}
    return page.add("Widget", **given)


def box(page: Page, state: str, **looks: bytes) -> pikepdf.Object:
    """A tick box on the page, with a look for each state."""
    drawn = Dictionary({f"/{name}": page.look(content, 20) for name, content in looks.items()})
    chosen = Name("/" + state)
    return page.add("Widget", 20, FT=Name.Btn, V=chosen, AS=chosen, AP=Dictionary(N=drawn))


def test_letters_alone_are_seen_as_they_are():
    page = Page()

    assert page.read(texted(page)) == {}


# --- other annotations, which each program draws in its own way


@pytest.mark.parametrize(
    ("subtype", "entries"),
    [
        ("FreeText", {"Contents": String("3"), "DA": String("/Helv 12 Tf 0 g"), "C": Array([1, 1, 1])}),
        ("Square", {"IC": Array([1, 1, 1]), "C": Array([1, 1, 1])}),
        ("Highlight", {"QuadPoints": Array([100, 520, 300, 520, 100, 500, 300, 500])}),
        ("Redact", {"IC": Array([1, 1, 1])}),
        ("Square", {"IC": Array([1, 1, 1]), "F": 32}),
        ("Widget", {"MK": Dictionary(BG=Array([1, 1, 1]))}),
        ("Link", {"Border": Array([0, 0, 12]), "C": Array([1, 1, 1])}),
        ("Link", {}),
    ],
)
def test_an_annotation_without_a_look_covers_what_lies_under_it(subtype, entries):
    page = Page()
    field = texted(page)
    page.add(subtype, **entries)

    assert page.read(field) == {"places": "30" + PICTURE}


@pytest.mark.parametrize(
    ("subtype", "entries"),
    [
        ("Popup", {}),
        ("Link", {"Border": Array([0, 0, 0])}),
        ("Link", {"BS": Dictionary(W=0)}),
        ("Square", {"IC": Array([1, 1, 1]), "F": 2}),
        ("Square", {"IC": Array([1, 1, 1]), "Rect": Array([100, 530, 300, 550])}),
    ],
)
def test_what_draws_nothing_over_the_field_covers_nothing(subtype, entries):
    page = Page()
    field = texted(page)
    page.add(subtype, **entries)

    assert page.read(field) == {}


@pytest.mark.parametrize(("state", "seen"), [("Yes", "Yes" + PICTURE), ("Off", PICTURE)])
def test_a_tick_box_under_another_annotation(state, seen):
    page = Page()
    field = box(page, state, Off=b"", Yes=TICK)
    page.add("Square", 20, IC=Array([1, 1, 1]))

    assert page.read(field) == {"places": seen}


# --- ticks


@pytest.mark.parametrize("colour", [b"0 G ", b"0.6 G "])
def test_a_box_that_is_off_and_draws_a_cross(colour):
    page = Page()

    assert page.read(box(page, "Off", Off=colour + TICK, Yes=TICK)) == {"places": PICTURE}


@pytest.mark.parametrize("looks", [{"Off": b"", "Yes": TICK}, {"Yes": TICK}])
def test_a_box_that_is_off_over_a_cross_of_the_page(looks):
    page = Page(TICK_OF_THE_PAGE)

    assert page.read(box(page, "Off", **looks)) == {"places": PICTURE}


@pytest.mark.parametrize(
    "frame",
    [b"", b"0.9 g 0 0 20 20 re f", b"q 2 w 1 1 18 18 re S Q", b"0 g 0 0 20 20 re f 1 g 2 2 16 16 re f"],
)
def test_a_box_that_is_off_with_a_frame_and_a_ground(frame):
    page = Page()

    assert page.read(box(page, "Off", Off=frame, Yes=frame + TICK)) == {}


# --- strokes that make letters


THREE = b"q 2.5 w 104 516 m 114 516 114 510.5 108 510.5 c 114.5 510.5 115 503 104 503.5 c S Q"
ONE = b"q 1 w 103 504 m 103 515 l S Q"


@pytest.mark.parametrize("strokes", [THREE, ONE, b"q 0.6 G 1 w 130 504 m 130 515 l S Q"])
@pytest.mark.parametrize("look", [WORDS, b"BT 0.75 g /Helv 9 Tf 185 3 Td (30) Tj ET"])
def test_strokes_of_the_page_that_no_letter_explains(strokes, look):
    page = Page(strokes)

    assert page.read(texted(page, look)) == {"places": "30" + PICTURE}


def test_strokes_over_letters_that_are_large_and_faint():
    page = Page(THREE)

    assert page.read(texted(page, b"BT 0.75 g /Helv 24 Tf 2 1 Td (30) Tj ET")) == {"places": "30" + PICTURE}


def test_strokes_in_a_field_that_says_nothing():
    page = Page(THREE)

    assert page.read(texted(page, b"", value="")) == {"places": PICTURE}


def test_a_letter_half_covered():
    page = Page()
    covered = WORDS.replace(b"ET", b"ET 1 g 8.6 0 5 9 re f")

    assert PICTURE in page.read(texted(page, covered))["places"]


@pytest.mark.parametrize(
    "drawn",
    [
        b"q 1 w 100 500 200 20 re S Q",
        b"q 1.5 w 101 501 198 18 re S Q",
        b"0.9 g 100 500 200 20 re f",
        b"0.8 0.85 1 rg 100 500 200 20 re f",
        b"q 0.5 w 100 504 m 300 504 l S Q",
    ],
)
def test_frames_rules_and_grounds_are_no_letters(drawn):
    page = Page(drawn)

    assert page.read(texted(page)) == {}


COMB = b" ".join(b"%d 500 m %d 520 l" % (x, x) for x in range(120, 300, 20)) + b" S"


@pytest.mark.parametrize(("flags", "seen"), [(1 << 24, {}), (0, {"places": "30" + PICTURE})])
def test_the_lines_between_the_letters_of_a_comb(flags, seen):
    page = Page(COMB)

    assert page.read(texted(page, Ff=flags)) == seen


ARROW = b"q 0.9 g 186 1 13 18 re f 0 g 189.5 11.5 m 195.5 11.5 l 192.5 8.5 l f Q "


@pytest.mark.parametrize(
    ("drawn", "seen"),
    [
        (ARROW, {}),
        (b"q 1.5 w 188 4 m 196 4 l 196 16 l 188 16 l h S Q ", {"places": "30" + PICTURE}),
        (ARROW + b"q 2 w 150 4 m 150 15 l S Q ", {"places": "30" + PICTURE}),
    ],
)
def test_the_arrow_some_programs_draw_into_a_choice(drawn, seen):
    page = Page()

    assert page.read(texted(page, drawn + WORDS, FT=Name.Ch, Ff=1 << 17)) == seen


@pytest.mark.parametrize("letter", ["E000", "0000"])
def test_a_letter_that_no_alphabet_has_is_drawn_all_the_same(letter):
    page = Page()
    table = b"/CIDInit begincmap 1 beginbfchar <33> <%b> endbfchar endcmap" % letter.encode()
    page.fonts.Font.Odd = Dictionary(page.fonts.Font.Helv)
    page.fonts.Font.Odd.ToUnicode = page.document.make_stream(table)
    words = WORDS.replace(b"ET", b"/Odd 12 Tf (3) Tj ET")

    assert len(page.read(texted(page, words))["places"]) == 3


def test_a_page_of_more_objects_than_anybody_draws_is_unseen(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_OBJECTS", 3)
    page = Page(THREE * 3)
    texted(page).T = String("places")

    with pytest.raises(AssertionError, match="unseen"):
        page.read(page.page.Annots[0])
