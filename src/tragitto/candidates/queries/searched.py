"""What is known of people as far as it is searched: read in one go for many."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    CandidateSkill,
    Diploma,
    Experience,
    IdentityDocument,
    LanguageLevel,
    NameVariant,
    Registration,
    SearchRow,
)
from tragitto.candidates.models.candidates import UNSENT
from tragitto.candidates.queries.among import whose
from tragitto.candidates.rules import lexemes
from tragitto.candidates.rules.facts import Told, facts_of

_OWN = (
    "pk", "code", "scheme_id", "status", "status_at", "seniority_at", "available_from", "regions", "about",
    "about_tidied", "identity__surnames", "identity__given_names", "identity__arabic_surnames",
    "identity__arabic_given_names", "identity__phone", "identity__email", "identity__name_keys",
    "identity__confirmed_at",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SearchText:
    """A person as the table of the search holds them."""

    candidate: int
    scheme: int
    status: str
    place_at: datetime
    available_from: date | None
    expires_on: date | None
    made_by: int
    facts: Sequence[str]
    lexemes: Sequence[str]
    words: str

    def as_row(self) -> dict[str, object]:
        """The same as JSON has it."""
        told = asdict(self)
        return told | {name: value.isoformat() for name, value in told.items() if isinstance(value, date)}


type _Lines = Mapping[int, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class _Around:
    """What other tables say of these people, by person."""

    profiles: _Lines
    skills: _Lines
    languages: _Lines
    diplomas: _Lines
    experiences: _Lines
    documents: _Lines
    variants: _Lines
    registrations: _Lines


def told(candidates: Sequence[int]) -> list[SearchText]:
    """What is searched of those of `candidates` who sent their registration. Ten queries, however many."""
    sent = Candidate.objects.filter(pk__in=candidates).exclude(status__in=UNSENT)
    people = list(sent.order_by("pk").values(*_OWN))
    if not people:
        return []
    around = _around([each["pk"] for each in people])
    return [_told(each, around) for each in people]


def behind(limit: int) -> list[int]:
    """Up to `limit` people who cannot be found as they now are: without a row, or with one of older rules."""
    old = SearchRow.objects.exclude(made_by=lexemes.VERSION).order_by("pk").values_list("pk", flat=True)
    has_row = Exists(SearchRow.objects.filter(pk=OuterRef("pk")))
    missing = Candidate.objects.filter(~has_row).exclude(status__in=UNSENT).order_by("pk")
    return [*old[:limit], *missing.values_list("pk", flat=True)[:limit]][:limit]


def _told(own: Mapping[str, Any], around: _Around) -> SearchText:
    key = own["pk"]
    return SearchText(
        candidate=key,
        scheme=own["scheme_id"],
        status=own["status"],
        place_at=own["seniority_at"] or own["status_at"],
        available_from=own["available_from"],
        expires_on=min((day for _number, _person, day in around.documents[key] if day), default=None),
        made_by=lexemes.VERSION,
        facts=_facts(own, around),
        lexemes=_lexemes(own, around),
        words="\n".join(dict.fromkeys(filter(None, _words(own, around)))),
    )


def _facts(own: Mapping[str, Any], around: _Around) -> list[str]:
    key = own["pk"]
    known = Told(
        profiles=[code for code, *_rest in around.profiles[key]],
        skills=around.skills[key],
        languages=around.languages[key],
        eqf=max((eqf or 0 for eqf, *_rest in around.diplomas[key]), default=0),
        regions=own["regions"],
        registrars=[organisation for organisation, _reference in around.registrations[key]],
        is_confirmed=own["identity__confirmed_at"] is not None,
    )
    return facts_of(known)


def _lexemes(own: Mapping[str, Any], around: _Around) -> list[str]:
    key = own["pk"]
    names = [
        lexemes.Names(own[f"identity__{script}surnames"] or "", own[f"identity__{script}given_names"] or "")
        for script in ("", "arabic_")
    ]
    variants = [lexemes.Names(*each) for each in around.variants[key]]
    documents = [number for *numbers, _day in around.documents[key] for number in numbers]
    references = [reference for _organisation, reference in around.registrations[key]]
    numbers = [own["code"], own["identity__email"] or "", *documents, *references]
    found = lexemes.of_names([*names, *variants], own["identity__name_keys"] or ())
    titled = lexemes.of_titles(
        (code for code, *_rest in around.profiles[key]), (code for code, _mastery in around.skills[key])
    )
    return [*found, *titled, *lexemes.of_numbers(numbers, [own["identity__phone"] or ""])]


def _words(own: Mapping[str, Any], around: _Around) -> Iterator[str]:
    key = own["pk"]
    yield from (own["about"], own["about_tidied"])
    for _code, *words in around.profiles[key]:
        yield from words
    for _eqf, *words in around.diplomas[key]:
        yield from words
    for told_of in around.experiences[key]:
        yield from told_of


def _around(candidates: Sequence[int]) -> _Around:
    theirs = whose(candidates)
    current = IdentityDocument.objects.filter(superseded_at=None)
    lasting = Registration.objects.filter(ended_at=None)
    wished = CandidateProfile.objects.order_by("position")
    return _Around(
        profiles=_by_person(wished.filter(theirs), "profile__code", "words", "tidied"),
        skills=_by_person(CandidateSkill.objects.filter(theirs), "skill", "mastery"),
        languages=_by_person(LanguageLevel.objects.filter(theirs), "tongue", "level"),
        diplomas=_by_person(Diploma.objects.filter(theirs), "eqf", "title", "institution"),
        experiences=_by_person(Experience.objects.filter(theirs), "role", "employer", "words", "tidied"),
        documents=_by_person(current.filter(theirs), "number", "personal_number", "expires_on"),
        variants=_by_person(NameVariant.objects.filter(theirs), "surnames", "given_names"),
        registrations=_by_person(lasting.filter(theirs), "organisation__code", "reference"),
    )


def _by_person(rows: Any, *columns: str) -> _Lines:
    lines: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for candidate, *values in rows.values_list("candidate", *columns):
        lines[candidate].append(tuple(values))
    return lines
