"""Reads the machine readable zone of a travel document (ICAO Doc 9303, parts 3 to 6) and weighs its digits.

Nothing is invented: what its check digit does not confirm is said to be unverified. Letters and digits that
machines take for each other are put right only where it is known which of them stands there (dates, and
numbers of states that always write them in one form), and only where the check digit then holds.
The place of the sex is blanked before anything else is read: it is covered by no check digit, and not kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tragitto.candidates.rules import mending

_FILLER = "<"
_ALPHABET = re.compile(r"[A-Z0-9<]+")
_RUN = re.compile(r"<{2,}")
_MOST_YEARS_AHEAD = 50
_CENTURY = 100
#: So many fillers more or fewer than there are is what machines count; and with what a zone begins.
_MOST_MISCOUNTED, _FIRST_SIGNS = 7, "PIACV"


class Layout(StrEnum):
    """The three sizes of machine readable travel documents."""

    TD1 = "td1"
    TD2 = "td2"
    TD3 = "td3"


class Part(StrEnum):
    """What a zone says, by the names of the columns that keep it; `WHOLE` = the digit over all of them."""

    NUMBER = "number"
    BIRTH = "birth_on"
    EXPIRY = "expires_on"
    PERSONAL = "personal_number"
    WHOLE = "whole"


@dataclass(frozen=True)
class MrzReading:
    """A zone as read. `lines` are what was weighed: put right where that was proved, without the sex.

    `unverified` = the parts whose check digit does not hold; names and states have none, and are as good as
    the eye or machine that read them. `mended` = the parts put right. `is_cut` = the names were too long for
    the zone, and their end is missing. A date whose day or month is unknown is None though its digit holds.
    """

    layout: Layout
    lines: tuple[str, ...]
    document_code: str
    issuing_state: str
    nationality: str
    number: str
    surnames: str
    given_names: str
    birth_on: date | None
    expires_on: date | None
    personal_number: str
    is_cut: bool
    has_odd_names: bool
    unverified: frozenset[Part] = frozenset()
    mended: frozenset[Part] = frozenset()

    @property
    def is_verified(self) -> bool:
        """Whether every check digit holds."""
        return not self.unverified


@dataclass(frozen=True)
class _Shape:
    """Where the parts of a layout stand: line, from, until; the digit of a part stands right behind it."""

    width: int
    lines: int
    names: tuple[int, int]
    number: tuple[int, int]
    dates: int
    nationality: tuple[int, int]
    optional: tuple[tuple[int, int, int], ...]
    whole: tuple[tuple[int, int, int], ...]


_SHAPES = {
    Layout.TD3: _Shape(
        44, 2, (0, 5), (1, 0), 1, (1, 10), ((1, 28, 42),), ((1, 0, 10), (1, 13, 20), (1, 21, 43))
    ),
    Layout.TD2: _Shape(
        36, 2, (0, 5), (1, 0), 1, (1, 10), ((1, 28, 35),), ((1, 0, 10), (1, 13, 20), (1, 21, 35))
    ),
    Layout.TD1: _Shape(
        30,
        3,
        (2, 0),
        (0, 5),
        1,
        (1, 15),
        ((0, 15, 30), (1, 18, 29)),
        ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    ),
}
_NUMBER = 9
#: By the first sign of the zone and the issuing state: how the number of the document is always formed.
_FORMS = {("P", "MAR"): "AA9999999"}


def read(text: str, *, on: date) -> MrzReading | None:
    """The zone in `text`, typed or read by a machine on the day `on`; None when there is none.

    Spaces and lines that are none of it are passed over; a run of fillers that was miscounted is counted
    anew, which the check digits then confirm or not.
    """
    best: MrzReading | None = None
    rows = [row for row in (_row(line) for line in text.splitlines()) if row]
    for layout, lines in _candidates(rows):
        found = _weighed(layout, _SHAPES[layout], lines, on)
        if found.is_verified:
            return found
        if best is None or len(found.unverified) < len(best.unverified):
            best = found
    return best


def without_sex(layout: Layout, lines: Sequence[str]) -> tuple[str, ...]:
    """The lines with a filler where the sex stands; no check digit changes."""
    place = 7 if layout is Layout.TD1 else 20
    kept = list(lines)
    kept[1] = kept[1][:place] + _FILLER + kept[1][place + 1 :]
    return tuple(kept)


def _row(line: str) -> str:
    plain = re.sub(r"\s", "", line.upper()).replace("«", "<<").replace("‹", "<")
    return plain if _ALPHABET.fullmatch(plain) else ""


def _candidates(rows: Sequence[str]) -> Iterator[tuple[Layout, tuple[str, ...]]]:
    """Lines that may be a zone: all in one row, one under another, and at last such as were miscounted."""
    for layout, shape in _SHAPES.items():
        whole = shape.width * shape.lines
        for row in rows:
            if len(row) == whole:
                yield layout, tuple(row[at : at + shape.width] for at in range(0, whole, shape.width))
    for slack in (0, _MOST_MISCOUNTED):
        for layout, shape in _SHAPES.items():
            for first in range(len(rows) - shape.lines + 1):
                some = rows[first : first + shape.lines]
                lines = tuple(
                    _padded(row, shape.width)
                    if slack and place == shape.names[0]
                    else _fitted(row, shape.width, slack)
                    for place, row in enumerate(some)
                )
                if all(lines) and lines[0][0] in _FIRST_SIGNS:
                    yield layout, lines


def _fitted(row: str, width: int, slack: int) -> str:
    """The row in its right width, if only fillers are too many or too few; empty if it is none of a zone."""
    off = width - len(row)
    if off == 0:
        return row
    runs = sorted(_RUN.finditer(row), key=lambda run: len(run[0]))
    if abs(off) > slack or not runs or len(runs[-1][0]) + off < 1:
        return ""
    run = runs[-1]
    return row[: run.start()] + _FILLER * (len(run[0]) + off) + row[run.end() :]


def _padded(row: str, width: int) -> str:
    """The row of the names in its right width: how many fillers end it says nothing."""
    names = row.rstrip(_FILLER)
    is_long_enough = width // 4 <= len(names) <= width and "<<" in row
    return names.ljust(width, _FILLER) if is_long_enough else ""


def _weighed(layout: Layout, shape: _Shape, lines: tuple[str, ...], on: date) -> MrzReading:
    lines = without_sex(layout, lines)
    weighing = mending.Weighing(list(lines))
    at, start = shape.number
    number = _number(layout, weighing, at, start)
    birth = weighing.digits(Part.BIRTH, shape.dates, *_dates(layout)[0])
    expiry = weighing.digits(Part.EXPIRY, shape.dates, *_dates(layout)[1])
    if layout is Layout.TD3:
        weighing.optional(Part.PERSONAL, *shape.optional[0])
    weighing.whole(Part.WHOLE, shape.whole, _whole_digit(layout))
    if Part.WHOLE in weighing.unverified:
        weighing.unverified |= weighing.mended  # two digits that disagree prove nothing
    lines = tuple(weighing.lines)
    surnames, given_names, is_cut, has_odd = _names(lines[shape.names[0]][shape.names[1] :])
    days = {Part.BIRTH: _birth(birth, on), Part.EXPIRY: _expiry(expiry, on)}
    wrong = {part for part, digits in ((Part.BIRTH, birth), (Part.EXPIRY, expiry)) if _is_no_day(digits, on)}
    return MrzReading(
        layout=layout,
        lines=lines,
        document_code=lines[0][:2].rstrip(_FILLER),
        issuing_state=lines[0][2:5].rstrip(_FILLER),
        nationality=_taken(lines, *shape.nationality, 3),
        number=number,
        surnames=surnames,
        given_names=given_names,
        birth_on=days[Part.BIRTH],
        expires_on=days[Part.EXPIRY],
        personal_number=_personal(lines, shape, number),
        is_cut=is_cut,
        has_odd_names=has_odd,
        unverified=frozenset(Part(each) for each in weighing.unverified) | wrong,
        mended=frozenset(Part(each) for each in weighing.mended),
    )


def _dates(layout: Layout) -> tuple[tuple[int, int], tuple[int, int]]:
    return ((0, 6), (8, 14)) if layout is Layout.TD1 else ((13, 19), (21, 27))


def _whole_digit(layout: Layout) -> tuple[int, int]:
    return (1, {Layout.TD1: 29, Layout.TD2: 35, Layout.TD3: 43}[layout])


def _number(layout: Layout, weighing: mending.Weighing, line: int, start: int) -> str:
    """The document's number. One of more than nine signs goes on in the optional part, with its digit."""
    end = start + _NUMBER
    row = weighing.lines[line]
    if layout is Layout.TD3 or row[end] != _FILLER:
        form = _FORMS.get((weighing.lines[0][0], weighing.lines[0][2:5]), "")
        return weighing.checked(Part.NUMBER, line, start, end, form).replace(_FILLER, "")
    behind = row[end + 1 :] if layout is Layout.TD1 else row[28:35]
    rest = behind.split(_FILLER)[0]
    long = row[start:end] + rest[:-1]
    if not rest or mending.digit_of(long) != rest[-1]:
        weighing.unverified.add(Part.NUMBER)
    return long.replace(_FILLER, "")


def _personal(lines: tuple[str, ...], shape: _Shape, number: str) -> str:
    """What stands in the optional parts, where cards and passports put the number of the person."""
    parts = [lines[line][start:end].strip(_FILLER) for line, start, end in shape.optional]
    if len(number) > _NUMBER:
        parts[0] = _FILLER.join(parts[0].split(_FILLER)[1:]).strip(_FILLER)
    return next((part.replace(_FILLER, "") for part in parts if part), "")


def _taken(lines: tuple[str, ...], line: int, start: int, length: int) -> str:
    return lines[line][start : start + length].rstrip(_FILLER)


def _names(field: str) -> tuple[str, str, bool, bool]:
    """Surnames, given names, whether they were cut, and whether something in them can be no name.

    Behind the last name there are only fillers: whatever a machine saw there is left out.
    """
    is_cut = not field.endswith(_FILLER)
    known, _fillers, behind = field.partition(_FILLER * 3)
    surnames, _two, given = known.partition(_FILLER * 2)
    has_odd = bool(re.search(r"\d", known) or behind.strip(_FILLER))
    return _words(surnames), _words(given), is_cut, has_odd


def _words(text: str) -> str:
    return " ".join(text.replace(_FILLER, " ").split())


def _birth(digits: str, on: date) -> date | None:
    """The latest day with these digits that is not after `on`."""
    days = [day for century in (0, 1) if (day := _day(digits, on.year // 100 - century)) and day <= on]
    return days[0] if days else None


def _expiry(digits: str, on: date) -> date | None:
    """The day with these digits within fifty years before or after `on`."""
    near = (_day(digits, on.year // _CENTURY + step) for step in (0, 1, -1))
    return next((day for day in near if day and abs(day.year - on.year) <= _MOST_YEARS_AHEAD), None)


def _day(digits: str, century: int) -> date | None:
    try:
        return date(century * _CENTURY + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _is_no_day(digits: str, on: date) -> bool:
    """Whether digits that are all there name no day; a part left open with fillers names none, rightly."""
    return digits.isdigit() and _expiry(digits, on) is None
