"""What a file is as paper: its pages, the codes seen on them, and what it carries besides."""

from __future__ import annotations

from dataclasses import dataclass

from tragitto_pec.forms_code import Code, parse
from tragitto_pec.paper.danger import is_suspicious

#: A place on a page in points (1/72 inch), from its upper left corner as it is shown.
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """A two-dimensional code on a page: its text, and its corners.

    The corners are those of the code as it was printed (upper left, upper right, lower right, lower
    left), wherever they lie on the page: they tell how a page was turned in the scanner.
    """

    text: str
    corners: tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number in the file (from 1), its size in points, and what is on it.

    An image has the size of a page with A4's longer side. ``characters`` counts letters that are text
    and not picture; ``has_picture`` is whether a picture fills most of the page, as in a scan.
    """

    number: int
    width: float
    height: float
    codes: tuple[CodeSeen, ...] = ()
    characters: int = 0
    has_picture: bool = False


@dataclass(frozen=True, slots=True)
class PaperReading:
    """The pages of a PDF or an image, or the problem that kept them from being seen.

    ``format`` is ``pdf`` or ``image``. ``pages`` counts all pages, ``sheets`` are the ones looked at, the
    first ``MOST_SHEETS``. ``flags`` are the words of ``paper.danger``. ``problem`` is a stable word, empty
    when the pages were seen.
    """

    format: str = ""
    pages: int = 0
    sheets: tuple[Sheet, ...] = ()
    flags: tuple[str, ...] = ()
    problem: str = ""

    @property
    def is_scan(self) -> bool:
        """Whether every page looked at is a picture with hardly any text."""
        return bool(self.sheets) and all(
            sheet.has_picture and sheet.characters < FEW_CHARACTERS for sheet in self.sheets
        )

    @property
    def form_codes(self) -> tuple[Code, ...]:
        """The codes of printed forms on the pages, each once, in the order of the pages."""
        seen = (parse(code.text) for sheet in self.sheets for code in sheet.codes)
        return tuple(dict.fromkeys(code for code in seen if code))

    @property
    def is_suspicious(self) -> bool:
        """Whether the file is to be shown only as images of its pages."""
        return is_suspicious(self.flags)


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as an image; the bytes travel beside it. ``problem`` is a word, empty when there is one."""

    width: int = 0
    height: int = 0
    pages: int = 0
    problem: str = ""


#: How many pages of a file are searched for codes.
MOST_SHEETS = 40
#: Fewer letters than this are a scanner's stamp rather than a page's text.
FEW_CHARACTERS = 40
