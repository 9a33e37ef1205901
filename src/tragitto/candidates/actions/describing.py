"""Saying what one can do: profiles in the order of the wish, skills, what one prefers, in one's own words.

Each verb is for the person, and for an officer of a keeper to whom the person dictates; what the person wrote
stays theirs, and an officer tidies it apart (`describing_tidying`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tragitto.candidates.actions.describing_past import (
    add_diploma,
    add_experience,
    change_diploma,
    change_experience,
    drop_language,
    remove_diploma,
    remove_experience,
    say_language,
)
from tragitto.candidates.actions.describing_words import (
    held_describable,
    is_own,
    own_words,
    refuse_others_file,
    refuse_own,
    say,
    shown,
    told,
)
from tragitto.candidates.models import Candidate, CandidateFile, CandidateProfile, CandidateSkill
from tragitto.candidates.rules import abilities as rules
from tragitto.candidates.rules.abilities import Paper
from tragitto.candidates.vocabulary import Housing, Proof, Shift
from tragitto.candidates.words.abilities import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked
from tragitto.schemes.queries import roster_of

#: What somebody prefers, as columns of the registration.
WISHES = ("available_from", "regions", "shifts", "housing")


@transaction.atomic
def offer_profiles(*, candidate: Candidate, profiles: Sequence[str], actor: Actor, at: datetime) -> None:
    """Make `profiles` (codes, in the order of the wish) those that the person offers; words and years of the
    ones that stay are kept.

    Raises `NotAllowed`; `Blocked` for a profile that the scheme does not have, and when somebody else would
    take away a profile that the person has described in their own words.
    """
    candidate = held_describable(candidate, actor)
    wanted = list(dict.fromkeys(profiles))
    known = {each.code: each for each in candidate.scheme.profiles.filter(code__in=wanted)}
    if set(wanted) != known.keys():
        raise Blocked(refusals({"profiles": "unknown_profile"}))
    rows = {each.profile.code: each for each in candidate.profiles.select_related("profile")}
    gone = [each for code, each in rows.items() if code not in known]
    for each in gone:
        refuse_own(candidate, each, actor)

    CandidateProfile.objects.filter(pk__in=[each.pk for each in gone]).delete()
    for position, code in enumerate(wanted, start=1):
        candidate.profiles.update_or_create(profile=known[code], defaults={"position": position})
    told(candidate, "profiles", {"profiles": wanted}, actor=actor, at=at)


@transaction.atomic
def tell_trade(
    *, candidate: Candidate, profile: str, years: int, words: str, actor: Actor, at: datetime
) -> CandidateProfile:
    """Say for how many years somebody has done the work of `profile`, and what they did, in their words.

    Changed words ask for the office's text to be looked at again. Raises `NotAllowed`; `Blocked` for a
    profile that the person does not offer, too many years, and words that are the person's own.
    """
    candidate = held_describable(candidate, actor)
    row = candidate.profiles.filter(profile__code=profile).first()
    if row is None:
        raise Blocked(refusals({"profile": "unknown_profile"}))
    wrong = {} if 0 <= years <= rules.MOST_YEARS else {"years": "no_years"}
    if len(words) > rules.LONGEST_TEXT:
        wrong["words"] = "too_long"
    if wrong:
        raise Blocked(refusals(wrong))

    row.years = years
    say(candidate, row, words, actor)
    row.save(update_fields=["years", "words", "words_are_own", "tidied_by"])
    told(candidate, "trade", {"profile": profile}, actor=actor, at=at)
    return row


@transaction.atomic
def tell_about(*, candidate: Candidate, about: str, actor: Actor, at: datetime) -> None:
    """Write what somebody tells of themselves, in their words; as `tell_trade` about the office's text.

    Raises `NotAllowed`; `Blocked` for too much, and for words that are the person's own.
    """
    candidate = held_describable(candidate, actor)
    if len(about) > rules.LONGEST_TEXT:
        raise Blocked(refusals({"about": "too_long"}))
    if about == candidate.about:
        return
    if candidate.about and candidate.about_is_own and not is_own(candidate, actor):
        raise Blocked(own_words())

    candidate.about, candidate.about_is_own = about, is_own(candidate, actor)
    candidate.about_tidied_by = ""
    candidate.save(update_fields=["about", "about_is_own", "about_tidied_by"])
    told(candidate, "about", {}, actor=actor, at=at)


@transaction.atomic
def say_skills(
    *, candidate: Candidate, profile: str, skills: Sequence[str], actor: Actor, at: datetime
) -> None:
    """Make `skills` those of the roster's skills of `profile` that the person has: new ones are only said,
    those left out go with what stood behind them, all others stay as they are.

    Raises `NotAllowed`; `Blocked` for a skill that does not count for the profile.
    """
    candidate = held_describable(candidate, actor)
    counting = {each.code for each in roster_of(candidate.scheme).skills if profile in each.profiles}
    if not set(skills) <= counting:
        raise Blocked(refusals({"skills": "unknown_skill"}))

    had = set(candidate.skills.filter(skill__in=counting).values_list("skill", flat=True))
    CandidateSkill.objects.filter(candidate=candidate, skill__in=counting - set(skills)).delete()
    CandidateSkill.objects.bulk_create(
        CandidateSkill(candidate=candidate, skill=skill, proof=Proof.SAID)
        for skill in dict.fromkeys(skills)
        if skill not in had
    )
    told(candidate, "skills", {"profile": profile, "skills": sorted(set(skills))}, actor=actor, at=at)


@transaction.atomic
def rate_skills(*, candidate: Candidate, mastery: Mapping[str, str], actor: Actor, at: datetime) -> None:
    """Say how well the person does each of these skills (empty: not said). A keeper has confirmed what stands
    on a paper, not how well: the paper stays confirmed, a test at work does not.

    Raises `NotAllowed`; `Blocked` for a skill that the person does not have, or that has no degrees.
    """
    candidate = held_describable(candidate, actor)
    spec = roster_of(candidate.scheme)
    rows = {each.skill: each for each in candidate.skills.filter(skill__in=mastery)}
    wrong = {skill: "unknown_skill" for skill in mastery if skill not in rows}
    for skill, word in mastery.items():
        if problems := rules.wrong_skill(skill, word, spec):
            wrong[skill] = next(iter(problems.values()))
    if wrong:
        raise Blocked(refusals(wrong))

    for skill, row in rows.items():
        if row.mastery == mastery[skill]:
            continue
        row.mastery = mastery[skill]
        if row.proof == Proof.TESTED:
            row.proof, row.confirmed_by = shown(row.file), ""
        row.save(update_fields=["mastery", "proof", "confirmed_by"])
    told(candidate, "mastery", {"skills": sorted(mastery)}, actor=actor, at=at)


@transaction.atomic
def show_paper(
    *,
    candidate: Candidate,
    skill: str,
    paper: Paper,
    file: CandidateFile | None,
    actor: Actor,
    at: datetime,
) -> CandidateSkill:
    """Say which certificate stands behind a skill: number, last day, photo. It proves nothing until a keeper
    has looked at it; the same paper once more changes nothing.

    Raises `NotAllowed`; `Blocked` for a skill that the roster does not ask for, a day beyond what the
    standard of the certificate allows, and a photo of somebody else.
    """
    candidate = held_describable(candidate, actor)
    wrong = rules.wrong_paper(skill, paper, roster_of(candidate.scheme), timezone.localdate(at))
    if wrong:
        raise Blocked(refusals(wrong))
    refuse_others_file(candidate, file)
    row, _new = candidate.skills.get_or_create(skill=skill, defaults={"proof": Proof.SAID})
    file = file or row.file
    if (row.certificate, row.valid_until, row.file) == (paper.number, paper.valid_until, file):
        return row

    row.certificate, row.valid_until, row.file = paper.number, paper.valid_until, file
    row.proof, row.confirmed_by = shown(file), ""
    row.save(update_fields=["certificate", "valid_until", "file", "proof", "confirmed_by"])
    told(candidate, "paper", {"skill": skill, "photo": file is not None}, actor=actor, at=at)
    return row


@transaction.atomic
def prefer(*, candidate: Candidate, wishes: Mapping[str, object], actor: Actor, at: datetime) -> None:
    """Write what the person prefers, of `available_from`, `regions`, `shifts`, `housing`; nothing prefers
    itself: what is left out stays, what is empty is open to all.

    Raises `NotAllowed`; `Blocked` for what the scheme does not offer.
    """
    candidate = held_describable(candidate, actor)
    wanted = {name: wishes[name] for name in WISHES if name in wishes}
    if wrong := _wrong_wishes(candidate, wanted):
        raise Blocked(refusals(wrong))

    for name, value in wanted.items():
        setattr(candidate, name, value)
    candidate.save(update_fields=list(wanted))
    told(candidate, "wishes", {"fields": sorted(wanted)}, actor=actor, at=at)


def _wrong_wishes(candidate: Candidate, wanted: Mapping[str, object]) -> dict[str, str]:
    offered = {
        "regions": set(candidate.scheme.regions.values_list("code", flat=True)),
        "shifts": {word.value for word in Shift},
    }
    wrong = {
        name: f"unknown_{name.removesuffix('s')}"
        for name, known in offered.items()
        if not set(_several(wanted.get(name))) <= known
    }
    housing = wanted.get("housing")
    return wrong if not housing or housing in list(Housing) else wrong | {"housing": "unknown_housing"}


def _several(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


__all__ = [
    "add_diploma",
    "add_experience",
    "change_diploma",
    "change_experience",
    "drop_language",
    "offer_profiles",
    "prefer",
    "rate_skills",
    "remove_diploma",
    "remove_experience",
    "say_language",
    "say_skills",
    "show_paper",
    "tell_about",
    "tell_trade",
]
