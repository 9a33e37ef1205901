"""Small readings of an Italian notice: sentences, dates, months, and the warning they end in."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tragitto.schemes.pack import CallSpec, Paragraph
from tragitto.schemes.rules.problems import Problem
from tragitto.schemes.vocabulary import Severity

MONTHS = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_WRITTEN = re.compile(rf"\b(\d{{1,2}})°? ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
# A full stop ends a sentence when a capital or a bullet follows; "art. 23" and "d.lgs. 25" stay whole.
_END = re.compile(r"(?<=[.;:])\s+(?=[A-ZÈÀ•·«“\"-])|\n\s*\n|\n(?=\s*[•·-])")


def sentences(paragraph: Paragraph) -> list[str]:
    """The sentences of ``paragraph``, white space made even."""
    parts = _END.split(paragraph.text)
    return [" ".join(part.split()) for part in parts if part.strip()]


def all_sentences(notice: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Every sentence of the notice with its paragraph."""
    for paragraph in notice:
        for sentence in sentences(paragraph):
            yield paragraph, sentence


def dates_in(sentence: str) -> list[date]:
    """The full dates written in ``sentence``; a date that does not exist is left out."""
    found = [(int(y), int(m), int(d)) for d, m, y in _NUMERIC.findall(sentence)]
    found += [(int(y), MONTHS.index(m.lower()) + 1, int(d)) for d, m, y in _WRITTEN.findall(sentence)]
    return [date(*each) for each in found if _exists(*each)]


def months_in(sentence: str) -> list[int]:
    """The numbers of the months named in ``sentence``, in its order."""
    return [MONTHS.index(word) + 1 for word in re.findall(r"[a-z]+", sentence.lower()) if word in MONTHS]


def plain(text: str) -> str:
    """``text`` for comparing: small letters, even spaces, no bullet, no stop at the end."""
    return " ".join(text.lower().split()).strip(" •·-;.,:")


def warning(code: str, call: CallSpec, place: str, text: str, matter: str) -> Problem:
    """A warning about ``call`` at ``place`` (a paragraph, or a name of the data)."""
    path = "notice" if place.startswith("§") else place
    return Problem(code, f"calls/{call.code} {place}", text, Severity.WARNING, matter, path)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False
