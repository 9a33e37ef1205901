"""Municipalities and provinces of Italy, and the codes of economic activities; all of it carried along."""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

import ateco

from tragitto.schemes.rules.answers_kept import Answer, Said

#: The edition of ATECO in force, and the earlier ones, newest first: registers still print their codes.
ATECO_NOW, ATECO_EARLIER = "2025", ("2022", "2007")
#: How many letters a province has.
LETTERS = 2
#: How many places or codes are named where several could be meant.
MOST_NAMED = 3


def province(written: str) -> Answer:
    """A province by its two letters, or by the name of a municipality that only it has.

    Two letters that nobody knows are kept with a note: lists grow old, and provinces are made anew.
    """
    letters = written.strip().upper()
    if is_province(letters):
        return Answer(letters)
    known = _municipalities().get(_plain(written))
    if known and len(known.provinces) == 1:
        return Answer(next(iter(known.provinces)))
    if len(letters) == LETTERS and letters.isascii() and letters.isalpha():
        return Answer(letters, note=Said("province_unknown", {"written": letters}))
    return Answer(written, Said("province_unknown", {"written": written}))


def is_province(letters: str) -> bool:
    """Whether these are the two letters of a province."""
    return letters in _provinces()


def municipality(written: str, *, within: str = "") -> Answer:
    """A municipality by its name, in the province of these letters where one is known.

    One that nobody knows, or that was merged away, is kept with a note: lists grow old.
    """
    known = _municipalities().get(_plain(written))
    if known is None:
        return Answer(written, note=Said("municipality_unknown", {"written": written}))
    if is_province(within) and within not in known.provinces:
        others = ", ".join(sorted(known.provinces)[:MOST_NAMED])
        told = {"written": written, "province": within, "others": others}
        return Answer(written, Said("municipality_elsewhere", told))
    note = None if known.is_active else Said("municipality_gone", {"written": written})
    is_shapeless = written in (written.lower(), written.upper())
    return Answer(known.name if is_shapeless else written, note=note)


def activity(written: str) -> Answer:
    """A code of ATECO; one of an earlier edition is kept, with its edition and the code it has now."""
    try:
        code = ateco.canonicalize(written.replace(" ", ""))
    except ValueError:
        code = written
    if ateco.validate(code, edition=ATECO_NOW):
        return Answer(code)
    for edition in ATECO_EARLIER:
        if ateco.validate(code, edition=edition):
            return Answer(code, note=_earlier(code, edition))
    return Answer(written, Said("ateco_unknown", {"written": written}))


def _earlier(code: str, edition: str) -> Said:
    # The table of correspondence begins with the update of 2022, and speaks of whole codes alone.
    now = ateco.map_code(code, ATECO_EARLIER[0], ATECO_NOW).targets
    told = {"edition": edition, "now": ", ".join(now[:MOST_NAMED])}
    return Said("ateco_earlier" if now else "ateco_earlier_only", told)


class _Municipality:
    """All municipalities of one name: in which provinces they are, and whether one exists today."""

    __slots__ = ("is_active", "name", "provinces")

    def __init__(self, name: str, is_active: bool) -> None:
        self.name, self.is_active = name, is_active
        self.provinces: set[str] = set()


@cache
def _municipalities() -> Mapping[str, _Municipality]:
    """The municipalities by their plain names; one that exists hides those that did."""
    content = resources.files("codicefiscale").joinpath("data/municipalities.json").read_text("utf-8")
    found: dict[str, _Municipality] = {}
    for row in json.loads(content):
        for name in filter(None, (row["name"], row["name_alt"])):
            key = _plain(name)
            if key not in found or (row["active"] and not found[key].is_active):
                found[key] = _Municipality(name, bool(row["active"]))
            if found[key].is_active == row["active"]:
                found[key].provinces.add(row["province"])
    return found


@cache
def _provinces() -> frozenset[str]:
    return frozenset().union(*(one.provinces for one in _municipalities().values() if one.is_active))


def _plain(name: str) -> str:
    """A name without accents, case, and marks between its words: nobody writes them twice alike."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in bare if letter.isalnum())
