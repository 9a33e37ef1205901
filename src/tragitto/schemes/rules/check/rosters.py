"""Checks the roster of a pack: what would leave somebody without a way, a notice, or an answer."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from tragitto.schemes.pack import Pack, RosterSpec
from tragitto.schemes.rules.check.schemes import repeated
from tragitto.schemes.rules.problems import Problem
from tragitto.schemes.vocabulary import (
    ConsentEffect,
    ReasonGiver,
    ReasonUse,
    RosterDutyKind,
    RosterStatus,
    SkillGroup,
    SkillScale,
)

WHERE = "roster.toml"
_STATE = re.compile(r"[A-Z]{3}|D")
_ESCO_SKILL = re.compile(r"http://data\.europa\.eu/esco/skill/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HIGHEST_EQF = 8
#: Turns that would leave a person without a right: the person themselves takes them.
_OF_THE_PERSON = (ReasonUse.SENDING, ReasonUse.PAUSING, ReasonUse.RETURNING, ReasonUse.WITHDRAWING)


def check(pack: Pack) -> list[Problem]:
    """What is wrong with the roster of `pack`; a pack without one has nothing wrong with it."""
    spec = pack.roster
    if spec is None:
        return []
    return [
        *_codes(spec),
        *_duties(spec, pack),
        *_notices(spec),
        *_consents(spec),
        *_validity(spec),
        *_reasons(spec),
        *_diplomas(spec),
        *_skills(spec, pack),
    ]


def _problem(code: str, text: str) -> Problem:
    return Problem(code, WHERE, text)


def _codes(spec: RosterSpec) -> list[Problem]:
    named: tuple[tuple[str, Iterable[str]], ...] = (
        ("consent", (each.code for each in spec.consents)),
        ("reason", (each.code for each in spec.reasons)),
        ("level of diplomas", (each.code for each in spec.diplomas)),
        ("skill", (each.code for each in spec.skills)),
        ("organisation", (each.code for each in spec.organisations)),
        ("language", spec.languages),
        ("kind of document", (each.kind for each in spec.identities)),
        ("consent with the effect", (each.effect for each in spec.consents)),
        ("reason for the turn", (each.use for each in spec.reasons if each.use)),
        ("notice", (f"{each.controller} {each.version}" for each in spec.notices)),
        ("duty", (f"{each.duty} {each.organisation}" for each in spec.duties)),
    )
    return [
        _problem("duplicated_code", f"the {what} {code} is written twice")
        for what, codes in named
        for code in repeated(codes)
    ]


def _duties(spec: RosterSpec, pack: Pack) -> list[Problem]:
    known = {each.code for each in (*pack.scheme.organisations, *spec.organisations)}
    bodies = [("duty", each.organisation) for each in spec.duties]
    bodies += [("notice", each.controller) for each in spec.notices]
    bodies += [("consent", each.controller) for each in spec.consents]
    found = [
        _problem("unknown_organisation", f"{what}: no organisation {code}")
        for what, code in sorted(set(bodies))
        if code not in known
    ]
    if not any(each.duty is RosterDutyKind.KEEPS for each in spec.duties):
        found.append(_problem("kept_by_nobody", "no organisation keeps the roster"))
    return found


def _notices(spec: RosterSpec) -> list[Problem]:
    """Whoever keeps, registers or rests on a consent says what happens with the data (arts. 13-14 GDPR)."""
    owing = {each.organisation for each in spec.duties} | {each.controller for each in spec.consents}
    found = [
        _problem("no_notice", f"{code} has no privacy notice")
        for code in sorted(owing - {each.controller for each in spec.notices})
    ]
    by_controller: dict[str, list[tuple[int, date]]] = {}
    for notice in spec.notices:
        by_controller.setdefault(notice.controller, []).append((notice.version, notice.valid_from))
    return found + [
        _problem("notices_out_of_order", f"a newer notice of {code} begins before an older one")
        for code, versions in sorted(by_controller.items())
        if [day for _version, day in sorted(versions)] != sorted(day for _version, day in versions)
        or len({day for _version, day in versions}) < len(versions)
    ]


def _consents(spec: RosterSpec) -> list[Problem]:
    asked = {each.effect for each in spec.consents}
    return [
        _problem("consent_not_asked", f"no consent allows {effect.value}: it would happen to nobody")
        for effect in ConsentEffect
        if effect not in asked
    ]


def _validity(spec: RosterSpec) -> list[Problem]:
    clock = spec.validity
    days = (clock.waiting_days, clock.confirm_days, clock.grace_days, clock.return_days, *clock.remind_before)
    found = [_problem("days_below_one", f"{each} is no number of days") for each in days if each < 1]
    if clock.confirm_days > clock.waiting_days:
        found.append(_problem("never_confirmed", "a registration ends before it is ever confirmed"))
    if any(each >= clock.confirm_days for each in clock.remind_before):
        found.append(_problem("reminded_too_early", "people are reminded before they have registered"))
    late = [each.kind for each in spec.identities if any(day < 1 for day in each.warn_days)]
    return found + [
        _problem("days_below_one", f"the warning about a {kind} comes when it is over") for kind in late
    ]


def _reasons(spec: RosterSpec) -> list[Problem]:
    reached = {each.leads_to for each in spec.reasons}
    found = [
        _problem("status_not_reached", f"no typed reason leads to {status.value}")
        for status in RosterStatus
        if status not in reached and status is not RosterStatus.REGISTERING
    ]
    found += [
        _problem("no_giver", f"nobody may give the reason {each.code}")
        for each in spec.reasons
        if not each.givers
    ]
    by_use = {each.use: each for each in spec.reasons if each.use}
    found += [
        _problem("turn_without_reason", f"no typed reason is for {use.value}")
        for use in ReasonUse
        if use not in by_use
    ]
    return found + [
        _problem("not_for_the_person", f"the person may not give the reason for {use.value}")
        for use in _OF_THE_PERSON
        if use in by_use and ReasonGiver.PERSON not in by_use[use].givers
    ]


def _diplomas(spec: RosterSpec) -> list[Problem]:
    found = [
        _problem("wrong_level", f"{each.code}: {each.eqf} is not a level of the EQF")
        for each in spec.diplomas
        if not 1 <= each.eqf <= _HIGHEST_EQF
    ]
    states = {each.country for each in spec.diplomas} | {spec.origin}
    states |= {state for each in spec.identities for state in each.states}
    return found + [
        _problem("wrong_state", f"{state} is not a code of a state")
        for state in sorted(states)
        if not _STATE.fullmatch(state)
    ]


def _skills(spec: RosterSpec, pack: Pack) -> list[Problem]:
    profiles = {each.code for each in pack.scheme.profiles}
    found = [
        _problem("unknown_profile", f"the skill {each.code}: no profile {code}")
        for each in spec.skills
        for code in each.profiles
        if code not in profiles
    ]
    counted = Counter(code for each in spec.skills for code in each.profiles)
    found += [
        _problem("profile_without_skills", f"no skill counts for {code}")
        for code in sorted(profiles - counted.keys())
    ]
    found += [
        _problem("skill_for_nobody", f"the skill {each.code} counts for no profile")
        for each in spec.skills
        if not each.profiles
    ]
    found += [
        _problem("wrong_skill_address", f"{each.code}: {each.esco_uri} is not a skill of ESCO")
        for each in spec.skills
        if each.esco_uri and not _ESCO_SKILL.fullmatch(each.esco_uri)
    ]
    return found + [
        _problem("certificate_badly_told", f"{each.code}: a certificate is held, by a standard, for months")
        for each in spec.skills
        if not _is_well_told(each.group, each.scale, each.standard, each.valid_months)
    ]


def _is_well_told(group: SkillGroup, scale: SkillScale, standard: str, months: int) -> bool:
    if group is SkillGroup.CERTIFICATE:
        return scale is SkillScale.HELD and bool(standard) and months >= 0
    return not standard and not months
