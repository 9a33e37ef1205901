"""People as rows of an export: only what the columns show is read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tragitto.candidates import words
from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    CandidateSkill,
    Diploma,
    IdentityDocument,
    LanguageLevel,
    Registration,
)
from tragitto.candidates.models.candidates import UNSENT
from tragitto.candidates.queries.among import who, whose
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Profile, Region, Scheme
from tragitto.schemes.queries import roster_of

#: Fields of the registration or the identity that are shown as they are.
_PLAIN = {
    "code": "code",
    "surnames": "identity__surnames",
    "given_names": "identity__given_names",
    "arabic_surnames": "identity__arabic_surnames",
    "arabic_given_names": "identity__arabic_given_names",
    "birth_on": "identity__birth_on",
    "nationality": "identity__nationality",
    "phone": "identity__phone",
    "email": "identity__email",
    "town": "identity__town",
    "valid_until": "valid_until",
    "confirm_by": "confirm_by",
    "available_from": "available_from",
    "language": "language",
}
#: Fields that are said in words, by column.
_SAID = {
    "confirmed": "identity__confirmed_at",
    "status": "status",
    "reason": "reason",
    "seniority": "seniority_at",
    "regions": "regions",
    "shifts": "shifts",
    "housing": "housing",
}
#: Lines of other tables by column: whose they are, in which order, and what of them is shown.
_LINES: Mapping[str, tuple[QuerySet[Any], tuple[str, ...]]] = {
    "profiles": (CandidateProfile.objects.order_by("position"), ("profile__code", "years")),
    "skills": (CandidateSkill.objects.order_by("skill"), ("skill", "mastery")),
    "languages": (LanguageLevel.objects.order_by("tongue"), ("tongue", "level")),
    "diplomas": (Diploma.objects.order_by("pk"), ("title", "level_code", "year")),
    "eqf": (Diploma.objects.exclude(eqf=None), ("eqf",)),
    "documents": (
        IdentityDocument.objects.filter(superseded_at=None).order_by("pk"),
        ("kind", "number", "expires_on"),
    ),
    "registrars": (
        Registration.objects.filter(ended_at=None).order_by("pk"),
        ("organisation__code", "reference"),
    ),
}


def rows(scheme: Scheme, people: Sequence[str], columns: Sequence[str], language: str) -> list[list[object]]:
    """One row for each of `people` (their codes) who is on this roster, in their order, with these columns.

    In the language that is active; texts of the roster in `language`. One query, two for titles, one for each
    column that shows lines of another table.
    """
    fields = {known[column] for column in columns for known in (_PLAIN, _SAID) if column in known}
    sent = Candidate.objects.filter(who(people), scheme=scheme).exclude(status__in=UNSENT)
    by_code = {each["code"]: each for each in sent.values("pk", "code", *fields)}
    known = [by_code[code] for code in people if code in by_code]
    keys, words_of = [each["pk"] for each in known], _Words(scheme, language)
    values = [_column(column, known, keys, words_of) for column in columns]
    return [list(row) for row in zip(*values, strict=True)]


def _column(
    column: str, known: Sequence[Mapping[str, Any]], keys: Sequence[int], words_of: "_Words"
) -> list[object]:
    if column in _PLAIN:
        return [each[_PLAIN[column]] for each in known]
    say: Callable[[Any], object] = getattr(words_of, column)
    if column in _SAID:
        return [say(each[_SAID[column]]) for each in known]
    lines = _lines(column, keys)
    return [say(lines[key]) if key in lines else "" for key in keys]


def _lines(column: str, keys: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    rows, shown = _LINES[column]
    found: dict[int, list[tuple[Any, ...]]] = {}
    for key, *values in rows.filter(whose(keys)).values_list("candidate", *shown):
        found.setdefault(key, []).append(tuple(values))
    return found


class _Words:
    """What the columns say: one method for each that is said in words, or made of lines."""

    def __init__(self, scheme: Scheme, language: str) -> None:
        roster = roster_of(scheme)
        self._profiles = _titles(Profile.objects.filter(scheme=scheme), language)
        self._regions = _titles(Region.objects.filter(scheme=scheme), language)
        self._skills = {each.code: in_language(each.title, language) for each in roster.skills}
        self._levels = {each.code: in_language(each.title, language) for each in roster.diplomas}
        self._reasons = {each.code: in_language(each.title, language) for each in roster.reasons}
        self._kinds = {each.kind.value: in_language(each.title, language) for each in roster.identities}
        self._statuses, self._shifts = _said(words.STATUS), _said(words.SHIFT)
        self._housings, self._masteries = _said(words.HOUSING), _said(words.MASTERY)
        self._tongues = _said(words.TONGUE)

    def status(self, code: str) -> str:
        return self._statuses[code]

    def reason(self, code: str) -> str:
        return self._reasons.get(code, code)

    def housing(self, code: str) -> str:
        return self._housings.get(code, "")

    def confirmed(self, at: datetime | None) -> date | None:
        return timezone.localdate(at) if at else None

    def seniority(self, at: datetime | None) -> date | None:
        return timezone.localdate(at) if at else None

    def regions(self, codes: Sequence[str]) -> str:
        return _joined(self._regions.get(code, code) for code in codes)

    def shifts(self, codes: Sequence[str]) -> str:
        return _joined(self._shifts.get(code, code) for code in codes)

    def profiles(self, lines: Sequence[tuple[str, int]]) -> str:
        return _joined(f"{self._profiles[code]} ({years})" for code, years in lines)

    def skills(self, lines: Sequence[tuple[str, str]]) -> str:
        mastered = self._masteries
        return _joined(
            f"{self._skills.get(code, code)} ({mastered[mastery]})"
            if mastery
            else self._skills.get(code, code)
            for code, mastery in lines
        )

    def languages(self, lines: Sequence[tuple[str, str]]) -> str:
        return _joined(f"{self._tongues.get(tongue, tongue)} {level}" for tongue, level in lines)

    def diplomas(self, lines: Sequence[tuple[str, str, int | None]]) -> str:
        return _joined(
            ", ".join(str(each) for each in (title, self._levels.get(level, level), year) if each)
            for title, level, year in lines
        )

    def eqf(self, lines: Sequence[tuple[int]]) -> int:
        return max(level for (level,) in lines)

    def documents(self, lines: Sequence[tuple[str, str, date | None]]) -> str:
        return _joined(
            f"{self._kinds.get(kind, kind)} {number}" + (f" ({expires_on.isoformat()})" if expires_on else "")
            for kind, number, expires_on in lines
        )

    def registrars(self, lines: Sequence[tuple[str, str]]) -> str:
        return _joined(f"{organisation} {reference}" for organisation, reference in lines)


def _titles(rows: QuerySet[Any], language: str) -> dict[str, str]:
    return {code: in_language(title, language) for code, title in rows.values_list("code", "title")}


def _said(known: Mapping[str, object]) -> dict[str, str]:
    return {code: str(word) for code, word in known.items()}


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
