"""Transcribes scanned forms: finds their pages by the codes, and has each place of them read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PIL import Image

from tragitto_pec.confined import Confined, StoppedError
from tragitto_pec.confined_questions import CROPS, PAPER, Nothing
from tragitto_pec.forms_code import Code, Place, Template
from tragitto_pec.paper.affine import Affine
from tragitto_pec.paper.crops import CropsAsked
from tragitto_pec.paper.reading import PaperReading, Sheet
from tragitto_pec.scan.ocr import NoOcrError
from tragitto_pec.scan.proposing import Cut, blanks, boxes, inner, is_signed, words
from tragitto_pec.scan.reading import Proposal, ScannedPage, ScanReading
from tragitto_pec.scan.straightening import code_of, has_both, lying

#: The template of the form a code was printed on, None when there is none any more.
Templates = Callable[[Code], Template | None]


def transcribe(file: bytes, templates: Templates, confined: Confined) -> ScanReading:
    """Propose what the places of the first form in a scan say. Never raises: see ``ScanReading.problem``."""
    return transcribe_all(file, templates, confined)[0]


def transcribe_all(file: bytes, templates: Templates, confined: Confined) -> tuple[ScanReading, ...]:
    """The same for each form whose pages are in the file, in the order in which they begin; at least one.

    The file is opened in the limited process; tesseract sees only images that were made there.
    """
    try:
        paper = confined.ask(PAPER, file, Nothing())[0]
    except StoppedError:
        return (ScanReading(problem="stopped"),)
    if paper.problem:
        return (ScanReading(problem=paper.problem),)
    forms = _forms(paper)
    if not forms:
        return (ScanReading(pages=_bare(paper), problem="no-code"),)
    return tuple(_transcribed(_Scan(file, paper, confined), sheets, templates) for sheets in forms)


@dataclass(frozen=True, slots=True)
class _Scan:
    """The file at hand, and the process that may open it."""

    file: bytes
    paper: PaperReading
    confined: Confined


@dataclass(slots=True)
class _Found:
    """What is known of a form while its pages are gone through."""

    pages: dict[int, ScannedPage]
    cuts: list[Cut] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


def _forms(paper: PaperReading) -> list[list[tuple[Sheet, Code]]]:
    """The pages with codes, by the form they belong to."""
    forms: dict[tuple[object, ...], list[tuple[Sheet, Code]]] = defaultdict(list)
    for sheet in paper.sheets:
        if code := code_of(sheet):
            forms[code.call, code.form, code.version, code.language, code.layout].append((sheet, code))
    return list(forms.values())


def _bare(paper: PaperReading) -> tuple[ScannedPage, ...]:
    return tuple(
        ScannedPage(sheet.number, codes=len(sheet.codes), problem="no-code") for sheet in paper.sheets
    )


def _transcribed(scan: _Scan, sheets: list[tuple[Sheet, Code]], templates: Templates) -> ScanReading:
    code = sheets[0][1]
    template = templates(code)
    found = _Found({page.number: page for page in _bare(scan.paper)})
    for other, _code in ((sheet, code_of(sheet)) for sheet in scan.paper.sheets):
        if _code:
            found.pages[other.number] = ScannedPage(other.number, 0, len(other.codes), "other-form")
    if template is None or not template.fits(code):
        for sheet, own in sheets:
            found.pages[sheet.number] = ScannedPage(sheet.number, own.page, len(sheet.codes), "no-template")
        return ScanReading(code, _in_order(found), problem="no-template")
    problem = ""
    for sheet, own in sheets:
        page = ScannedPage(sheet.number, own.page, len(sheet.codes))
        try:
            found.pages[sheet.number] = replace(page, problem=_cut_page(scan, sheet, own, template, found))
        except StoppedError:
            found.pages[sheet.number], problem = replace(page, problem="unreadable"), "stopped"
    proposals, ocr_problem = _proposals(found, template)
    return ScanReading(
        code=code,
        pages=_in_order(found),
        proposals=proposals,
        missing=tuple(sorted(set(range(1, len(template.pages) + 1)) - found.seen)),
        is_signed_by_hand=_signed(found, template),
        problem=problem or ocr_problem,
    )


def _in_order(found: _Found) -> tuple[ScannedPage, ...]:
    return tuple(found.pages[number] for number in sorted(found.pages))


def _cut_page(scan: _Scan, sheet: Sheet, code: Code, template: Template, found: _Found) -> str:
    """Cut the places out of one page; a word when that cannot be. Raises ``StoppedError``."""
    if code.page in found.seen:
        return "repeated"
    if not has_both(sheet, template):
        return "one-code"
    way = lying(sheet, template) if template.fits(code) else None
    if way is None:
        return "unreadable"
    places = list(template.on_page(code.page))
    if template.signature and template.signature.page == code.page:
        places.append(template.signature)
    cuts = _cuts(scan, sheet, places, way)
    if cuts is None:
        return "unreadable"
    found.seen.add(code.page)
    found.cuts += cuts
    return ""


def _cuts(scan: _Scan, sheet: Sheet, places: list[Place], way: Affine) -> list[Cut] | None:
    frames = tuple((place.x0, place.y0, place.x1, place.y1) for place in places)
    asked = CropsAsked(sheet.number, way, tuple(inner(place) for place in places), frames)
    answer, pixels = scan.confined.ask(CROPS, scan.file, asked)
    sizes = [crop.width * crop.height for crop in answer.crops]
    if answer.problem or len(sizes) != len(places) or sum(sizes) != len(pixels):
        return None
    cuts, at = [], 0
    for place, crop, size in zip(places, answer.crops, sizes, strict=True):
        image = Image.frombytes("L", (crop.width, crop.height), pixels[at : at + size])
        cuts.append(Cut(place, image, crop.ink, crop.sides))
        at += size
    return cuts


def _proposals(found: _Found, template: Template) -> tuple[dict[str, Proposal], str]:
    """The proposals in the order of the form, and the problem that kept words from being read."""
    cuts = [cut for cut in found.cuts if cut.is_framed and cut.place is not template.signature]
    known = {**boxes(cuts), **blanks(cuts)}
    problem = ""
    try:
        known |= words(cuts)
    except NoOcrError:
        problem = "no-ocr"
    order = [place.name for place in template.places]
    return {name: known[name] for name in order if name in known}, problem


def _signed(found: _Found, template: Template) -> bool | None:
    signed = [is_signed(cut) for cut in found.cuts if cut.is_framed and cut.place is template.signature]
    return any(signed) if signed else None
