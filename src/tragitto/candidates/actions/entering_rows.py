"""The rows that hang on a person, made from units: gathered for many people and written kind by kind."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models

from tragitto.candidates.actions.loading import load
from tragitto.candidates.fresh import fresh_codes
from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    CandidateSkill,
    Diploma,
    Experience,
    IdentityDocument,
    LanguageLevel,
)
from tragitto.candidates.vocabulary import Proof, ReadBy
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import RosterSpec

#: So many rows in one query.
MANY = 2000
#: Rows with a public code of their own, and what it begins with.
_PREFIXES: Mapping[type[models.Model], str] = {IdentityDocument: "ID", Diploma: "D", Experience: "W"}
#: Fields that are days.
_DAYS = frozenset({"birth_on", "available_from"})


class Writing:
    """Rows of one scheme to be written by `actor` at a moment."""

    def __init__(self, scheme: Scheme, spec: RosterSpec, actor: Actor, at: datetime) -> None:
        self.profiles = {each.code: each.pk for each in scheme.profiles.all()}
        self.levels = {each.code: each for each in spec.diplomas}
        self.spec, self.actor, self.at = spec, actor, at
        self._rows: dict[type[models.Model], list[Any]] = {}
        self._by_unit: dict[tuple[int, str], Any] = {}

    def add(self, person: Candidate, units: Mapping[str, Any], after: int = 0) -> None:
        """Gather the rows of `units`; `after` = the place of the last profile that the person has already."""
        for unit, value in units.items():
            group, _colon, name = unit.partition(":")
            if group not in _MAKERS:
                continue
            row = _MAKERS[group](self, name, value)
            row.candidate = person
            if isinstance(row, CandidateProfile):
                after += 1
                row.position = after
            self._rows.setdefault(type(row), []).append(row)
            self._by_unit[person.pk, unit] = row

    def create(self) -> None:
        """Write what was gathered."""
        for model, rows in self._rows.items():
            if model in _PREFIXES:
                codes = fresh_codes(model, _PREFIXES[model], len(rows))
                for row, code in zip(rows, codes, strict=True):
                    row.code = code
            load(rows)

    def said(self, person: Candidate, units: Mapping[str, Any]) -> dict[str, Any]:
        """The units as the registration keeps them: of diplomas and work with the code that the row got."""
        return {unit: self._kept(person, unit, value) for unit, value in units.items()}

    def _kept(self, person: Candidate, unit: str, value: Any) -> Any:
        row = self._by_unit.get((person.pk, unit))
        return {**value, "code": row.code} if isinstance(row, Diploma | Experience) else value

    def diploma(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a diploma."""
        level = self.levels.get(value["level"])
        return {
            "title": value["title"],
            "institution": value["institution"],
            "country": level.country if level else self.spec.origin,
            "level_code": value["level"],
            "eqf": level.eqf if level else None,
            "year": value["year"],
        }

    def experience(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of work done."""
        return {
            "role": value["role"],
            "profile_id": self.profiles.get(value["profile"]),
            "employer": value["employer"],
            "country": value["country"],
            "begins_on": date.fromisoformat(value["from"]),
            "ends_on": day_of(value["to"]),
        }


def skill(value: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a skill."""
    return {
        "mastery": value["mastery"],
        "certificate": value["certificate"],
        "valid_until": day_of(value["valid_until"]),
    }


def field_of(unit: str, value: Any) -> Any:
    """A unit that is one field, as its column has it."""
    return day_of(value) if unit in _DAYS else value


def day_of(value: str | None) -> date | None:
    """A day as units have it."""
    return date.fromisoformat(value) if value else None


def _document(writing: Writing, kind: str, value: Mapping[str, Any]) -> IdentityDocument:
    return IdentityDocument(
        kind=kind,
        number=value["number"],
        personal_number=value["personal_number"],
        issuing_state=value["issuing_state"],
        expires_on=day_of(value["expires_on"]),
        read_by=ReadBy.SPREADSHEET,
        added_at=writing.at,
        added_by=writing.actor.code,
    )


_MAKERS: Mapping[str, Callable[[Writing, str, Any], Any]] = {
    "document": _document,
    "profile": lambda writing, code, years: CandidateProfile(profile_id=writing.profiles[code], years=years),
    "skill": lambda _writing, code, value: CandidateSkill(skill=code, proof=Proof.SAID, **skill(value)),
    "tongue": lambda _writing, code, level: LanguageLevel(tongue=code, level=level, proof=Proof.SAID),
    "diploma": lambda writing, _number, value: Diploma(proof=Proof.SAID, **writing.diploma(value)),
    "experience": lambda writing, _number, value: Experience(**writing.experience(value)),
}
