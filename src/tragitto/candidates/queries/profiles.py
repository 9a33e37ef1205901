"""A person on one sheet, for a reader: the one way by which anything about a person is shown or printed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear, Greatest

from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    CandidateSkill,
    Diploma,
    Experience,
    LanguageLevel,
)
from tragitto.candidates.permissions import holds
from tragitto.candidates.rules.sheets import (
    DiplomaLine,
    ExperienceLine,
    LanguageLine,
    ProfileLine,
    Sheet,
    SkillLine,
    places_of,
)
from tragitto.candidates.vocabulary import Audience
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import RosterDutyKind

#: The lines of a sheet, and where they are read, in the order in which they are shown.
_LINES: dict[str, tuple[type, QuerySet[Any]]] = {
    "profiles": (ProfileLine, CandidateProfile.objects.order_by("position", "pk")),
    "skills": (SkillLine, CandidateSkill.objects.order_by("skill")),
    "experiences": (ExperienceLine, Experience.objects.order_by("-begins_on", "pk")),
    "diplomas": (DiplomaLine, Diploma.objects.order_by("-eqf", "pk")),
    "languages": (LanguageLine, LanguageLevel.objects.order_by("tongue")),
}


def audience_of(actor: Actor, candidate: Candidate) -> Audience:
    """What `actor` is to `candidate`; employers come by an invitation instead. Two queries at most."""
    if candidate.account and candidate.account == actor.code:
        return Audience.PERSON
    if actor.is_system or (candidate.is_sent and holds(actor, candidate.scheme, RosterDutyKind.KEEPS)):
        return Audience.KEEPER
    theirs = candidate.registrations.filter(organisation__code=actor.organisation, ended_at=None)
    if actor.organisation and theirs.exists():
        return Audience.REGISTRAR
    return Audience.STRANGER


def sheets(candidates: Iterable[int], audience: Audience, *, on: date) -> dict[int, Sheet]:
    """The sheets of these people (database keys) as `audience` may read them. Six queries, however many.

    What `audience` may not read is not read from the database either.
    """
    keys = list(candidates)
    lines: dict[str, dict[int, list[Any]]] = {
        name: _lines(kind, rows, keys, audience, on) for name, (kind, rows) in _LINES.items()
    }
    people = _read(Sheet, Candidate.objects.filter(pk__in=keys), "pk", audience, on)
    return {
        key: Sheet(**facts | {name: tuple(found.get(key, ())) for name, found in lines.items()})
        for key, facts in people
    }


def sheet(candidate: Candidate, audience: Audience, *, on: date) -> Sheet:
    """The sheet of one person. Six queries."""
    return sheets([candidate.pk], audience, on=on)[candidate.pk]


def _lines[L](
    kind: type[L], rows: QuerySet[Any], keys: list[int], audience: Audience, on: date
) -> dict[int, list[L]]:
    found: dict[int, list[L]] = {}
    for key, facts in _read(kind, rows.filter(candidate__in=keys), "candidate", audience, on):
        found.setdefault(key, []).append(kind(**facts))
    return found


def _read(
    kind: type, rows: QuerySet[Any], key: str, audience: Audience, on: date
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Of each row the `key`, and the fields of a `kind` that `audience` reads. One query."""
    places = places_of(kind, audience)
    asked = [_asked(place, on) for place in places.values()]
    for whose, *values in rows.values_list(key, *asked):
        yield whose, dict(zip(places, values, strict=True))


def _asked(place: str, on: date) -> str | Combinable:
    """What is read for what stands in `place` on a sheet."""
    match place.split("."):
        case ["Identity", field]:
            return f"identity__{field}"
        case ["CandidateProfile" | "Experience", "profile"]:
            return "profile__code"
        case ["Experience", "months"]:
            return _months(on)
        case [_, "tidied" | "about_tidied" as field]:
            return _tidied(field)
        case [_, field]:
            return field
    raise LookupError(place)


def _tidied(field: str) -> Combinable:
    """The office's text, as long as the person's own words have not changed since."""
    outdated = When(**{f"{field}_by": ""}, then=Value(""))
    return Case(outdated, default=F(field), output_field=TextField())


def _months(on: date) -> Combinable:
    """How many months somebody has worked there, the first and the last (or that of `on`) counted."""
    end = Coalesce("ends_on", Value(on))
    years = ExtractYear(end) - ExtractYear("begins_on")
    return Greatest(Value(0), years * 12 + ExtractMonth(end) - ExtractMonth("begins_on") + 1)
