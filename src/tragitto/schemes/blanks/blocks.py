"""Blocks of set words: the Italian text of the act, and under it or beside it the guidance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tragitto.kernel.texts import in_language
from tragitto.schemes.blanks.lettering import Line, Style, set_lines

INK, SOFT, ACCENT, FRAME = "#17324d", "#52667a", "#0b4f9e", "#5b6f82"
BESIDE = 14.0
#: Arabic is drawn larger: its letters are small for their size.
LARGER = {"ar": 1.08}


@dataclass(frozen=True)
class Pair:
    """How a text looks in Italian, and how its guidance does."""

    italian: Style
    guidance: Style


TITLE = Pair(Style("bold", 12.5, ACCENT, 15), Style("regular", 10.5, SOFT, 13))
LABEL = Pair(Style("regular", 9.2, INK, 11), Style("regular", 8.4, SOFT, 10.2))
HELP = Pair(Style("regular", 8, INK, 9.8), Style("regular", 8, SOFT, 9.8))
TEXT = Pair(Style("regular", 9.5, INK, 12), Style("regular", 8.8, SOFT, 11.2))


@dataclass(frozen=True)
class Placed:
    """A line of a block: how far right and how far down its baseline is."""

    right: float
    down: float
    line: Line
    style: Style


@dataclass(frozen=True)
class Block:
    """Lines with the height they take."""

    lines: tuple[Placed, ...] = ()
    height: float = 0.0


def block(texts: Mapping[str, str], pair: Pair, width: float, language: str, *, mark: str = "") -> Block:
    """`texts` in Italian, then in `language`, if that says something else; `mark` is put behind the Italian.

    What runs to the left stands at the right edge, on the same line as the Italian where both fit.
    """
    own = set_lines(in_language(texts, "it") + mark, pair.italian, width)
    other = _guidance(texts, pair, language)
    words = in_language(texts, language)
    words = "" if words == in_language(texts, "it") else words
    guidance = set_lines(words, other, width, language)
    lines = list(_downward(own, pair.italian, width, 0.0))
    height = len(own) * pair.italian.leading
    both = [*own, *guidance]
    if len(own) == len(guidance) == 1 and guidance[0].is_leftward and _fit(both, width):
        return Block((*lines, Placed(width - guidance[0].width, lines[0].down, guidance[0], other)), height)
    lines += _downward(guidance, other, width, height)
    return Block(tuple(lines), height + len(guidance) * other.leading)


def _fit(lines: Iterable[Line], width: float) -> bool:
    return sum(line.width for line in lines) + BESIDE <= width


def _guidance(texts: Mapping[str, str], pair: Pair, language: str) -> Style:
    style = pair.guidance
    return Style(style.weight, style.size * LARGER.get(language, 1), style.colour, style.leading)


def _downward(lines: list[Line], style: Style, width: float, top: float) -> Iterable[Placed]:
    for number, line in enumerate(lines):
        right = width - line.width if line.is_leftward else 0.0
        yield Placed(right, top + number * style.leading + style.size, line, style)
