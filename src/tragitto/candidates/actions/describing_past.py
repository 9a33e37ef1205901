"""Saying what one has done: work, diplomas, languages; by the person, or by an officer for them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tragitto.candidates.actions.describing_words import (
    held_describable,
    refuse_others_file,
    refuse_own,
    say,
    shown,
    told,
)
from tragitto.candidates.models import Candidate, CandidateFile, Diploma, Experience, LanguageLevel
from tragitto.candidates.rules import abilities as rules
from tragitto.candidates.rules.abilities import Study, Tongue, Work
from tragitto.candidates.words.abilities import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked
from tragitto.schemes.models import Profile
from tragitto.schemes.queries import roster_of


@transaction.atomic
def add_experience(*, candidate: Candidate, work: Work, actor: Actor, at: datetime) -> Experience:
    """Add work done somewhere; the same work once more is the row that there is.

    Raises `NotAllowed`; `Blocked` with a finding for each field that is wrong.
    """
    candidate = held_describable(candidate, actor)
    profile = _checked_work(candidate, work, at)
    facts = _facts_of_work(candidate, work, profile)
    if known := candidate.experiences.filter(**facts, words=work.words).first():
        return known

    row = Experience(candidate=candidate, code=new_code("X"), **facts)
    say(candidate, row, work.words, actor)
    row.save()
    told(candidate, "experience", {"experience": row.code}, actor=actor, at=at)
    return row


@transaction.atomic
def change_experience(*, experience: Experience, work: Work, actor: Actor, at: datetime) -> Experience:
    """Say something else about work done; the office's text beside changed words is to be looked at again.

    Raises `NotAllowed`; `Blocked` with a finding for each field that is wrong, and for words that are the
    person's own, of others.
    """
    candidate = held_describable(experience.candidate, actor)
    experience = candidate.experiences.get(pk=experience.pk)
    facts = _facts_of_work(candidate, work, _checked_work(candidate, work, at))

    for name, value in facts.items():
        setattr(experience, name, value)
    say(candidate, experience, work.words, actor)
    experience.save(update_fields=[*facts, "words", "words_are_own", "tidied_by"])
    told(candidate, "experience", {"experience": experience.code}, actor=actor, at=at)
    return experience


@transaction.atomic
def remove_experience(*, experience: Experience, actor: Actor, at: datetime) -> None:
    """Take work done off the registration. Raises `NotAllowed`; `Blocked` for the person's own words, of
    others.
    """
    candidate = held_describable(experience.candidate, actor)
    refuse_own(candidate, experience, actor)

    Experience.objects.filter(pk=experience.pk, candidate=candidate).delete()
    told(candidate, "experience_removed", {"experience": experience.code}, actor=actor, at=at)


@transaction.atomic
def add_diploma(
    *, candidate: Candidate, study: Study, file: CandidateFile | None = None, actor: Actor, at: datetime
) -> Diploma:
    """Add a diploma; its indicative level of the EQF is what the roster says of its level. The same diploma
    once more is the row that there is.

    Raises `NotAllowed`; `Blocked` with a finding for each field that is wrong.
    """
    candidate = held_describable(candidate, actor)
    facts = _facts_of_study(candidate, study, file, at)
    if known := candidate.diplomas.filter(**{name: facts[name] for name in facts if name != "file"}).first():
        return known

    row = Diploma.objects.create(
        candidate=candidate, code=new_code("D"), **facts, file=file, proof=shown(file)
    )
    told(candidate, "diploma", {"diploma": row.code}, actor=actor, at=at)
    return row


@transaction.atomic
def change_diploma(
    *, diploma: Diploma, study: Study, file: CandidateFile | None = None, actor: Actor, at: datetime
) -> Diploma:
    """Say something else about a diploma, or show it (`file`; the photo there is stays without one). What a
    keeper had confirmed and is another thing now has to be confirmed again.

    Raises `NotAllowed`; `Blocked` with a finding for each field that is wrong.
    """
    candidate = held_describable(diploma.candidate, actor)
    diploma = candidate.diplomas.select_related("file").get(pk=diploma.pk)
    facts = _facts_of_study(candidate, study, file, at) | {"file": file or diploma.file}
    if all(getattr(diploma, name) == value for name, value in facts.items()):
        return diploma

    for name, value in facts.items():
        setattr(diploma, name, value)
    diploma.proof, diploma.confirmed_by = shown(diploma.file), ""
    diploma.save(update_fields=[*facts, "proof", "confirmed_by"])
    told(candidate, "diploma", {"diploma": diploma.code}, actor=actor, at=at)
    return diploma


@transaction.atomic
def remove_diploma(*, diploma: Diploma, actor: Actor, at: datetime) -> None:
    """Take a diploma off the registration. Raises `NotAllowed`."""
    candidate = held_describable(diploma.candidate, actor)

    Diploma.objects.filter(pk=diploma.pk, candidate=candidate).delete()
    told(candidate, "diploma_removed", {"diploma": diploma.code}, actor=actor, at=at)


@transaction.atomic
def say_language(
    *,
    candidate: Candidate,
    said: Tongue,
    file: CandidateFile | None = None,
    actor: Actor,
    at: datetime,
) -> LanguageLevel:
    """Say how well the person knows a language, and with which certificate (`file` = its photo; the one there
    is stays without it). Said anew, the newer word holds, and what a keeper had confirmed has to be
    confirmed again; the same once more changes nothing.

    Raises `NotAllowed`; `Blocked` with a finding for each field that is wrong.
    """
    candidate = held_describable(candidate, actor)
    if wrong := rules.wrong_tongue(said, roster_of(candidate.scheme)):
        raise Blocked(refusals(wrong))
    refuse_others_file(candidate, file)
    row = candidate.languages.select_related("file").filter(tongue=said.tongue).first()
    row = row or LanguageLevel(candidate=candidate, tongue=said.tongue)
    facts = {
        "level": said.level,
        "certificate": said.paper.number,
        "valid_until": said.paper.valid_until,
        "file": file or row.file,
    }
    if row.pk and all(getattr(row, name) == value for name, value in facts.items()):
        return row

    for name, value in facts.items():
        setattr(row, name, value)
    row.proof, row.confirmed_by = shown(row.file), ""
    row.save()
    named = {"language": said.tongue, "level": said.level}
    told(candidate, "language", named, actor=actor, at=at)
    return row


@transaction.atomic
def drop_language(*, candidate: Candidate, tongue: str, actor: Actor, at: datetime) -> None:
    """Take a language off the registration; one that is not there stays away. Raises `NotAllowed`."""
    candidate = held_describable(candidate, actor)

    gone, _rows = LanguageLevel.objects.filter(candidate=candidate, tongue=tongue).delete()
    if gone:
        told(candidate, "language_removed", {"language": tongue}, actor=actor, at=at)


def _checked_work(candidate: Candidate, work: Work, at: datetime) -> Profile | None:
    wrong = rules.wrong_work(work, timezone.localdate(at))
    profile = candidate.scheme.profiles.filter(code=work.profile).first() if work.profile else None
    if work.profile and profile is None:
        wrong["profile"] = "unknown_profile"
    if wrong:
        raise Blocked(refusals(wrong))
    return profile


def _facts_of_work(candidate: Candidate, work: Work, profile: Profile | None) -> dict[str, object]:
    assert work.begins_on is not None
    return {
        "profile": profile,
        "employer": work.employer,
        "country": work.country or roster_of(candidate.scheme).origin,
        "role": work.role,
        "begins_on": rules.first_of_month(work.begins_on),
        "ends_on": work.ends_on and rules.first_of_month(work.ends_on),
    }


def _facts_of_study(
    candidate: Candidate, study: Study, file: CandidateFile | None, at: datetime
) -> dict[str, object]:
    spec = roster_of(candidate.scheme)
    if wrong := rules.wrong_study(study, spec, timezone.localdate(at)):
        raise Blocked(refusals(wrong))
    refuse_others_file(candidate, file)
    return {
        "title": study.title,
        "institution": study.institution,
        "country": rules.country_of(study, spec),
        "level_code": study.level_code,
        "eqf": rules.level_of(study, spec),
        "year": study.year,
    }
