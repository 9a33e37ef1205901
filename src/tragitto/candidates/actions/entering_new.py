"""How rows about people who are not known yet become people; part of `entering.enter_many`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tragitto.candidates.actions.entering_rows import Writing, field_of
from tragitto.candidates.actions.loading import load
from tragitto.candidates.fresh import fresh_codes
from tragitto.candidates.models import Candidate, Identity, Registration
from tragitto.candidates.queries.portraits import OF_IDENTITY, OF_PERSON
from tragitto.candidates.rules.naming import keys_of
from tragitto.candidates.rules.pages import adult_on
from tragitto.candidates.rules.rows import Row
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import RosterStatus

NAMES = ("surnames", "given_names", "arabic_surnames", "arabic_given_names")


def entered(
    *, scheme: Scheme, rows: Sequence[Row], organisation: int, actor: Actor, at: datetime
) -> dict[str, Candidate]:
    """New people by their reference, not sent yet, with everything that their rows say."""
    spec = roster_of(scheme)
    codes = fresh_codes(Candidate, "R", len(rows))
    people = {
        row.reference: _person(row.units, scheme, spec, code, at)
        for code, row in zip(codes, rows, strict=True)
    }
    load(list(people.values()))
    load([_identity(people[row.reference], row.units, spec) for row in rows])
    writing = Writing(scheme, spec, actor, at)
    for row in rows:
        writing.add(people[row.reference], row.units)
    writing.create()
    load(
        [
            Registration(
                candidate=people[row.reference],
                organisation_id=organisation,
                reference=row.reference,
                entered=writing.said(people[row.reference], row.units),
                registered_at=at,
                registered_by=actor.code,
            )
            for row in rows
        ]
    )
    return people


def _person(units: Mapping[str, Any], scheme: Scheme, spec: RosterSpec, code: str, at: datetime) -> Candidate:
    return Candidate(
        code=code,
        scheme=scheme,
        status=RosterStatus.REGISTERING,
        status_at=at,
        started_at=at,
        adult_on=adult_on(date.fromisoformat(units["birth_on"]), spec.least_age),
        **{name: field_of(name, units[name]) for name in OF_PERSON if name in units},
    )


def _identity(person: Candidate, units: Mapping[str, Any], spec: RosterSpec) -> Identity:
    said = {name: field_of(name, units[name]) for name in OF_IDENTITY if name in units}
    said.setdefault("country", spec.origin)
    return Identity(candidate=person, name_keys=keys_of(*(said.get(name, "") for name in NAMES)), **said)
