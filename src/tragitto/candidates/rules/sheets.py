"""A person on one sheet: what everything that shows or prints somebody is made of, place by place."""

# ruff: noqa: RUF009  `_of` makes a field of a dataclass, with the place it shows

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from typing import Any

from tragitto.candidates.rules.disclosure import may_read
from tragitto.candidates.vocabulary import Audience


def _of(place: str) -> Any:
    """A field of a sheet that shows what stands in `place`; nothing for whoever may not read that."""
    return field(default=None, metadata={"place": place})


@dataclass(frozen=True, kw_only=True)
class SkillLine:
    """A skill by its code in the roster, and what stands behind it."""

    skill: str | None = _of("CandidateSkill.skill")
    mastery: str | None = _of("CandidateSkill.mastery")
    proof: str | None = _of("CandidateSkill.proof")
    valid_until: date | None = _of("CandidateSkill.valid_until")
    certificate: str | None = _of("CandidateSkill.certificate")


@dataclass(frozen=True, kw_only=True)
class ProfileLine:
    """A profile of the scheme that somebody offers, with the months of experience that were told."""

    profile: str | None = _of("CandidateProfile.profile")
    years: int | None = _of("CandidateProfile.years")
    words: str | None = _of("CandidateProfile.words")
    tidied: str | None = _of("CandidateProfile.tidied")


@dataclass(frozen=True, kw_only=True)
class ExperienceLine:
    """Work done; `months` stand for its days where these would tell too much."""

    profile: str | None = _of("Experience.profile")
    country: str | None = _of("Experience.country")
    months: int | None = _of("Experience.months")
    role: str | None = _of("Experience.role")
    employer: str | None = _of("Experience.employer")
    begins_on: date | None = _of("Experience.begins_on")
    ends_on: date | None = _of("Experience.ends_on")
    words: str | None = _of("Experience.words")
    tidied: str | None = _of("Experience.tidied")


@dataclass(frozen=True, kw_only=True)
class DiplomaLine:
    """A diploma with its level and the indicative level of the EQF."""

    level_code: str | None = _of("Diploma.level_code")
    eqf: int | None = _of("Diploma.eqf")
    country: str | None = _of("Diploma.country")
    proof: str | None = _of("Diploma.proof")
    title: str | None = _of("Diploma.title")
    institution: str | None = _of("Diploma.institution")
    year: int | None = _of("Diploma.year")


@dataclass(frozen=True, kw_only=True)
class LanguageLine:
    """A language and its level."""

    tongue: str | None = _of("LanguageLevel.tongue")
    level: str | None = _of("LanguageLevel.level")
    proof: str | None = _of("LanguageLevel.proof")
    valid_until: date | None = _of("LanguageLevel.valid_until")
    certificate: str | None = _of("LanguageLevel.certificate")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All that may be shown of a person in one place."""

    code: str | None = _of("Candidate.code")
    status: str | None = _of("Candidate.status")
    seniority_at: datetime | None = _of("Candidate.seniority_at")
    surnames: str | None = _of("Identity.surnames")
    given_names: str | None = _of("Identity.given_names")
    arabic_surnames: str | None = _of("Identity.arabic_surnames")
    arabic_given_names: str | None = _of("Identity.arabic_given_names")
    birth_on: date | None = _of("Identity.birth_on")
    birth_place: str | None = _of("Identity.birth_place")
    nationality: str | None = _of("Identity.nationality")
    phone: str | None = _of("Identity.phone")
    email: str | None = _of("Identity.email")
    town: str | None = _of("Identity.town")
    about: str | None = _of("Candidate.about")
    about_tidied: str | None = _of("Candidate.about_tidied")
    available_from: date | None = _of("Candidate.available_from")
    regions: Sequence[str] | None = _of("Candidate.regions")
    shifts: Sequence[str] | None = _of("Candidate.shifts")
    housing: str | None = _of("Candidate.housing")
    profiles: Sequence[ProfileLine] = ()
    skills: Sequence[SkillLine] = ()
    experiences: Sequence[ExperienceLine] = ()
    diplomas: Sequence[DiplomaLine] = ()
    languages: Sequence[LanguageLine] = ()

    @property
    def full_name(self) -> str:
        """Given names and surnames as the passport has them; empty for whoever may not know."""
        return " ".join(part for part in (self.given_names, self.surnames) if part)


# Thousands of lines are read for one run of the selection: who reads what is asked once for each kind.
@cache
def places_of(kind: type, audience: Audience) -> dict[str, str]:
    """The fields of a sheet or line that `audience` reads, each with its place; lines apart."""
    places = {each.name: each.metadata.get("place") for each in fields(kind)}
    return {name: place for name, place in places.items() if place and may_read(place, audience)}
