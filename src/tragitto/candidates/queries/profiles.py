"""A person on one sheet, for a reader: the one way by which anything about a person is shown or printed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch

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
    masked,
)
from tragitto.candidates.vocabulary import Audience
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import RosterDutyKind


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
    """The sheets of these people (database keys) as `audience` may read them. Seven queries, however many."""
    whole = Candidate.objects.filter(pk__in=list(candidates)).select_related("identity")
    found = whole.prefetch_related(
        Prefetch("profiles", CandidateProfile.objects.select_related("profile").order_by("position", "pk")),
        Prefetch("skills", CandidateSkill.objects.order_by("skill")),
        Prefetch("experiences", Experience.objects.select_related("profile").order_by("-begins_on", "pk")),
        Prefetch("diplomas", Diploma.objects.order_by("-eqf", "pk")),
        Prefetch("languages", LanguageLevel.objects.order_by("tongue")),
    )
    return {each.pk: masked(_sheet(each, on), audience) for each in found}


def sheet(candidate: Candidate, audience: Audience, *, on: date) -> Sheet:
    """The sheet of one person. Seven queries."""
    return sheets([candidate.pk], audience, on=on)[candidate.pk]


def _sheet(person: Candidate, on: date) -> Sheet:
    identity = getattr(person, "identity", None)
    names = ("surnames", "given_names", "arabic_surnames", "arabic_given_names", "birth_on", "birth_place")
    rest = ("nationality", "phone", "email", "town")
    return Sheet(
        **{name: getattr(identity, name) for name in names + rest if identity},
        code=person.code,
        status=person.status,
        seniority_at=person.seniority_at,
        about=person.about,
        about_tidied=person.about_tidied if person.about_tidied_by else "",
        available_from=person.available_from,
        regions=person.regions,
        shifts=person.shifts,
        housing=person.housing,
        profiles=tuple(_profile(each) for each in person.profiles.all()),
        skills=tuple(_skill(each) for each in person.skills.all()),
        experiences=tuple(_experience(each, on) for each in person.experiences.all()),
        diplomas=tuple(_diploma(each) for each in person.diplomas.all()),
        languages=tuple(_language(each) for each in person.languages.all()),
    )


def _tidied(row: CandidateProfile | Experience) -> str:
    """The office's text, as long as the person's own words have not changed since."""
    return row.tidied if row.tidied_by else ""


def _profile(row: CandidateProfile) -> ProfileLine:
    return ProfileLine(profile=row.profile.code, years=row.years, words=row.words, tidied=_tidied(row))


def _skill(row: CandidateSkill) -> SkillLine:
    return SkillLine(
        skill=row.skill,
        mastery=row.mastery,
        proof=row.proof,
        valid_until=row.valid_until,
        certificate=row.certificate,
    )


def _experience(row: Experience, on: date) -> ExperienceLine:
    end = row.ends_on or on
    return ExperienceLine(
        profile=row.profile.code if row.profile else None,
        country=row.country,
        months=max(0, (end.year - row.begins_on.year) * 12 + end.month - row.begins_on.month + 1),
        role=row.role,
        employer=row.employer,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        words=row.words,
        tidied=_tidied(row),
    )


def _diploma(row: Diploma) -> DiplomaLine:
    return DiplomaLine(
        level_code=row.level_code,
        eqf=row.eqf,
        country=row.country,
        proof=row.proof,
        title=row.title,
        institution=row.institution,
        year=row.year,
    )


def _language(row: LanguageLevel) -> LanguageLine:
    return LanguageLine(
        tongue=row.tongue,
        level=row.level,
        proof=row.proof,
        valid_until=row.valid_until,
        certificate=row.certificate,
    )
