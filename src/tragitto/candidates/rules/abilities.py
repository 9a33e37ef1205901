"""What people can do: what stands behind a statement, how long somebody worked, what is wrong with an entry.

Pure. Months are those of the calendar: the first day stands for a month, and both ends are worked in.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Protocol

from tragitto.candidates.vocabulary import CefrLevel, Evidence, Mastery, Proof
from tragitto.law.rules import add_months
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.vocabulary import SkillScale

LONGEST_TITLE, LONGEST_NUMBER, LONGEST_TEXT = 200, 64, 2000
MOST_YEARS, _OLDEST = 60, 80
_CODE_OF_STATE, _MARK = 3, 16
#: Shorter words of names ("el", "ben") tell nobody.
_TELLING_WORD = 4
_WORD = re.compile(r"[^\W\d_]+")
_PHONE = re.compile(r"(?:\d[ .\-/()]*){8,}")
#: What a keeper looks at before a statement is confirmed, as far as it has such a field.
_LOOKED_AT = (
    "skill", "title", "institution", "country", "year", "level_code", "tongue", "level", "certificate",
    "valid_until", "file_id",
)  # fmt: skip
#: What somebody was seen to have; a paper that nobody has looked at yet proves nothing.
PROVED = frozenset({Evidence.SEEN, Evidence.TESTED})


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a certificate says: its number, and the last day on which it is valid."""

    number: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Work:
    """Work somewhere, from a month until a month; until now without the last. `words` = what was done."""

    role: str
    begins_on: date | None
    ends_on: date | None = None
    profile: str = ""
    employer: str = ""
    country: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Study:
    """A diploma; `level_code` = a level of the roster, which also says the country."""

    title: str
    level_code: str = ""
    institution: str = ""
    country: str = ""
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """A language by its code in the roster, how well somebody knows it, and the certificate, if any."""

    tongue: str
    level: str
    paper: Paper = Paper()


class Worked(Protocol):
    """A time at work, as a row or as told."""

    begins_on: date
    ends_on: date | None


class Stated(Protocol):
    """A statement with what stands behind it, as a row."""

    proof: str
    confirmed_by: str


def evidence(stated: Stated, valid_until: date | None, on: date) -> Evidence:
    """What stands behind a statement on a day: a paper is seen once a keeper confirmed it, and what is no
    longer valid proves nothing, whoever saw it.
    """
    if stated.proof == Proof.SAID:
        return Evidence.SAID
    if valid_until is not None and valid_until < on:
        return Evidence.EXPIRED
    if stated.proof == Proof.TESTED:
        return Evidence.TESTED
    return Evidence.SEEN if stated.confirmed_by else Evidence.HANDED_IN


def months_worked(times: Iterable[Worked], on: date) -> int:
    """Calendar months in which somebody worked until `on`: what ran side by side is counted once."""
    spans = sorted((_month(each.begins_on), _month(min(each.ends_on or on, on))) for each in times)
    total, reached = 0, -1
    for begin, end in spans:
        first = max(begin, reached + 1)
        total += max(0, end - first + 1)
        reached = max(reached, end)
    return total


def wrong_work(work: Work, on: date) -> dict[str, str]:
    """What is wrong with a time at work, by field."""
    found = _lengths({"role": work.role, "employer": work.employer}, LONGEST_TITLE)
    found |= _lengths({"words": work.words}, LONGEST_TEXT)
    if not work.role.strip():
        found["role"] = "no_role"
    if work.country and not _is_state(work.country):
        found["country"] = "no_state"
    if work.begins_on is None:
        return found | {"begins_on": "no_month"}
    if work.begins_on > on or on.year - work.begins_on.year > _OLDEST:
        found["begins_on"] = "not_yet"
    if work.ends_on is not None and work.ends_on > on:
        found["ends_on"] = "still_there"
    elif work.ends_on is not None and _month(work.ends_on) < _month(work.begins_on):
        found["ends_on"] = "ends_before"
    return found


def wrong_study(study: Study, spec: RosterSpec, on: date) -> dict[str, str]:
    """What is wrong with a diploma, by field."""
    found = _lengths({"title": study.title, "institution": study.institution}, LONGEST_TITLE)
    if not study.title.strip():
        found["title"] = "no_title"
    if study.level_code and level_of(study, spec) is None:
        found["level_code"] = "unknown_level"
    if study.country and not _is_state(study.country):
        found["country"] = "no_state"
    if study.year is not None and not on.year - _OLDEST <= study.year <= on.year:
        found["year"] = "no_year"
    return found


def wrong_tongue(tongue: Tongue, spec: RosterSpec) -> dict[str, str]:
    """What is wrong with a language, by field."""
    found = _lengths({"certificate": tongue.paper.number}, LONGEST_NUMBER)
    if tongue.tongue not in spec.languages:
        found["tongue"] = "unknown_tongue"
    if tongue.level not in list(CefrLevel):
        found["level"] = "unknown_level"
    return found


def wrong_skill(skill: str, mastery: str, spec: RosterSpec) -> dict[str, str]:
    """What is wrong with a skill as stated, by field: one that is had or not has no degree."""
    known = spec.skill(skill)
    if known is None:
        return {"skill": "unknown_skill"}
    is_degree = mastery in list(Mastery) and known.scale is SkillScale.LEVEL
    return {} if not mastery or is_degree else {"mastery": "no_degree"}


def wrong_paper(skill: str, paper: Paper, spec: RosterSpec, on: date) -> dict[str, str]:
    """What is wrong with the certificate of a skill, by field: none is valid for longer than its standard."""
    known = spec.skill(skill)
    if known is None:
        return {"skill": "unknown_skill"}
    found = _lengths({"certificate": paper.number}, LONGEST_NUMBER)
    most = add_months(on, known.valid_months) if known.valid_months else None
    if paper.valid_until is not None and most is not None and paper.valid_until > most:
        found["valid_until"] = "valid_too_long"
    return found


def level_of(study: Study, spec: RosterSpec) -> int | None:
    """The indicative level of the EQF that the roster gives to the level of a diploma."""
    return next((each.eqf for each in spec.diplomas if each.code == study.level_code), None)


def country_of(study: Study, spec: RosterSpec) -> str:
    """The country of a diploma: that of its level, else the one told, else the one people come from."""
    of_level = next((each.country for each in spec.diplomas if each.code == study.level_code), "")
    return of_level or study.country or spec.origin


def first_of_month(day: date) -> date:
    """The day that stands for the month of `day`."""
    return day.replace(day=1)


def tells_who(text: str, names: Iterable[str]) -> bool:
    """Whether a text that is read before the person is known tells who it is: a word of a name, a telephone
    number, an address of e-mail.
    """
    told = set(_WORD.findall(text.casefold()))
    named = {word for name in names for word in _WORD.findall(name.casefold()) if len(word) >= _TELLING_WORD}
    return bool(told & named) or "@" in text or _PHONE.search(text) is not None


def mark_of(*parts: object) -> str:
    """A short mark of what somebody looked at, to notice that it has changed since."""
    return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:_MARK]


def mark_of_statement(statement: object) -> str:
    """The mark of a skill, a diploma or a language as it is shown for confirming."""
    return mark_of(*(getattr(statement, name, None) for name in _LOOKED_AT))


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _is_state(code: str) -> bool:
    return len(code) == _CODE_OF_STATE and code.isascii() and code.isalpha() and code.isupper()


def _lengths(told: Mapping[str, str], most: int) -> dict[str, str]:
    return {name: "too_long" for name, text in told.items() if len(text) > most}
