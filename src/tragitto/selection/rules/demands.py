"""What a post asks for: read from what its employer wrote, and what cannot be asked. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tragitto.candidates.vocabulary import CefrLevel, Shift
from tragitto.schemes.pack import RosterSpec
from tragitto.selection.rules.people import licences_of

MOST_YEARS, MOST_SCHOOLING = 60, 8
_LEVEL = re.compile(r"\b([ABC][12])\b", re.IGNORECASE)
#: How employers write languages and hours of work, in the words of the forms.
_TONGUES = {"it": ("ital",), "fr": ("franc", "franç", "french"), "en": ("ingl", "engl"), "ar": ("arab",)}
_SHIFTS = {
    Shift.THREE_SHIFTS: ("tre turni", "3 turni", "ciclo continuo"),
    Shift.TWO_SHIFTS: ("due turni", "2 turni"),
    Shift.NIGHT: ("nott",),
    Shift.DAY: ("giorn", "central"),
}


@dataclass(frozen=True, kw_only=True)
class Demands:
    """What a post asks for; empty or 0 asks for nothing. Skills and licences are codes of the roster."""

    least_levels: Mapping[str, str] = field(default_factory=dict)
    least_schooling: int = 0
    least_years: int = 0
    must_skills: Sequence[str] = ()
    wished_skills: Sequence[str] = ()
    must_licences: Sequence[str] = ()
    starts_on: date | None = None
    shifts: Sequence[str] = ()


def suggested(wishes: Mapping[str, Any], roster: RosterSpec) -> Demands:
    """What an employer's words in its form seem to ask for, to be looked at by the desk.

    Read are languages with a level written beside them, hours of work, and skills by their Italian titles;
    these only as wished. What cannot be read is asked for by nobody.
    """
    return Demands(
        least_levels=_levels(str(wishes.get("languages", "")), roster),
        wished_skills=_skills(f"{wishes.get('skills', '')} {wishes.get('tasks', '')}", roster),
        shifts=_shifts(str(wishes.get("shift", ""))),
    )


def wrong(demands: Demands, roster: RosterSpec) -> list[str]:
    """The fields that ask for what the roster cannot tell of anybody."""
    skills, licences = {each.code for each in roster.skills}, set(licences_of(roster))
    levels = {word.value for word in CefrLevel}
    known = {
        "least_levels": set(demands.least_levels) <= set(roster.languages)
        and set(demands.least_levels.values()) <= levels,
        "least_schooling": 0 <= demands.least_schooling <= MOST_SCHOOLING,
        "least_years": 0 <= demands.least_years <= MOST_YEARS,
        "must_skills": set(demands.must_skills) <= skills,
        "wished_skills": set(demands.wished_skills) <= skills - set(demands.must_skills),
        "must_licences": set(demands.must_licences) <= licences,
        "shifts": set(demands.shifts) <= {word.value for word in Shift},
    }
    return [name for name, is_right in known.items() if not is_right]


def _levels(said: str, roster: RosterSpec) -> dict[str, str]:
    found = {}
    for part in re.split(r"[,;/\n]| e ", said.lower()):
        level = _LEVEL.search(part)
        tongue = next((code for code, stems in _TONGUES.items() if any(stem in part for stem in stems)), "")
        if level and tongue in roster.languages:
            found[tongue] = level.group(1).upper()
    return found


def _skills(said: str, roster: RosterSpec) -> tuple[str, ...]:
    text = said.lower()
    licences = set(licences_of(roster))
    return tuple(
        each.code for each in roster.skills if each.code not in licences and each.title["it"].lower() in text
    )


def _shifts(said: str) -> tuple[str, ...]:
    text = said.lower()
    return tuple(shift.value for shift, stems in _SHIFTS.items() if any(stem in text for stem in stems))
