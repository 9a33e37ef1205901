"""What a person can do, with what stands behind it on a day: for the desk that tidies and confirms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    CandidateSkill,
    Diploma,
    Experience,
    LanguageLevel,
)
from tragitto.candidates.rules import abilities as rules
from tragitto.candidates.vocabulary import ENDED, Evidence, Proof
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import DiplomaLevelSpec, RosterSpec, SkillSpec
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import SkillGroup

#: Kinds of texts and of statements, as the addresses of the desk have them.
ABOUT, TRADE, WORK = "about", "trade", "work"
SKILL, DIPLOMA, LANGUAGE = "skill", "diploma", "language"


@dataclass(frozen=True)
class Offered:
    """A profile that somebody offers, and the months in which they did that work."""

    row: CandidateProfile
    months: int


@dataclass(frozen=True)
class Stated[Row: CandidateSkill | Diploma | LanguageLevel, Spec]:
    """A statement with what the roster says of it (nothing of what it no longer asks for), what stands behind
    it, and the mark of what is looked at.
    """

    row: Row
    spec: Spec
    evidence: Evidence
    mark: str

    @property
    def is_proved(self) -> bool:
        """Whether a keeper saw it, and it still holds."""
        return self.evidence in rules.PROVED


@dataclass(frozen=True)
class OwnText:
    """Words of a person and the office's text beside them; no `row`: what they tell of themselves."""

    title: str
    words: str
    is_own: bool
    tidied: str
    is_current: bool
    row: CandidateProfile | Experience | None = None


type StatedSkill = Stated[CandidateSkill, SkillSpec | None]
type StatedDiploma = Stated[Diploma, DiplomaLevelSpec | None]
type StatedLanguage = Stated[LanguageLevel, None]


@dataclass(frozen=True)
class Abilities:
    """All that a person can do, on a day; `months` = those of all their work, whatever it was."""

    spec: RosterSpec
    offered: tuple[Offered, ...]
    skills: tuple[StatedSkill, ...]
    experiences: tuple[Experience, ...]
    months: int
    diplomas: tuple[StatedDiploma, ...]
    languages: tuple[StatedLanguage, ...]

    def skills_by_group(self) -> list[tuple[SkillGroup | None, list[StatedSkill]]]:
        """The skills in the order in which a workshop would ask; last what the roster no longer asks for."""
        groups = [*SkillGroup, None]
        found = [
            (group, [each for each in self.skills if (each.spec.group if each.spec else None) == group])
            for group in groups
        ]
        return [(group, skills) for group, skills in found if skills]


def abilities_of(candidate: Candidate, on: date) -> Abilities:
    """What `candidate` can do, as it stands on a day. Six queries."""
    spec = roster_of(candidate.scheme_id)
    experiences = tuple(candidate.experiences.select_related("profile").order_by("-begins_on", "pk"))
    skills = candidate.skills.select_related("file").order_by("skill")
    diplomas = candidate.diplomas.select_related("file").order_by("-eqf", "-year", "pk")
    languages = candidate.languages.select_related("file").order_by("tongue")
    levels = {each.code: each for each in spec.diplomas}
    return Abilities(
        spec=spec,
        offered=tuple(_offered(candidate, experiences, on)),
        skills=tuple(_stated(row, spec.skill(row.skill), row.valid_until, on) for row in skills),
        experiences=experiences,
        months=rules.months_worked(experiences, on),
        diplomas=tuple(_stated(row, levels.get(row.level_code), None, on) for row in diplomas),
        languages=tuple(_stated(row, None, row.valid_until, on) for row in languages),
    )


def showable(candidate: Candidate, on: date) -> list[tuple[str, str, Stated[Any, Any]]]:
    """What a person could show with a paper: certificates that they say to have, diplomas, languages; each
    with its kind and its code. Six queries.
    """
    all_of_it = abilities_of(candidate, on)
    certificates = [each for each in all_of_it.skills if each.spec and each.spec.standard]
    return [
        *((SKILL, each.row.skill, each) for each in certificates),
        *((DIPLOMA, each.row.code, each) for each in all_of_it.diplomas),
        *((LANGUAGE, each.row.tongue, each) for each in all_of_it.languages),
    ]


def papers_to_check(actor: Actor, schemes: Iterable[Scheme]) -> QuerySet[Candidate]:
    """The people of `schemes`, kept by `actor`, who handed in a photo for a skill, a diploma or a language
    at which no keeper has looked; those who wait longest first.
    """
    waiting = Q()
    for rows in (CandidateSkill, Diploma, LanguageLevel):
        handed_in = rows.objects.filter(candidate=OuterRef("pk"), proof=Proof.PAPER, confirmed_by="")
        waiting |= Q(Exists(handed_in))
    found = Candidate.objects.kept_by(actor).filter(scheme__in=schemes).exclude(status__in=ENDED)
    return found.filter(waiting).select_related("identity").order_by("seniority_at", "pk")


def text_of(candidate: Candidate, kind: str, code: str) -> OwnText:
    """The words of a person of this kind (`ABOUT`, `TRADE`, `WORK`) about this profile or work; raises
    `NotFound`. One query at most.
    """
    if kind == ABOUT and code == candidate.code:
        said = (candidate.about, candidate.about_is_own, candidate.about_tidied)
        return OwnText("", *said, bool(candidate.about_tidied_by))
    row: CandidateProfile | Experience | None = None
    if kind == TRADE:
        row = candidate.profiles.select_related("profile").filter(profile__code=code).first()
    elif kind == WORK:
        row = candidate.experiences.select_related("profile").filter(code=code).first()
    if row is None:
        raise NotFound(code)
    title = row.role if isinstance(row, Experience) else ""
    return OwnText(title, row.words, row.words_are_own, row.tidied, bool(row.tidied_by), row)


def statement_of(candidate: Candidate, kind: str, code: str, on: date) -> Stated[Any, Any]:
    """The statement of a person of this kind (`SKILL`, `DIPLOMA`, `LANGUAGE`) with this code; raises
    `NotFound`. Two queries.
    """
    sets: dict[str, tuple[str, str]] = {
        SKILL: ("skills", "skill"),
        DIPLOMA: ("diplomas", "code"),
        LANGUAGE: ("languages", "tongue"),
    }
    name, field = sets.get(kind, ("skills", "skill"))
    row = getattr(candidate, name).select_related("file").filter(**{field: code}).first()
    if row is None or kind not in sets:
        raise NotFound(code)
    spec = roster_of(candidate.scheme_id)
    known = {
        SKILL: spec.skill(code),
        DIPLOMA: next((each for each in spec.diplomas if each.code == getattr(row, "level_code", "")), None),
        LANGUAGE: None,
    }
    return _stated(row, known[kind], getattr(row, "valid_until", None), on)


def _offered(candidate: Candidate, experiences: Iterable[Experience], on: date) -> Iterable[Offered]:
    for row in candidate.profiles.select_related("profile").order_by("position", "pk"):
        work = [each for each in experiences if each.profile_id == row.profile_id]
        yield Offered(row, rules.months_worked(work, on))


def _stated[Row: CandidateSkill | Diploma | LanguageLevel, Spec](
    row: Row, spec: Spec, valid_until: date | None, on: date
) -> Stated[Row, Spec]:
    evidence = rules.evidence(row, valid_until, on)
    return Stated(row, spec, evidence, rules.mark_of_statement(row))
