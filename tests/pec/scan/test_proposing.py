"""From ink and letters to proposals: what is sure, what is not, and what nobody can tell."""

from __future__ import annotations

import pytest
from PIL import Image

from tragitto_pec.forms_code import Option, Place
from tragitto_pec.paper.crops import ink_of
from tragitto_pec.scan import proposing
from tragitto_pec.scan.ocr import Line
from tragitto_pec.scan.proposing import Cut, blanks, boxes, inner, words

BOX = Place("delegato", 1, 0, 0, 10, 10, "tick")
TEXT = Place("comune", 1, 0, 0, 200, 18)
CHOICE = Place("provincia", 1, 0, 0, 200, 18, "choice", (Option("MI", "Milano"), Option("BG", "Bergamo")))


def cut(place: Place, ink: float) -> Cut:
    """A place of which so much is ink, in its middle and elsewhere."""
    image = Image.new("L", (100, 100), 255)
    image.paste(0, (0, 25, 100, 25 + round(ink * 60)))
    return Cut(place, image, ink, 4)


@pytest.mark.parametrize(
    ("ink", "ticked"),
    [(0.0, False), (0.01, False), (0.016, None), (0.049, None), (0.05, True), (0.3, True), (1.0, True)],
)
def test_a_box_is_ticked_empty_or_not_to_be_told(ink, ticked):
    proposal = boxes([cut(BOX, ink)])["delegato"]

    assert proposal.ticked is ticked
    assert proposal.text == ("Yes" if ticked else "")
    assert (proposal.confidence > 0) is (ticked is not None)


def test_the_frame_of_a_box_is_no_tick():
    image = Image.new("L", (100, 100), 255)
    image.paste(0, (0, 0, 100, 9))

    assert boxes([Cut(BOX, image, 0.09, 4)])["delegato"].ticked is None


@pytest.mark.parametrize(("place", "sides"), [(BOX, 4), (TEXT, 3), (CHOICE, 3)])
def test_a_place_is_known_by_the_sides_of_its_frame(place, sides):
    image = Image.new("L", (9, 9))

    assert [Cut(place, image, 0.0, seen).is_framed for seen in (sides - 1, sides)] == [False, True]


def test_a_place_without_ink_is_empty():
    found = blanks([cut(TEXT, 0.0), cut(CHOICE, 0.002), cut(BOX, 0.0)])

    assert {name: proposal.text for name, proposal in found.items()} == {"comune": "", "provincia": ""}


def read_as(monkeypatch, text: str, confidence: float = 0.9) -> None:
    """Let the program have read this; how it reads is shown elsewhere."""
    monkeypatch.setattr(
        proposing, "read_images", lambda images, _mode: [Line(text, confidence) for _image in images]
    )


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("| Treviglio", "Treviglio"),
        ("Treviglio |", "Treviglio"),
        ("_ Treviglio ]", "Treviglio"),
        ("bruno@ pec.it", "bruno@pec.it"),
        ("A|B", "A|B"),
        ("Treviglio\n|\nBergamo", "Treviglio\nBergamo"),
    ],
)
def test_what_is_left_of_a_frame_is_no_letter(monkeypatch, read, text):
    read_as(monkeypatch, read)

    assert words([cut(TEXT, 0.1)])["comune"].text == text


@pytest.mark.parametrize("read", ["", "|", "|\n_"])
def test_ink_without_words_is_unknown_and_not_empty(monkeypatch, read):
    read_as(monkeypatch, read)

    assert words([cut(TEXT, 0.1)]) == {}


@pytest.mark.parametrize(("read", "value"), [("Bergamo", "BG"), ("8ergam0", "BG"), ("MILANO", "MI")])
def test_a_choice_is_the_option_it_looks_most_like(monkeypatch, read, value):
    read_as(monkeypatch, read)

    assert words([cut(CHOICE, 0.1)])["provincia"].text == value


@pytest.mark.parametrize(("read", "value"), [("bg", "BG"), ("Mi lano", "MI"), ("Milàno", "MI")])
def test_a_choice_may_be_written_in_many_ways(monkeypatch, read, value):
    read_as(monkeypatch, read)

    assert words([cut(CHOICE, 0.1)])["provincia"].text == value


@pytest.mark.parametrize("read", ["Napoli?!", "Berg", "Mil Bergamo"])
def test_a_choice_that_looks_like_none_is_the_words_read_and_never_sure(monkeypatch, read):
    read_as(monkeypatch, read)

    proposal = words([cut(CHOICE, 0.1)])["provincia"]
    assert (proposal.text, proposal.confidence <= 0.3) == (read, True)


def test_of_two_options_alike_neither_is_proposed(monkeypatch):
    places = (Option("a", "Zona industriale 1"), Option("b", "Zona industriale 2"))
    read_as(monkeypatch, "Zona industriale 7")

    proposal = words([cut(Place("zona", 1, 0, 0, 200, 18, "choice", places), 0.1)])["zona"]

    assert proposal.text == "Zona industriale 7"


def test_options_that_differ_in_a_word_are_told_apart(monkeypatch):
    sizes = (Option("small", "piccola"), Option("micro", "micro"), Option("help", "aiuto a trovare alloggio"))
    read_as(monkeypatch, "piccola")

    assert words([cut(Place("size", 1, 0, 0, 200, 18, "choice", sizes), 0.1)])["size"].text == "small"


@pytest.mark.parametrize("place", [BOX, TEXT, Place("x", 1, 5, 5, 6, 6), Place("x", 1, 5, 5, 5, 5, "tick")])
def test_what_is_cut_out_lies_inside_the_frame(place):
    left, low, right, high = inner(place)

    assert place.x0 <= left <= right <= place.x1
    assert place.y0 <= low <= high <= place.y1


def test_ink_is_told_by_the_paper_it_is_on():
    grey = Image.new("L", (100, 100), 150)
    grey.paste(60, (0, 0, 20, 50))

    assert ink_of(grey) == pytest.approx(0.1)
    assert ink_of(Image.new("L", (100, 100), 200)) == 0.0
    assert ink_of(Image.new("L", (0, 0))) == 0.0
