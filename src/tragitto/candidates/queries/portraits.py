"""People unit by unit, as what is sent about them is compared with them: read in one go for many."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

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
from tragitto.candidates.queries.consents import allowing
from tragitto.candidates.rules.plans import bare, code_in
from tragitto.candidates.vocabulary import ENDED, Proof
from tragitto.kernel.canonical import plain
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ConsentEffect

#: Of the registration, and of the identity: units that are one field.
OF_PERSON = ("language", "available_from", "regions", "shifts", "housing")
OF_IDENTITY = (
    "surnames", "given_names", "arabic_surnames", "arabic_given_names", "birth_on", "birth_place",
    "nationality", "standing", "phone", "email", "town", "country",
)  # fmt: skip
#: A keeper compared these with a document: they change by another document alone.
_CONFIRMED = frozenset(
    {"surnames", "given_names", "arabic_surnames", "arabic_given_names", "birth_on", "nationality"}
)
#: Where the person signed in, nobody else says who they are and how they are reached, even where it is empty.
_OWN = frozenset({*OF_IDENTITY, "language"})


@dataclass(frozen=True)
class Known:
    """Somebody whom an organisation registered, as they stand now.

    `last` = what the organisation said last; `locked` = units that it cannot change; `is_open`: the person
    consents that those who registered them see what others said; `is_elsewhere`: on another scheme's roster;
    `least_age` = how old one had to be to be sent.
    """

    registration: Registration
    candidate: Candidate
    last: Mapping[str, Any]
    units: Mapping[str, Any]
    locked: frozenset[str]
    is_open: bool
    is_elsewhere: bool
    least_age: int

    @property
    def is_over(self) -> bool:
        """Whether this registration by others, or the person's own, has ended."""
        return self.registration.ended_at is not None or self.candidate.status in ENDED


def known_under(references: Collection[str], *, scheme: Scheme, organisation: str) -> dict[str, Known]:
    """The people whom `organisation` registered under these references, on this roster or on another. Nine
    queries.
    """
    theirs = Registration.objects.filter(organisation__code=organisation, reference__in=references)
    whole = theirs.select_related("candidate__identity", "candidate__scheme").prefetch_related(
        Prefetch("candidate__profiles", CandidateProfile.objects.select_related("profile")),
        Prefetch("candidate__skills", CandidateSkill.objects.all()),
        Prefetch("candidate__languages", LanguageLevel.objects.all()),
        Prefetch("candidate__diplomas", Diploma.objects.all()),
        Prefetch("candidate__experiences", Experience.objects.select_related("profile")),
        Prefetch("candidate__documents", IdentityDocument.objects.filter(superseded_at=None)),
    )
    spec = roster_of(scheme)
    seen = allowing(spec, ConsentEffect.PARTNERS_SEE_FILE)
    open_ones = set(Candidate.objects.filter(seen, registrations__in=theirs).values_list("pk", flat=True))
    return {each.reference: _known(each, scheme, spec.least_age, open_ones) for each in whole}


def _known(registration: Registration, scheme: Scheme, least_age: int, open_ones: Collection[int]) -> Known:
    person, last = registration.candidate, registration.entered
    units = units_of(person, last)
    return Known(
        registration=registration,
        candidate=person,
        last=last,
        units=units,
        locked=frozenset(_locked(person, last, units)),
        is_open=person.pk in open_ones,
        is_elsewhere=person.scheme_id != scheme.pk,
        least_age=least_age,
    )


def _locked(person: Candidate, last: Mapping[str, Any], units: Mapping[str, Any]) -> Iterator[str]:
    """What was checked with the person or their papers; and, once they have taken the registration over, who
    they are and everything that stands of them.
    """
    identity = _identity(person)
    if identity and identity.confirmed_at:
        yield from _CONFIRMED
    if person.account:
        yield from _OWN
        yield from (unit for unit, stands in units.items() if bare(stands) is not None)
    yield from (f"document:{each.kind}" for each in person.documents.all() if each.checked_at or each.mrz)
    yield from (f"skill:{each.skill}" for each in person.skills.all() if each.proof != Proof.SAID)
    yield from (f"tongue:{each.tongue}" for each in person.languages.all() if each.proof != Proof.SAID)
    proved = {each.code for each in person.diplomas.all() if each.proof != Proof.SAID}
    yield from (unit for unit, said in last.items() if code_in(said) in proved)


def units_of(person: Candidate, entered: Mapping[str, Any]) -> dict[str, Any]:
    """What stands of a person, unit by unit; diplomas and work under the numbers that `entered` gave them."""
    identity = _identity(person)
    units: dict[str, Any] = {name: plain(getattr(person, name)) for name in OF_PERSON}
    units |= {name: plain(getattr(identity, name)) for name in OF_IDENTITY if identity}
    units |= {f"profile:{each.profile.code}": each.years for each in person.profiles.all()}
    units |= {f"tongue:{each.tongue}": each.level for each in person.languages.all()}
    units |= {f"skill:{each.skill}": _skill(each) for each in person.skills.all()}
    units |= {f"document:{each.kind}": _document(each) for each in person.documents.all()}
    units |= _numbered(entered, "diploma", person.diplomas.all(), _diploma)
    return units | _numbered(entered, "experience", person.experiences.all(), _experience)


def _identity(person: Candidate) -> Identity | None:
    return getattr(person, "identity", None)


def _numbered(entered: Mapping[str, Any], group: str, rows: Iterable[Any], told: Any) -> dict[str, Any]:
    by_code = {row.code: told(row) for row in rows}
    return {
        unit: by_code.get(code_in(said)) for unit, said in entered.items() if unit.startswith(f"{group}:")
    }


def _skill(row: CandidateSkill) -> dict[str, Any]:
    return {"mastery": row.mastery, "certificate": row.certificate, "valid_until": plain(row.valid_until)}


def _document(row: IdentityDocument) -> dict[str, Any]:
    return {
        "number": row.number,
        "personal_number": row.personal_number,
        "issuing_state": row.issuing_state,
        "expires_on": plain(row.expires_on),
    }


def _diploma(row: Diploma) -> dict[str, Any]:
    return {
        "title": row.title,
        "level": row.level_code,
        "institution": row.institution,
        "year": row.year,
    }


def _experience(row: Experience) -> dict[str, Any]:
    return {
        "role": row.role,
        "profile": row.profile.code if row.profile else "",
        "employer": row.employer,
        "country": row.country,
        "from": plain(row.begins_on),
        "to": plain(row.ends_on),
    }
