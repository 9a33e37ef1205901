"""Writes made-up people into a database, fast: for the benchmarks of the roster's desk.

    from roster_rows import write
    write(scheme, people(seed=5, count=150_000))

Rows go in by the database's own bulk loading; what is searched of them is then put together by the action
that does so for everybody. A person in twenty is not on the roster (being checked, paused, withdrawn …); one
in three was registered by the scheme's registrar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from made_up_people import MadeUp

if TYPE_CHECKING:
    from tragitto.schemes.models import Scheme

AT_A_TIME = 10_000
#: By the last two digits of a person's number, where they are not on the roster, and why.
ELSEWHERE = {
    0: ("checking", "sent"),
    20: ("paused", "own-pause"),
    40: ("reserved", "chosen"),
    60: ("lapsed", "not-confirmed"),
    80: ("withdrawn", "own-withdrawal"),
}
"""The statuses with a place on the roster."""
COLUMNS = {
    "candidate": (
        "id code scheme_id account language revision status status_at reason seniority_at started_at sent_on "
        "adult_on available_from regions shifts housing about about_tidied"
    ),
    "candidate_identity": (
        "candidate_id surnames given_names arabic_surnames arabic_given_names birth_on birth_place "
        "nationality standing phone email town country name_keys confirmed_by"
    ),
    "candidate_identity_document": (
        "candidate_id code kind number personal_number issuing_state nationality surnames given_names "
        "birth_on issued_on expires_on mrz is_verified read_by added_at added_by checked_by"
    ),
    "candidate_profile": "candidate_id profile_id position years words tidied tidied_by",
    "candidate_skill": "candidate_id skill mastery proof certificate confirmed_by",
    "candidate_language": "candidate_id tongue level proof certificate confirmed_by",
    "candidate_diploma": (
        "candidate_id code title institution country level_code eqf year proof confirmed_by"
    ),
    "candidate_experience": (
        "candidate_id code profile_id employer country role begins_on ends_on words tidied tidied_by"
    ),
    "candidate_registration": ("candidate_id organisation_id reference entered registered_at registered_by"),
    "candidate_status_change": (
        "candidate_id number before after reason roster_version clock_stops keeps_place seniority_at note "
        "actor happened_at"
    ),
}


def write(scheme: Scheme, people: Iterable[MadeUp]) -> int:
    """Write `people` on the roster of `scheme`, with all that is known of them and searched; how many."""
    from tragitto.candidates.actions.indexing import refresh

    rows, count = _Rows(scheme), 0
    for some in batched(people, AT_A_TIME):
        with transaction.atomic():
            tables: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
            for key, person in zip(_keys(len(some)), some, strict=True):
                for table, line in rows.of(person, key):
                    tables[table].append(line)
            for table, lines in tables.items():
                _load(table, lines)
            refresh(line[0] for line in tables["candidate"])
        count += len(some)
    return count


def _keys(number: int) -> list[int]:
    """Keys for so many people, that nobody else is given."""
    with connection.cursor() as cursor:
        sequence = "pg_get_serial_sequence('candidate', 'id')"
        cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [number])
        return [key for (key,) in cursor.fetchall()]


def _load(table: str, lines: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(COLUMNS[table].split())
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def _adult_on(person: MadeUp) -> date:
    return person.birth_on.replace(day=min(person.birth_on.day, 28), year=person.birth_on.year + 18)


def _registered_on(person: MadeUp) -> date:
    return max(person.registered_on, _adult_on(person))


class _Rows:
    """The lines of a person in each table."""

    def __init__(self, scheme: Scheme) -> None:
        from tragitto.schemes.models import Profile, RosterDuty
        from tragitto.schemes.queries import roster_of
        from tragitto.schemes.vocabulary import RosterDutyKind

        self.scheme, self.version = scheme.pk, roster_of(scheme).version
        self.profiles = dict(Profile.objects.filter(scheme=scheme).values_list("code", "pk"))
        self.registrar = RosterDuty.objects.filter(scheme=scheme, duty=RosterDutyKind.REGISTERS)[0]

    def of(self, person: MadeUp, key: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Table and line, table after table."""
        at = datetime.combine(_registered_on(person), time(10), UTC)
        status, reason = ELSEWHERE.get(person.key % 100, ("active", "checked"))
        place = None if status == "checking" else at
        yield "candidate", self._registration(person, key, at, (status, reason, place))
        yield "candidate_identity", self._identity(person, key)
        yield from (("candidate_identity_document", line) for line in self._papers(person, key, at))
        yield from self._abilities(person, key)
        if person.key % 3 == 0:
            office = self.registrar.organisation_id
            yield "candidate_registration", (key, office, f"A-{person.key}", "{}", at, "U-BENCH")
        steps = (("registering", "checking", "sent"), ("checking", status, reason))
        for number, (before, after, why) in enumerate(steps[: 1 if status == "checking" else 2], start=1):
            change = (key, number, before, after, why, self.version, False, True, place, "", "U-BENCH", at)
            yield "candidate_status_change", change

    def _registration(
        self, person: MadeUp, key: int, at: datetime, stand: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        status, reason, place = stand
        account = "" if person.key % 3 == 0 else f"U-BENCH{person.key}"
        return (
            key, f"C-B{person.key:06d}", self.scheme, account, person.language, 1, status, at, reason, place,
            at, _registered_on(person), _adult_on(person), person.available_from, list(person.regions),
            list(person.shifts), person.housing, person.about, "",
        )  # fmt: skip

    def _identity(self, person: MadeUp, key: int) -> tuple[Any, ...]:
        from tragitto.candidates.rules.naming import keys_of

        names = (person.surnames, person.given_names, person.arabic_surnames, person.arabic_given_names)
        return (
            key, *names, person.birth_on, person.birth_place, person.nationality, person.standing,
            person.phone, person.email, person.town, person.country, keys_of(*names), "",
        )  # fmt: skip

    def _papers(self, person: MadeUp, key: int, at: datetime) -> Iterator[tuple[Any, ...]]:
        for place, paper in enumerate(person.papers):
            yield (
                key, f"ID-B{person.key:06d}{place}", paper.kind, paper.number, paper.personal_number,
                paper.issuing_state, person.nationality, person.surnames, person.given_names, person.birth_on,
                paper.issued_on, paper.expires_on, "", False, "typed", at, "U-BENCH", "",
            )  # fmt: skip

    def _abilities(self, person: MadeUp, key: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
        for place, profile in enumerate(person.profiles, start=1):
            words = person.about if place == 1 else ""
            yield "candidate_profile", (key, self.profiles[profile], place, person.years, words, "", "")
        for skill in person.abilities:
            seen_by = "U-BENCH" if skill.proof == "tested" else ""
            yield "candidate_skill", (key, skill.skill, skill.mastery, skill.proof, "", seen_by)
        for tongue, level in person.languages:
            yield "candidate_language", (key, tongue, level, "said", "", "")
        for place, (code, eqf) in enumerate(person.diplomas):
            name = f"DI-B{person.key:06d}{place}"
            line = (key, name, code.replace("-", " "), "OFPPT", "MAR", code, eqf, 2015, "said", "")
            yield "candidate_diploma", line
        for place, job in enumerate(person.jobs):
            name, first = f"X-B{person.key:06d}{place}", self.profiles[person.profiles[0]]
            days = (job.begins_on, job.ends_on)
            told = (key, name, first, job.employer, job.country, job.role, *days, person.about, "", "")
            yield "candidate_experience", told
