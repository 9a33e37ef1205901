"""Printed forms that come back as scans: found by their codes, straightened, and read place by place."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace

import pytest
from PIL import Image

from tests.pec.forms.making import FILLED
from tests.pec.paper.making import coded, picture, scanned
from tests.pec.scan.making import CODE, PLACES, TEMPLATE, WORDS, paper
from tragitto_pec.confined import Bounds, Confined
from tragitto_pec.forms_code import Code, Template
from tragitto_pec.scan import ScanReading, transcribe, transcribe_all

TICKS = {"delegato": True, "rinuncia": False}
TEXTS = {"pec": "bruno@pec.esempio.it", "vuoto": "", "provincia": "BG", "luogo": "Treviglio"}

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract here")


@pytest.fixture(scope="module")
def confined():
    with Confined() as process:
        yield process


@pytest.fixture(scope="module")
def pages() -> list[Image.Image]:
    return paper()


def template_of(code: Code) -> Template | None:
    """The template of the one form there is."""
    return TEMPLATE if TEMPLATE.fits(code) else None


def ticks(scan: ScanReading) -> dict[str, bool | None]:
    """What the boxes say."""
    return {name: scan.proposals[name].ticked for name in TICKS if name in scan.proposals}


def texts(scan: ScanReading) -> dict[str, str]:
    """What was read of the words."""
    return {name: scan.proposals[name].text for name in TEXTS if name in scan.proposals}


@needs_tesseract
@pytest.mark.parametrize(
    "laid",
    [
        {},
        {"turn": 4},
        {"turn": -4, "quality": 35, "noise": 30},
        {"turn": 90},
        {"turn": 180},
        {"turn": 273},
    ],
)
def test_a_form_is_read_however_it_was_laid_into_the_scanner(confined, pages, laid):
    scan = transcribe(scanned(pages, **laid), template_of, confined)

    assert (scan.problem, scan.missing, scan.is_signed_by_hand) == ("", (), True)
    assert ticks(scan) == TICKS
    assert texts(scan) == TEXTS
    assert scan.proposals["denominazione"].text.startswith("Officine Per")


@needs_tesseract
def test_several_lines_are_read_as_lines(confined, pages):
    scan = transcribe(scanned(pages), template_of, confined)

    assert scan.proposals["motivazione"].text == "\n".join(WORDS["motivazione"])


@needs_tesseract
def test_the_scan_says_which_form_it_is_and_which_page_is_where(confined, pages):
    scan = transcribe(scanned([pages[1], pages[0]]), template_of, confined)

    assert scan.code is not None
    assert (scan.code.call, scan.code.form, scan.code.layout) == (CODE.call, CODE.form, CODE.layout)
    assert [(page.number, page.page, page.codes, page.problem) for page in scan.pages] == [
        (1, 2, 2, ""),
        (2, 1, 2, ""),
    ]


@needs_tesseract
def test_every_proposal_has_a_confidence_between_nothing_and_certain(confined, pages):
    scan = transcribe(scanned(pages), template_of, confined)

    assert list(scan.proposals) == [place.name for place in PLACES]
    assert all(0 < proposal.confidence < 1 for proposal in scan.proposals.values())


def test_from_one_code_a_page_is_known_and_not_read(confined):
    scan = transcribe(scanned(paper(corners=("TR",)), turn=2), template_of, confined)

    assert [(page.page, page.codes, page.problem) for page in scan.pages] == [
        (1, 1, "one-code"),
        (2, 1, "one-code"),
    ]
    assert (dict(scan.proposals), scan.missing, scan.is_signed_by_hand) == ({}, (1, 2), None)


@needs_tesseract
def test_a_photograph_of_one_page_is_a_scan_too(confined, pages):
    scan = transcribe(picture(pages[1], "JPEG", quality=70), template_of, confined)

    assert (texts(scan), scan.missing) == ({"luogo": "Treviglio"}, (1,))


@needs_tesseract
def test_a_page_that_comes_twice_is_read_once(confined, pages):
    scan = transcribe(scanned([pages[0], pages[0], pages[1]]), template_of, confined)

    assert [page.problem for page in scan.pages] == ["", "repeated", ""]


@needs_tesseract
def test_two_forms_in_one_file_are_two_readings(confined, pages):
    other = paper(form="modulo-a")
    templates = {CODE.form: TEMPLATE, "modulo-a": replace(TEMPLATE, form="modulo-a")}

    found = transcribe_all(scanned([*other, pages[1]]), lambda code: templates[code.form], confined)

    assert [scan.code.form for scan in found if scan.code] == ["modulo-a", "modulo-b"]
    assert [page.problem for page in found[0].pages] == ["", "", "other-form"]
    assert [scan.missing for scan in found] == [(), (1,)]


def test_without_tesseract_words_are_unknown_and_boxes_are_read(confined, pages, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    scan = transcribe(scanned(pages), template_of, confined)

    assert scan.problem == "no-ocr"
    assert ticks(scan) == TICKS
    assert texts(scan) == {"vuoto": ""}


def test_a_form_nobody_knows_any_more_is_not_read_in_the_wrong_places(confined):
    scan = transcribe(scanned(paper(layout="99999999")), template_of, confined)

    assert (scan.problem, dict(scan.proposals)) == ("no-template", {})
    assert [page.problem for page in scan.pages] == ["no-template", "no-template"]


def test_a_template_of_other_places_is_refused(confined, pages):
    moved = replace(TEMPLATE, layout="99999999")

    assert transcribe(scanned(pages), lambda _code: moved, confined).problem == "no-template"


def test_codes_that_are_not_where_the_form_has_them(confined, pages):
    wrong = replace(TEMPLATE, codes=tuple(replace(code, x0=code.x0 - 90) for code in TEMPLATE.codes))

    scan = transcribe(scanned(pages), lambda _code: wrong, confined)

    assert (dict(scan.proposals), scan.missing, scan.is_signed_by_hand) == ({}, (1, 2), None)
    assert {page.problem for page in scan.pages} == {"unreadable"}


def test_a_code_that_moved_alone_is_no_page_of_ours(confined, pages):
    first, *others = TEMPLATE.codes
    bent = replace(TEMPLATE, codes=(replace(first, x0=first.x0 - 90, x1=first.x1 - 90), *others))

    scan = transcribe(scanned(pages[:1]), lambda _code: bent, confined)

    assert [page.problem for page in scan.pages] == ["unreadable"]


@pytest.mark.parametrize("text", ["https://example.org", "TRAGITTO|x", "TRAGITTO|a|b|0|it|0123abcd|1|TR"])
def test_codes_of_others_are_no_codes(confined, text):
    scan = transcribe(coded(text), template_of, confined)

    assert (scan.problem, scan.code, [page.codes for page in scan.pages]) == ("no-code", None, [1])


@pytest.mark.parametrize(
    ("file", "problem"), [(FILLED, "no-code"), (b"ciao", "not-paper"), (b"%PDF-1.7", "unreadable")]
)
def test_what_is_no_scan_of_ours(confined, file, problem):
    assert transcribe(file, template_of, confined).problem == problem


def test_a_process_that_stops_is_said(pages):
    with Confined(Bounds(wall_seconds=0.001)) as hurried:
        assert transcribe(scanned(pages), template_of, hurried).problem == "stopped"


@needs_tesseract
def test_a_place_whose_frame_is_elsewhere_is_unknown(confined, pages):
    moved = {"rinuncia": 3.0, "luogo": -6.0, "pec": 2.0}
    places = tuple(
        replace(place, y0=place.y0 + moved.get(place.name, 0), y1=place.y1 + moved.get(place.name, 0))
        for place in PLACES
    )
    shifted = replace(TEMPLATE, places=places)

    scan = transcribe(scanned(pages), lambda _code: shifted, confined)

    assert {place.name for place in PLACES} - set(scan.proposals) == {"rinuncia", "luogo"}
    assert scan.proposals["pec"].text == TEXTS["pec"]


@needs_tesseract
def test_a_photograph_from_aslant_gives_no_wrong_ticks(confined, pages):
    width, height = pages[0].size
    corners = (-60, -40, -10, height + 30, width + 80, height - 10, width + 20, 20)
    aslant = pages[0].transform(pages[0].size, Image.Transform.QUAD, corners, fillcolor=255)

    scan = transcribe(picture(aslant, "JPEG"), template_of, confined)

    assert {name: said for name, said in ticks(scan).items() if said is not None}.items() <= TICKS.items()


@pytest.fixture(scope="module")
def small() -> bytes:
    """A scan of one page, to be mangled."""
    return scanned(paper()[1:], quality=30)


@pytest.mark.parametrize("seed", range(6))
def test_any_mangled_scan_gets_an_answer(confined, small, seed):
    chance = random.Random(seed)
    mangled = bytearray(small)
    for _change in range(1 + seed * 6):
        at = chance.randrange(len(mangled))
        mangled[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(4))

    found = transcribe(bytes(mangled), template_of, confined)

    assert found.problem in ("", "no-code", "unreadable", "not-paper", "no-ocr")


def test_nobody_signed_where_there_is_no_ink(confined):
    unsigned = paper()
    unsigned[1].paste(255, (640, 395, 1110, 490))

    assert transcribe(scanned(unsigned), template_of, confined).is_signed_by_hand is False
