"""A person as a run reads them: what they can do and wish, and nothing that tells who they are. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tragitto.candidates.rules.sheets import Sheet, SkillLine
from tragitto.candidates.vocabulary import Mastery, Proof
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.vocabulary import SkillGroup, SkillScale

_ABLE = frozenset({Mastery.ALONE, Mastery.TEACHES})
_PROVED = frozenset({Proof.PAPER, Proof.TESTED})


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person under their public code.

    `years` = whole years by the profiles that they offer; empty regions or shifts = any.
    """

    code: str
    years: Mapping[str, int]
    levels: Mapping[str, str]
    schooling: int
    skills: frozenset[str]
    licences: frozenset[str]
    available_from: date | None
    regions: tuple[str, ...]
    shifts: tuple[str, ...]


def licences_of(roster: RosterSpec) -> tuple[str, ...]:
    """The skills of a roster that are a certificate or licence, of which a paper says until when."""
    return tuple(each.code for each in roster.skills if each.group == SkillGroup.CERTIFICATE)


def people_of(sheets: Iterable[Sheet], roster: RosterSpec, *, on: date) -> list[Person]:
    """What a run reads of each sheet on the day `on`.

    Years in a profile = the years told, or those of the work told in it, whichever are more. A skill counts
    when somebody does it alone, or has it where there are no levels, or was tested; a licence when a paper
    or a test stands behind it and is valid on that day.
    """
    held = {each.code for each in roster.skills if each.scale == SkillScale.HELD}
    licences = set(licences_of(roster))
    return [_person(sheet, held, licences, on) for sheet in sheets]


def _person(sheet: Sheet, held: set[str], licences: set[str], on: date) -> Person:
    return Person(
        code=sheet.code or "",
        years=_years(sheet),
        levels={each.tongue: each.level for each in sheet.languages if each.tongue and each.level},
        schooling=max((each.eqf or 0 for each in sheet.diplomas), default=0),
        skills=frozenset(each.skill for each in sheet.skills if each.skill and _is_able(each, held)),
        licences=frozenset(
            each.skill for each in sheet.skills if each.skill in licences and _is_valid(each, on)
        ),
        available_from=sheet.available_from,
        regions=tuple(sheet.regions or ()),
        shifts=tuple(sheet.shifts or ()),
    )


def _years(sheet: Sheet) -> dict[str, int]:
    worked: dict[str | None, int] = {}
    for each in sheet.experiences:
        worked[each.profile] = worked.get(each.profile, 0) + (each.months or 0)
    return {
        each.profile: max(each.years or 0, worked.get(each.profile, 0) // 12)
        for each in sheet.profiles
        if each.profile
    }


def _is_able(line: SkillLine, held: set[str]) -> bool:
    return line.mastery in _ABLE or line.proof == Proof.TESTED or line.skill in held


def _is_valid(line: SkillLine, on: date) -> bool:
    return line.proof in _PROVED and (line.valid_until is None or line.valid_until >= on)
