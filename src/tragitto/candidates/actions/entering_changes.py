"""How rows about people who are known change them, unit by unit; part of `entering.enter_many`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from tragitto.candidates.actions.entering_new import NAMES
from tragitto.candidates.actions.entering_rows import MANY, Writing, field_of, skill
from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    CandidateSkill,
    Diploma,
    Experience,
    Identity,
    IdentityDocument,
    LanguageLevel,
    Registration,
)
from tragitto.candidates.queries.judging import Judged
from tragitto.candidates.queries.portraits import OF_IDENTITY, OF_PERSON, Known
from tragitto.candidates.rules.naming import keys_of
from tragitto.candidates.rules.pages import adult_on
from tragitto.candidates.rules.plans import code_in
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of

#: The columns of each kind of row that a unit says.
_WRITTEN: Mapping[type[models.Model], list[str]] = {
    CandidateProfile: ["years"],
    LanguageLevel: ["level"],
    CandidateSkill: ["mastery", "certificate", "valid_until"],
    Diploma: ["title", "institution", "country", "level_code", "eqf", "year"],
    Experience: ["role", "profile", "employer", "country", "begins_on", "ends_on"],
}


def write(*, scheme: Scheme, changed: Sequence[Judged], actor: Actor, at: datetime) -> None:
    """Write what `changed` takes of the rows, and keep with the registration what came from them."""
    spec = roster_of(scheme)
    writing = Writing(scheme, spec, actor, at)
    pairs: Pairs = [(each.known, each.plan.taken) for each in changed if each.known]
    if not pairs:
        return
    _take_away(pairs, at)
    for known, taken in pairs:
        _fields(known, taken, spec.least_age)
        last = max((each.position for each in known.candidate.profiles.all()), default=0)
        writing.add(known.candidate, _to_add(known, taken), after=last)
    writing.create()

    people = [known.candidate for known, _taken in pairs]
    Candidate.objects.bulk_update(people, [*OF_PERSON, "revision", "adult_on"], MANY)
    identities = [each.identity for each in people]
    Identity.objects.bulk_update(identities, [*OF_IDENTITY, "name_keys"], MANY)
    for model, rows in _rewritten(pairs, writing).items():
        model._default_manager.bulk_update(rows, _WRITTEN[model], MANY)
    for known, taken in pairs:
        known.registration.entered = _entered(known, taken, writing)
    Registration.objects.bulk_update([known.registration for known, _taken in pairs], ["entered"], MANY)


type Pairs = Sequence[tuple[Known, Mapping[str, Any]]]


def _take_away(pairs: Pairs, at: datetime) -> None:
    """End what goes, and what is followed by another: a document is superseded, never changed."""
    gone: dict[str, list[int]] = {"profile": [], "skill": [], "tongue": [], "document": []}
    for known, taken in pairs:
        for unit, value in taken.items():
            group = unit.partition(":")[0]
            if group in gone and (value is None or group == "document"):
                gone[group] += [row.pk for row in _rows(known, unit)]
    CandidateProfile.objects.filter(pk__in=gone["profile"]).delete()
    CandidateSkill.objects.filter(pk__in=gone["skill"]).delete()
    LanguageLevel.objects.filter(pk__in=gone["tongue"]).delete()
    IdentityDocument.objects.filter(pk__in=gone["document"]).update(superseded_at=at)


def _fields(known: Known, taken: Mapping[str, Any], least_age: int) -> None:
    person, identity = known.candidate, known.candidate.identity
    person.revision += 1
    for unit, value in taken.items():
        if unit in OF_PERSON:
            setattr(person, unit, field_of(unit, value))
        elif unit in OF_IDENTITY:
            setattr(identity, unit, field_of(unit, value))
    if "birth_on" in taken and identity.birth_on:
        person.adult_on = adult_on(identity.birth_on, least_age)
    if not taken.keys().isdisjoint(NAMES):
        identity.name_keys = keys_of(*(getattr(identity, name) for name in NAMES))


def _rewritten(pairs: Pairs, writing: Writing) -> dict[type[models.Model], list[Any]]:
    """The rows that stay but say something else now, by their kind."""
    found: dict[type[models.Model], list[Any]] = {}
    for known, taken in pairs:
        for unit, value in taken.items():
            if value is None or unit.startswith("document:"):
                continue
            for row in _rows(known, unit):
                for name, said in _columns(row, value, writing).items():
                    setattr(row, name, said)
                found.setdefault(type(row), []).append(row)
    return found


def _columns(row: models.Model, value: Any, writing: Writing) -> dict[str, Any]:
    if isinstance(row, CandidateProfile):
        return {"years": value}
    if isinstance(row, LanguageLevel):
        return {"level": value}
    if isinstance(row, CandidateSkill):
        return skill(value)
    return writing.diploma(value) if isinstance(row, Diploma) else writing.experience(value)


def _rows(known: Known, unit: str) -> list[Any]:
    """The row that stands for a unit, if there is one."""
    person, (group, _colon, name) = known.candidate, unit.partition(":")
    if group == "profile":
        return [each for each in person.profiles.all() if each.profile.code == name]
    if group == "skill":
        return [each for each in person.skills.all() if each.skill == name]
    if group == "tongue":
        return [each for each in person.languages.all() if each.tongue == name]
    if group == "document":
        return [each for each in person.documents.all() if each.kind == name]
    rows: tuple[Diploma | Experience, ...] = (*person.diplomas.all(), *person.experiences.all())
    return [each for each in rows if each.code == code_in(known.last.get(unit))]


def _to_add(known: Known, taken: Mapping[str, Any]) -> dict[str, Any]:
    """The units of which there is no row yet; documents come anew."""
    return {
        unit: value
        for unit, value in taken.items()
        if value is not None and (unit.startswith("document:") or not _rows(known, unit))
    }


def _entered(known: Known, taken: Mapping[str, Any], writing: Writing) -> dict[str, Any]:
    """What the organisation said: as before, with what was taken now; what was not taken is not its word."""
    kept = {unit: value for unit, value in known.last.items() if taken.get(unit, value) is not None}
    said = writing.said(known.candidate, {unit: each for unit, each in taken.items() if each is not None})
    for unit, value in said.items():
        if code := code_in(known.last.get(unit)):
            said[unit] = {"code": code, **value}
    return kept | said
