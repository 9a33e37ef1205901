"""The check of a roster sees what would leave somebody without a way, a notice or an answer."""

from datetime import date
from typing import Any

import msgspec
import pytest

from tragitto.kernel.texts import LANGUAGES
from tragitto.schemes.pack import Pack, RosterSpec
from tragitto.schemes.rules.check import rosters, texts
from tragitto.schemes.vocabulary import (
    ConsentEffect,
    ReasonGiver,
    ReasonUse,
    RosterDutyKind,
    RosterStatus,
    SkillGroup,
    SkillScale,
)

LEAST_SKILLS = 12
change = msgspec.structs.replace


@pytest.fixture(scope="module")
def roster(shipped: Pack) -> RosterSpec:
    """The roster of the shipped pack."""
    assert shipped.roster is not None
    return shipped.roster


def problems(shipped: Pack, roster: RosterSpec, **changes: Any) -> list[str]:
    """The codes of what is wrong when the roster says something else."""
    return [each.code for each in rosters.check(change(shipped, roster=change(roster, **changes)))]


def test_nothing_is_wrong_with_the_shipped_roster(shipped):
    assert rosters.check(shipped) == []


def test_a_pack_without_a_roster_has_nothing_wrong(shipped):
    assert rosters.check(change(shipped, roster=None)) == []


def test_each_profile_has_skills_at_the_level_of_the_process(shipped, roster):
    for profile in shipped.scheme.profiles:
        counting = [each for each in roster.skills if profile.code in each.profiles]

        assert len(counting) >= LEAST_SKILLS


def test_a_welder_and_a_metalworker_are_told_apart(shipped, roster):
    """The reason for a list of our own: their skills in ESCO are nearly the same (domain.md, section 5)."""
    welder, metalworker = (
        {each.code for each in roster.skills if profile.code in each.profiles}
        for profile in shipped.scheme.profiles
        if profile.isco in ("7212", "7213")
    )

    assert len(welder - metalworker) >= LEAST_SKILLS
    assert len(metalworker - welder) >= LEAST_SKILLS


def test_each_controller_speaks_four_languages(roster):
    assert {frozenset(each.text) for each in roster.notices} == {frozenset(LANGUAGES)}


def test_a_missing_language_of_a_skill_is_seen(shipped, roster):
    silent = change(roster.skills[0], title={"it": "Saldatura"})
    pack = change(shipped, roster=change(roster, skills=(silent, *roster.skills[1:])))

    assert [(each.code, each.where) for each in texts.check(pack)] == [
        ("missing_language", f".roster.skills[{silent.code}].title")
    ]


@pytest.mark.parametrize("part", ["skills", "consents", "reasons", "diplomas", "notices", "duties"])
def test_what_is_written_twice_is_seen(shipped, roster, part):
    rows = getattr(roster, part)

    assert "duplicated_code" in problems(shipped, roster, **{part: (*rows, rows[0])})


def test_a_roster_that_nobody_keeps_is_seen(shipped, roster):
    kept = tuple(each for each in roster.duties if each.duty is not RosterDutyKind.KEEPS)

    assert problems(shipped, roster, duties=kept) == ["kept_by_nobody"]


def test_an_organisation_that_nobody_knows_is_seen(shipped, roster):
    consent = change(roster.consents[0], controller="nobody")

    found = problems(shipped, roster, consents=(consent, *roster.consents[1:]))

    assert found == ["unknown_organisation", "no_notice"]


def test_a_controller_without_a_notice_is_seen(shipped, roster):
    assert problems(shipped, roster, notices=roster.notices[1:]) == ["no_notice"]


def test_a_newer_notice_does_not_begin_before_the_older_one(shipped, roster):
    newer = change(roster.notices[0], version=2, valid_from=date(2020, 1, 1))

    assert problems(shipped, roster, notices=(*roster.notices, newer)) == ["notices_out_of_order"]


@pytest.mark.parametrize("effect", list(ConsentEffect))
def test_an_effect_for_which_nobody_asks_is_seen(shipped, roster, effect):
    asked = tuple(each for each in roster.consents if each.effect is not effect)

    assert problems(shipped, roster, consents=asked) == ["consent_not_asked"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grace_days": 0}, "days_below_one"),
        ({"waiting_days": 10}, "never_confirmed"),
        ({"remind_before": (90,)}, "reminded_too_early"),
    ],
)
def test_a_clock_that_cannot_be_kept_is_seen(shipped, roster, changes, code):
    assert problems(shipped, roster, validity=change(roster.validity, **changes)) == [code]


@pytest.mark.parametrize("status", [each for each in RosterStatus if each is not RosterStatus.REGISTERING])
def test_a_status_to_which_nothing_leads_is_seen(shipped, roster, status):
    reasons = tuple(each for each in roster.reasons if each.leads_to is not status)

    assert "status_not_reached" in problems(shipped, roster, reasons=reasons)


@pytest.mark.parametrize("use", list(ReasonUse))
def test_a_turn_without_a_reason_is_seen(shipped, roster, use):
    reasons = tuple(change(each, use=None) if each.use is use else each for each in roster.reasons)

    assert problems(shipped, roster, reasons=reasons) == ["turn_without_reason"]


def test_a_withdrawal_that_the_person_may_not_take_is_seen(shipped, roster):
    reasons = tuple(
        change(each, givers=(ReasonGiver.KEEPER,)) if each.use is ReasonUse.WITHDRAWING else each
        for each in roster.reasons
    )

    assert problems(shipped, roster, reasons=reasons) == ["not_for_the_person"]


def test_a_reason_that_nobody_gives_is_seen(shipped, roster):
    picked = next(each for each in roster.reasons if each.use is None)
    reasons = tuple(change(each, givers=()) if each is picked else each for each in roster.reasons)

    assert problems(shipped, roster, reasons=reasons) == ["no_giver"]


@pytest.mark.parametrize(
    ("changes", "code"), [({"eqf": 9}, "wrong_level"), ({"country": "Morocco"}, "wrong_state")]
)
def test_a_diploma_outside_the_frameworks_is_seen(shipped, roster, changes, code):
    level = change(roster.diplomas[0], **changes)

    assert problems(shipped, roster, diplomas=(level, *roster.diplomas[1:])) == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"profiles": ("unheard-of",)}, "unknown_profile"),
        ({"profiles": ()}, "skill_for_nobody"),
        ({"esco_uri": "http://data.europa.eu/esco/occupation/1"}, "wrong_skill_address"),
        ({"valid_months": 36}, "certificate_badly_told"),
        ({"group": SkillGroup.CERTIFICATE, "scale": SkillScale.HELD}, "certificate_badly_told"),
    ],
)
def test_a_skill_badly_told_is_seen(shipped, roster, changes, code):
    skill = change(roster.skills[0], **changes)

    assert problems(shipped, roster, skills=(skill, *roster.skills[1:])) == [code]


def test_a_profile_for_which_no_skill_counts_is_seen(shipped, roster):
    profile = shipped.scheme.profiles[0].code
    skills = tuple(each for each in roster.skills if profile not in each.profiles)

    assert problems(shipped, roster, skills=skills) == ["profile_without_skills"]
