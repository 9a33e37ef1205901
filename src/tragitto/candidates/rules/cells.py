"""From the text of a cell to a value: days, months, numbers, states, choices from a list. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from tragitto.candidates.rules.columns import Column, Kind, folded

#: Lists by name: what may be written, folded, and the code that it means.
type Choices = Mapping[str, Mapping[str, str]]

_DAY_FIRST = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./\- ](\d{1,2})[./\- ](\d{1,2})(?:[T ][\d:.]*)?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[./\- ](\d{4})")
_MONTH_LAST = re.compile(r"(\d{4})[./\- ](\d{1,2})")
_STATE = re.compile(r"[A-Z]{3}|D")
_BETWEEN = re.compile(r"[;\n|؛]")
#: Titles have commas too, so these part what has no other meaning.
_COMMAS = re.compile(r"[,،]")
#: A choice and what is said of it: "welding: alone", "fr = B2".
_SAID = re.compile(r"\s*[:=]\s*")
LONGEST = 200


class Wrong(Exception):
    """A cell cannot be taken: the word for the reason, and what the sentence about it needs."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def value_of(column: Column, text: str, choices: Choices) -> object:
    """The value of a cell that is not empty; raises `Wrong`."""
    if len(text) > (LONGEST if column.kind != Kind.CHOICES else 2000):
        raise Wrong("too_long", most=LONGEST)
    if column.kind == Kind.CHOICE:
        return chosen(text, choices[column.choices])
    if column.kind == Kind.CHOICES:
        return several(text, choices[column.choices])
    return _READERS[column.kind](text)


def day(text: str) -> date:
    """A day as spreadsheets keep it or as people write it, the day before the month."""
    written = digits(text)
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, number = found.groups()
    elif found := _DAY_FIRST.fullmatch(written):
        number, month, year = found.groups()
    else:
        raise Wrong("no_day")
    try:
        return date(int(year), int(month), int(number))
    except ValueError as error:
        raise Wrong("no_day") from error


def month(text: str) -> date:
    """A month of a year, or a day in it; its first day stands for it."""
    written = digits(text)
    if found := _MONTH_LAST.fullmatch(written):
        year, number = found.groups()
    elif found := _MONTH_FIRST.fullmatch(written):
        number, year = found.groups()
    else:
        try:
            return day(written).replace(day=1)
        except Wrong as error:
            raise Wrong("no_month") from error
    try:
        return date(int(year), int(number), 1)
    except ValueError as error:
        raise Wrong("no_month") from error


def number(text: str) -> int:
    """A whole number."""
    written = digits(text)
    if not re.fullmatch(r"\d{1,4}", written):
        raise Wrong("no_number")
    return int(written)


def state(text: str) -> str:
    """A state by its code of three letters, as passports have it."""
    code = text.strip().upper()
    if not _STATE.fullmatch(code):
        raise Wrong("no_state")
    return code


def chosen(text: str, among: Mapping[str, str]) -> str:
    """The code of what was chosen, written as its code or as its title in any of the languages."""
    code = among.get(folded(text))
    if code is None:
        raise Wrong("not_in_list", written=text[:60])
    return code


def several(text: str, among: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, each with what is said of it ("" for nothing), in the order in which it is written."""
    found: dict[str, str] = {}
    for piece in filter(str.strip, _BETWEEN.split(text)):
        try:
            found |= dict([_one(piece, among)])
        except Wrong:
            found |= dict(_one(part, among) for part in filter(str.strip, _COMMAS.split(piece)))
    return found


def _one(text: str, among: Mapping[str, str]) -> tuple[str, str]:
    if code := among.get(folded(text)):
        return code, ""
    named, *said = _SAID.split(text.strip(), maxsplit=1)
    return chosen(named, among), said[0] if said else ""


def digits(text: str) -> str:
    """`text` with the digits of any script as 0 to 9, without marks that cannot be seen."""
    kept = (each for each in text.strip() if unicodedata.category(each) != "Cf")
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in kept)


def text_of(text: str) -> str:
    """A text on one line, composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


_READERS: Mapping[Kind, Callable[[str], object]] = {
    Kind.TEXT: text_of,
    Kind.DAY: day,
    Kind.MONTH: month,
    Kind.NUMBER: number,
    Kind.STATE: state,
}
