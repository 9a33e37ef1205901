"""Turns what was cut out of a page into proposals: boxes by their ink, words by tesseract."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PIL import Image

from tragitto_pec.forms_code import Option, Place
from tragitto_pec.paper.crops import Box, ink_of
from tragitto_pec.scan.ocr import ONE_BLOCK, ONE_LINE, Line, read_images
from tragitto_pec.scan.reading import Proposal

#: The value of a box that is ticked, as fillable forms have it.
TICKED = "Yes"
#: Frames are printed on the edge of a place: in points for words (at the sides, above and below), where
#: letters may begin soon after, and as a part of the side for boxes.
_BESIDE, _ABOVE, _BOX_FRAME = 2.2, 1.5, 0.25
_MOST_FRAME = 0.3
#: So many sides of a frame tell that it is the right place: one may be under words, but a box read
#: beside its place would be empty.
_SIDES, _BOX_SIDES = 3, 4
#: A place higher than this, in points, holds several lines.
_ONE_LINE_HIGH = 26.0
#: Fewer dark pixels than this (of `crops.DPI`) are dust.
_DUST = 25
_TICKED_FROM, _EMPTY_BELOW = 0.05, 0.015
#: So like its label an answer must be, and so much more like it than like any other.
_LIKE_ENOUGH, _AHEAD = 0.85, 0.1
#: Words that stand where one is chosen from a list, and are none of it, are never sure.
_NOT_ON_THE_LIST = 0.3
#: Shapes that are taken for each other when letters are read.
_LOOKS_LIKE = str.maketrans("01358|", "olesbl")
_SIGNED_FROM = 0.004
_FRAMES = re.compile(r"^[|\[\]_]+(?=\s|$)|(?:(?<=\s)|^)[|\[\]_]+$")
_AT = re.compile(r"(?<=\S) ?@ ?(?=\S)")


@dataclass(frozen=True, slots=True)
class Cut:
    """One place as it was cut out of a page: which part of it is ink, how many sides its frame shows."""

    place: Place
    image: Image.Image
    ink: float
    sides: int

    @property
    def is_framed(self) -> bool:
        """Whether this is the place itself: a sheet that was bent or photographed shows another there."""
        return self.sides >= (_BOX_SIDES if self.place.kind == "tick" else _SIDES)

    @property
    def is_blank(self) -> bool:
        """Whether nobody wrote here."""
        return self.ink * self.image.width * self.image.height < _DUST


def inner(place: Place) -> Box:
    """The part of a place that is cut out: what lies inside its frame."""
    across, along = place.x1 - place.x0, place.y1 - place.y0
    if place.kind == "tick":
        beside = above = _BOX_FRAME * min(across, along)
    else:
        beside, above = min(_BESIDE, _MOST_FRAME * across), min(_ABOVE, _MOST_FRAME * along)
    return place.x0 + beside, place.y0 + above, place.x1 - beside, place.y1 - above


def is_signed(cut: Cut) -> bool:
    """Whether there is ink where a person signs; whose it is nobody can say."""
    return cut.ink >= _SIGNED_FROM


def boxes(cuts: Sequence[Cut]) -> dict[str, Proposal]:
    """What the tick boxes say: between ticked and empty there are some of which nobody can tell."""
    return {cut.place.name: _box(cut) for cut in cuts if cut.place.kind == "tick"}


def _box(cut: Cut) -> Proposal:
    if cut.ink >= _TICKED_FROM and _is_in_the_middle(cut):
        return Proposal(TICKED, 0.95 if cut.ink >= 2 * _TICKED_FROM else 0.7, ticked=True)
    if cut.ink < _EMPTY_BELOW:
        return Proposal("", 0.95 if cut.ink < _EMPTY_BELOW / 3 else 0.7, ticked=False)
    return Proposal()


def _is_in_the_middle(cut: Cut) -> bool:
    """Whether the ink is more than the frame of a box that lies a little beside its place."""
    width, height = cut.image.size
    middle = cut.image.crop((width // 4, height // 4, width - width // 4, height - height // 4))
    return ink_of(middle, cut.image) >= _TICKED_FROM


def words(cuts: Sequence[Cut]) -> dict[str, Proposal]:
    """What the other places say. A place with ink and no words is left out. Raises ``NoOcrError``."""
    written = [cut for cut in cuts if cut.place.kind in ("text", "choice") and not cut.is_blank]
    low = [cut for cut in written if cut.place.y1 - cut.place.y0 <= _ONE_LINE_HIGH]
    high = [cut for cut in written if cut not in low]
    read: list[tuple[Cut, Line]] = []
    for group, mode in ((low, ONE_LINE), (high, ONE_BLOCK)):
        read += zip(group, read_images([cut.image for cut in group], mode), strict=True)
    found = ((cut.place.name, _proposed(cut, line)) for cut, line in read)
    return {name: proposal for name, proposal in found if proposal}


def blanks(cuts: Sequence[Cut]) -> Mapping[str, Proposal]:
    """The places for words where there is no ink."""
    empty = (cut for cut in cuts if cut.place.kind in ("text", "choice") and cut.is_blank)
    return {cut.place.name: Proposal("", round(0.9, 3)) for cut in empty}


def _proposed(cut: Cut, line: Line) -> Proposal | None:
    text = _cleaned(line.text)
    if not text:
        return None
    if cut.place.kind == "text":
        return Proposal(text, round(line.confidence, 3))
    value, best = _chosen(text, cut.place.options)
    if not value:
        return Proposal(text, round(min(line.confidence, _NOT_ON_THE_LIST), 3))
    return Proposal(value, round(min(best, max(line.confidence, 0.5)), 3))


def _chosen(text: str, options: Sequence[Option]) -> tuple[str, float]:
    """The value whose label was read, and how like it that is; empty where two could be meant, or none.

    Who fills a form in by hand may also write the value itself, as the letters of a province.
    """
    for option in options:
        if _shape(option.value) == _shape(text):
            return option.value, 1.0
    found = sorted(((_likeness(option.label, text), option.value) for option in options), reverse=True)
    best, value = found[0] if found else (0.0, "")
    second = found[1][0] if len(found) > 1 else 0.0
    return (value, best) if best >= _LIKE_ENOUGH and best - second >= _AHEAD else ("", best)


def _cleaned(text: str) -> str:
    """Without what is left of a frame, and without the space tesseract likes to see beside an at sign."""
    lines = (_FRAMES.sub("", line).strip() for line in text.split("\n"))
    return _AT.sub("@", "\n".join(line for line in lines if line))


def _likeness(label: str, text: str) -> float:
    return SequenceMatcher(None, _shape(label), _shape(text), autojunk=False).ratio()


def _shape(text: str) -> str:
    """The letters as they look: without case, accents and spaces, and what is mistaken for another as one."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LOOKS_LIKE).replace("i", "l")
    return "".join(letter for letter in plain if letter.isalnum())
