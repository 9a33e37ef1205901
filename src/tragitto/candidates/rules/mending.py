"""Weighs parts of a machine readable zone by their check digits (ICAO Doc 9303, part 3, section 4.9)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_WEIGHTS = (7, 3, 1)
_MODULUS = 10
_FILLER = "<"
#: Signs that machines take for each other, where only digits can be and where only letters can be.
_AS_DIGIT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}
_AS_LETTER = {"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B"}
#: In the form of a number: a letter stands here, a digit stands here.
LETTER, DIGIT = "A", "9"

#: A stretch of the zone: line, from, until.
Stretch = tuple[int, int, int]


def value_of(sign: str) -> int:
    """What a sign of the zone weighs: digits themselves, A to Z from 10 to 35, the filler nothing."""
    return 0 if sign == _FILLER else int(sign, 36)


def digit_of(text: str) -> str:
    """The check digit of `text`."""
    total = sum(value_of(sign) * _WEIGHTS[place % len(_WEIGHTS)] for place, sign in enumerate(text))
    return str(total % _MODULUS)


@dataclass
class Weighing:
    """A zone while it is weighed: its lines are put right where a digit proves how."""

    lines: list[str]
    unverified: set[str] = field(default_factory=set)
    mended: set[str] = field(default_factory=set)

    def digits(self, part: str, line: int, start: int, end: int) -> str:
        """A part of digits alone, as dates are."""
        found, digit = self.lines[line][start:end], self.lines[line][end]
        numeric, right = _numeric(found), _numeric(digit)
        if digit_of(numeric) != right:
            self.unverified.add(part)
            return found
        self._write(part, line, start, numeric + right)
        return numeric

    def checked(self, part: str, line: int, start: int, end: int, form: str = "") -> str:
        """A part of letters and digits; `form` says where which stands, if its state always has it so.

        Without a form nothing is put right: of the ways to do so, one in ten would have the digit by chance.
        """
        found, digit = self.lines[line][start:end], _numeric(self.lines[line][end])
        for right in (found, _formed(found, form)):
            if digit_of(right) == digit:
                self._write(part, line, start, right + digit)
                return right
        self.unverified.add(part)
        return found

    def optional(self, part: str, line: int, start: int, end: int) -> None:
        """A part that may be empty; then its digit may be a filler."""
        is_empty = not self.lines[line][start:end].strip(_FILLER)
        if not (is_empty and self.lines[line][end] in {_FILLER, "0", "O"}):
            self.checked(part, line, start, end)
        elif self.lines[line][end] == "O":
            self._write(part, line, end, "0")

    def whole(self, part: str, stretches: Sequence[Stretch], digit: tuple[int, int]) -> None:
        """The digit over several parts, each with its own digit."""
        text = "".join(self.lines[line][start:end] for line, start, end in stretches)
        line, place = digit
        right = _numeric(self.lines[line][place])
        if digit_of(text) != right:
            self.unverified.add(part)
            return
        self._write(part, line, place, right)

    def _write(self, part: str, line: int, start: int, text: str) -> None:
        row = self.lines[line]
        if row[start : start + len(text)] != text:
            self.mended.add(part)
            self.lines[line] = row[:start] + text + row[start + len(text) :]


def _numeric(text: str) -> str:
    return "".join(_AS_DIGIT.get(sign, sign) for sign in text)


def _formed(text: str, form: str) -> str:
    if len(form) != len(text):
        return text
    signs = {LETTER: _AS_LETTER, DIGIT: _AS_DIGIT}
    return "".join(signs[place].get(sign, sign) for sign, place in zip(text, form, strict=True))
