"""Compares what the pages show in each field with its value: a file can say one thing and show another."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pypdfium2 as pdfium
from pypdf import PdfReader

from tragitto_pec.forms.ink import Paper, UnseenError
from tragitto_pec.forms.widgets import Widget, widgets_of
from tragitto_pec.paper.drawing import flat_page, opened

#: Stands in what is seen for what is no letter: a picture, strokes, another annotation laid over the field.
PICTURE = "\ufffc"
_MOST_PAGES = 40
_MOST_PLACES = 300
#: Spaces and signs for programs. A letter of no alphabet (Co, Cn) is drawn, by what only its font knows.
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})


def differences(
    pdf: bytes, reader: PdfReader, values: Mapping[str, str], apart: Sequence[str]
) -> dict[str, str]:
    """What is seen in each field that shows something else than its value; an empty text for nothing.

    The fields named in ``apart`` are hidden on purpose and are left out. Raises ``UnseenError``.
    """
    if len(reader.pages) > _MOST_PAGES:
        raise UnseenError
    widgets = widgets_of(reader)
    shown = _shown(pdf, widgets)
    by_name: dict[str, list[Widget]] = defaultdict(list)
    for widget in widgets:
        if widget.name and not widget.is_button:
            by_name[widget.name].append(widget)
    compared = {name: value for name, value in values.items() if name not in apart}
    found = ((name, _other(value, by_name[name], shown)) for name, value in compared.items())
    return {name: seen for name, seen in found if seen is not None}


def _other(value: str, places: list[Widget], shown: Mapping[int, str]) -> str | None:
    """What one field shows when that is not its value, and None when it is."""
    if any(place.is_button for place in places):
        return None
    if places and places[0].kind == "/Btn":
        marked = {shown[id(place)] for place in places if not place.is_hidden} - {""}
        return None if marked == ({value} if value else set()) else " ".join(sorted(marked))
    visible = [place for place in places if place.is_shown] or places
    for place in visible:
        seen = shown[id(place)]
        if not _is_same(value, seen, place):
            return seen
    return None if visible or not value else ""


def _is_same(value: str, seen: str, place: Widget) -> bool:
    texts = [place.labels.get(each, each) for each in value.split("\n")] if place.labels else [value]
    if place.is_listed:
        # A list shows all its options, the chosen ones on another ground.
        return all(_plain(text) in _plain(seen) for text in texts)
    return _alike("".join(texts), seen) or _alike(value, seen)


def _alike(value: str, seen: str) -> bool:
    wanted, found = _plain(value), _plain(seen)
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in wanted):
        # Letters that run to the left come back in the order of the page or of the text.
        return sorted(wanted) == sorted(found)
    return wanted == found


def _plain(text: str) -> str:
    """Letters and signs alone: neither case, nor spaces, nor how an accent is composed."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in folded if unicodedata.category(letter) not in _UNSEEN)


def _shown(pdf: bytes, widgets: list[Widget]) -> dict[int, str]:
    """What each place shows, by its identity: its letters, or for a box its state where there is ink."""
    by_page: dict[int, list[Widget]] = defaultdict(list)
    for widget in widgets:
        by_page[widget.page].append(widget)
    shown: dict[int, str] = {}
    try:
        with opened(pdf) as document:
            for index, places in by_page.items():
                shown.update(_shown_on(document, index, places))
    except (pdfium.PdfiumError, MemoryError, ValueError, OSError) as error:
        raise UnseenError from error
    return shown


def _shown_on(document: pdfium.PdfDocument, index: int, places: list[Widget]) -> dict[int, str]:
    if len(places) > _MOST_PLACES:
        raise UnseenError
    letters: dict[int, list[str]] = {id(place): [] for place in places}
    with flat_page(document, index) as page:
        paper = Paper(page)
        for letter, box in paper.letters:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            holding = [place for place in places if place.holds(x, y)]
            if holding and (letter.isspace() or paper.is_seen(box)):
                for place in holding:
                    letters[id(place)].append(letter)
        return {id(place): _seen_in(place, places, letters[id(place)], paper) for place in places}


def _seen_in(place: Widget, places: list[Widget], letters: list[str], paper: Paper) -> str:
    is_covered = any(place.is_under(other) for other in places if other is not place)
    if place.kind == "/Btn":
        return _marked(place, paper) + PICTURE * is_covered
    is_pictured = place.is_pictured or is_covered or _is_drawn_on(place, paper)
    return " ".join("".join(letters).split()) + PICTURE * is_pictured


def _marked(place: Widget, paper: Paper) -> str:
    """What a box shows: the state it says where there is a mark, and a mark nobody gave it as a picture."""
    if place.state:
        return place.state * paper.has_ink(place.box)
    return PICTURE * paper.is_marked(place.box)


def _is_drawn_on(place: Widget, paper: Paper) -> bool:
    """Whether there are strokes in a field of text that are no letters. A list has a ground of its own."""
    if place.is_listed or place.is_hidden or place.kind not in ("/Tx", "/Ch"):
        return False
    return paper.has_strokes(place.box, has_cells=place.is_comb, has_button=place.kind == "/Ch")
