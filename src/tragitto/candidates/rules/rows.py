"""From a row as it was sent to what it says of a person, unit by unit, and what is wrong with it. Pure.

A unit is what one person keeps or changes as a whole: `surnames`, `profile:…`, `document:passport`,
`experience:2`. Values are those JSON knows, so that what was said last can be compared with what is said now.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tragitto.candidates.rules.answers import NAME_SIGNS, Asked, Tidied, tidy
from tragitto.candidates.rules.cells import LONGEST, Choices, Wrong, chosen, value_of
from tragitto.candidates.rules.columns import COLUMNS
from tragitto.candidates.vocabulary import CefrLevel, PageKind, Shift, Standing
from tragitto.kernel.canonical import plain
from tragitto.kernel.texts import is_text
from tragitto.schemes.vocabulary import IdentityKind, SkillScale

#: Units without which nobody new is entered, and the column that is named for it.
NEEDED = {"surnames": "surnames", "birth_on": "birth_on", "contact": "phone", "profile": "profile_1"}
LONGEST_REFERENCE = 64
#: Why nothing may be kept of a row but its reference and this word.
UNDER_AGE = "under_age"
_OLDEST_YEAR, _MOST_YEARS, _LONGEST_NUMBER = 1940, 60, 32
#: Files that we hand out make text of what a spreadsheet would run: the apostrophe goes again.
_MADE_TEXT = re.compile(r"\A'(?=\s*[=+\-@])")


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: the column, the word for the reason, and what its sentence needs."""

    field: str
    code: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The problem as it is kept with its row."""
        return {"field": self.field, "code": self.code, "facts": dict(self.facts)}


@dataclass(frozen=True)
class Row:
    """What a row says: under which reference, its units, and everything that is wrong with it."""

    reference: str
    units: Mapping[str, Any]
    problems: tuple[Problem, ...]

    @property
    def is_under_age(self) -> bool:
        """Whether it is about somebody of whom nothing may be kept."""
        return any(problem.code == UNDER_AGE for problem in self.problems)


class _Reading:
    """One row while it is read."""

    def __init__(self, raw: Mapping[str, str], asked: Asked, choices: Choices) -> None:
        self.asked, self.choices = asked, choices
        self.units: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.values: dict[str, Any] = {}
        for column in COLUMNS:
            text = _MADE_TEXT.sub("", raw.get(column.code, "").strip())
            if not is_text(text):
                self.refuse(column.code, "no_text")
            elif text:
                try:
                    self.values[column.code] = value_of(column, text, choices)
                except Wrong as wrong:
                    self.refuse(column.code, wrong.code, **wrong.facts)

    def refuse(self, column: str, code: str, **facts: object) -> None:
        self.problems.append(Problem(column, code, facts))

    def is_refused(self, *columns: str) -> bool:
        return any(problem.field in columns for problem in self.problems)

    def say(self, unit: str, value: object) -> None:
        self.units[unit] = plain(value)

    def part(self, prefix: str, *parts: str) -> dict[str, Any]:
        """The values of a thing's columns, by part; those that say nothing are left out."""
        return {part: self.values[f"{prefix}_{part}"] for part in parts if f"{prefix}_{part}" in self.values}


def read_row(raw: Mapping[str, str], asked: Asked, choices: Choices) -> Row:
    """What `raw` (texts by the codes of their columns) says. An empty cell says nothing."""
    reading = _Reading(raw, asked, choices)
    reference = str(reading.values.get("reference", ""))
    if not reference and not reading.is_refused("reference"):
        reading.refuse("reference", "needed")
    elif len(reference) > LONGEST_REFERENCE:
        reading.refuse("reference", "too_long", most=LONGEST_REFERENCE)
    for read in (_simple, _names_and_birth, _standing, _contacts, _document, _abilities, _diplomas, _work):
        read(reading)
    return Row(reference[:LONGEST_REFERENCE], reading.units, tuple(reading.problems))


def missing(units: Mapping[str, Any]) -> list[Problem]:
    """What a row about somebody who is not known yet must say and does not."""
    said = {
        "surnames": "surnames" in units or "given_names" in units,
        "birth_on": "birth_on" in units,
        "contact": "phone" in units or "email" in units,
        "profile": any(unit.startswith("profile:") for unit in units),
    }
    return [
        Problem(column, "no_contact" if unit == "contact" else "needed")
        for unit, column in NEEDED.items()
        if not said[unit]
    ]


def _simple(reading: _Reading) -> None:
    for code in ("language", "town", "country", "available_from", "housing"):
        if code in reading.values:
            reading.say(code, reading.values[code])
    if "regions" in reading.values:
        reading.say("regions", sorted(reading.values["regions"]))
    if "shifts" in reading.values:
        reading.say("shifts", [word.value for word in Shift if word.value in reading.values["shifts"]])


def _names_and_birth(reading: _Reading) -> None:
    _page(reading, PageKind.LATIN_NAMES, "surnames", "given_names")
    _page(reading, PageKind.ARABIC_NAMES, "arabic_surnames", "arabic_given_names")
    if "birth_on" in reading.values:
        _page(reading, PageKind.BIRTH, "birth_on", "birth_place")
    elif "birth_place" in reading.values:
        reading.say("birth_place", reading.values["birth_place"])


def _standing(reading: _Reading) -> None:
    values = reading.values
    if "standing" not in values and values.get("nationality") == reading.asked.spec.origin:
        values["standing"] = Standing.NATIONAL.value
    if values.get("standing") == Standing.NATIONAL and values.get("nationality") not in {
        None,
        reading.asked.spec.origin,
    }:
        reading.refuse("nationality", "national_of_another", origin=reading.asked.spec.origin)
        return
    if "standing" in values or "nationality" in values:
        _page(reading, PageKind.STANDING, "standing", "nationality")


def _contacts(reading: _Reading) -> None:
    if "phone" in reading.values or "email" in reading.values:
        # Spreadsheets take the number of a telephone for one to count with, and drop its zero.
        written = str(reading.values.get("phone", ""))
        if len(written) == 9 and written.isdecimal() and written[0] in "67":
            reading.values["phone"] = f"0{written}"
        _page(reading, PageKind.CONTACTS, "phone", "email")


def _page(reading: _Reading, page: PageKind, *columns: str) -> None:
    """Say what these columns say, tidied and judged as the same answers of the person would be."""
    if not any(column in reading.values for column in columns) or reading.is_refused(*columns):
        return
    tidied: Tidied = tidy(page, {column: reading.values.get(column, "") for column in columns}, reading.asked)
    for column, code in tidied.problems.items():
        facts: dict[str, object] = {"most": LONGEST}
        if code == UNDER_AGE:
            facts = {"age": reading.asked.spec.least_age}
        elif code == NAME_SIGNS:
            facts = {"signs": tidied.signs[column]}
        reading.refuse(column, code, **facts)
    for column in columns:
        if tidied.values[column] and column not in tidied.problems:
            reading.say(column, tidied.values[column])


def _document(reading: _Reading) -> None:
    values = reading.values
    number, personal = values.get("document_number", ""), values.get("personal_number", "")
    if not number and not personal:
        return
    kind = values.get("document_kind") or ("" if number else IdentityKind.NATIONAL_CARD.value)
    rule = reading.asked.spec.identity(kind) if kind else None
    if rule is None:
        if not reading.is_refused("document_kind"):
            reading.refuse("document_kind", "document_kind")
        return
    state = values.get("document_state") or (rule.states[0] if rule.states else reading.asked.spec.origin)
    if rule.states and state not in rule.states:
        reading.refuse("document_state", "document_state", states=", ".join(rule.states))
    signs = {"number": _sign(str(number or personal)), "personal_number": _sign(str(personal))}
    for part, column in (("number", "document_number"), ("personal_number", "personal_number")):
        is_given = column in values
        if is_given and not (signs[part].isascii() and 0 < len(signs[part]) <= _LONGEST_NUMBER):
            reading.refuse(column, "document_number")
    rest = {"issuing_state": state, "expires_on": values.get("document_expires_on")}
    reading.say(f"document:{kind}", signs | rest)


def _sign(number: str) -> str:
    """A number as documents have it: capitals and digits, without what people put between."""
    return "".join(letter for letter in number.upper() if letter.isalnum())


def _abilities(reading: _Reading) -> None:
    for place in (1, 2, 3):
        if (profile := reading.values.get(f"profile_{place}")) and f"profile:{profile}" not in reading.units:
            years = reading.values.get(f"profile_{place}_years", 0)
            if years > _MOST_YEARS:
                reading.refuse(f"profile_{place}_years", "years", most=_MOST_YEARS)
            reading.say(f"profile:{profile}", years)
    for skill, said in reading.values.get("skills", {}).items():
        reading.say(f"skill:{skill}", {"mastery": _mastery(reading, skill, said)} | _NO_CERTIFICATE)
    for place in (1, 2, 3):
        _certificate(reading, f"certificate_{place}")
    for tongue, said in reading.values.get("languages", {}).items():
        level = said.strip().upper()
        if level in list(CefrLevel):
            reading.say(f"tongue:{tongue}", level)
        else:
            reading.refuse("languages", "no_level", written=said[:60] or tongue)


_NO_CERTIFICATE: dict[str, object] = {"certificate": "", "valid_until": None}


def _mastery(reading: _Reading, skill: str, said: str) -> str:
    asked = reading.asked.spec.skill(skill)
    if not said or asked is None or asked.scale is not SkillScale.LEVEL:
        return ""
    try:
        return chosen(said, reading.choices["mastery"])
    except Wrong:
        reading.refuse("skills", "no_mastery", written=said[:60])
        return ""


def _certificate(reading: _Reading, prefix: str) -> None:
    said = reading.part(prefix, "skill", "number", "until")
    if not said:
        return
    if "skill" not in said:
        if not reading.is_refused(f"{prefix}_skill"):
            reading.refuse(f"{prefix}_skill", "needed")
        return
    unit = f"skill:{said['skill']}"
    about = {"certificate": said.get("number", "")[:64], "valid_until": said.get("until")}
    reading.say(unit, {"mastery": "", **reading.units.get(unit, {}), **about})


def _diplomas(reading: _Reading) -> None:
    for place in (1, 2):
        prefix = f"diploma_{place}"
        said = reading.part(prefix, "title", "level", "institution", "year")
        if not said:
            continue
        if "title" not in said and not reading.is_refused(f"{prefix}_title"):
            reading.refuse(f"{prefix}_title", "needed")
        if not _OLDEST_YEAR <= said.get("year", _OLDEST_YEAR) <= reading.asked.on.year:
            reading.refuse(f"{prefix}_year", "no_year")
        whole = {"title": "", "level": "", "institution": "", "year": None}
        reading.say(f"diploma:{place}", whole | said)


def _work(reading: _Reading) -> None:
    for place in (1, 2, 3):
        prefix = f"experience_{place}"
        said = reading.part(prefix, "role", "profile", "employer", "country", "from", "to")
        if not said:
            continue
        for needed in ("role", "from"):
            if needed not in said and not reading.is_refused(f"{prefix}_{needed}"):
                reading.refuse(f"{prefix}_{needed}", "needed")
        if "from" in said and not said["from"] <= said.get("to", reading.asked.on) <= reading.asked.on:
            reading.refuse(f"{prefix}_to", "wrong_order")
        whole = {"role": "", "profile": "", "employer": "", "to": None, "country": reading.asked.spec.origin}
        reading.say(f"experience:{place}", whole | said)
